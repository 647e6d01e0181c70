#!/usr/bin/env python3
"""Trains a classifier of readings on a version of a dataset, in PyTorch, and writes it with its contract.

    pip install -r docs/examples/training/requirements.txt
    train.command=python3,docs/examples/training/train.py      # in the configuration of the retraining process
    python3 docs/examples/training/train.py DATASET_DIR MODEL.onnx [--int8]

The dataset has train/*.parquet to learn from; validation/*.parquet is not read: the gate judges by it.
"""

import argparse
import io
import json
import os
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pyarrow.parquet as parquet
import torch
from torch import nn

LOW_CONFIDENCE = 0.6
EPOCHS = 30
BATCH = 64


class Network(nn.Module):
    """Readings [batch, channels, steps], each channel to mean 0 and deviation 1, to probabilities."""

    def __init__(self, mean, std, classes):
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean).reshape(1, -1, 1))
        self.register_buffer("std", torch.tensor(std).reshape(1, -1, 1))
        channels = len(mean)
        self.features = nn.Sequential(
            nn.Conv1d(channels, 16, 31, stride=4), nn.ReLU(),
            nn.Conv1d(16, 32, 15, stride=4), nn.ReLU(),
            nn.Conv1d(32, 32, 7, stride=2), nn.ReLU(),
        )
        self.head = nn.Linear(64, classes)

    def logits(self, readings):
        x = self.features((readings - self.mean) / self.std)
        return self.head(torch.cat([x.mean(2), x.amax(2)], 1))

    def forward(self, readings):
        return torch.softmax(self.logits(readings), 1)


def rows(directory, split):
    """Windows [n, channels, steps] and their labels."""
    table = parquet.read_table(Path(directory) / split, columns=["label", "channels", "steps", "values"])
    shapes = set(zip(table["channels"].to_pylist(), table["steps"].to_pylist()))
    if len(shapes) != 1:
        raise SystemExit(f"the windows have different shapes: {sorted(shapes)}")
    values = np.asarray(table["values"].to_pylist(), dtype=np.float32)
    return values.reshape(len(values), *shapes.pop()), table["label"].to_pylist()


def champion_contract(path):
    """Names, channels and classes go on as they are."""
    model = onnx.load(path)
    return json.loads({entry.key: entry.value for entry in model.metadata_props}["skerry.contract"])


def train(windows, truths, classes):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    mean, std = windows.mean((0, 2)), windows.std((0, 2)) + 1e-6
    network = Network(mean, std, classes)
    inputs, targets = torch.from_numpy(windows), torch.tensor(truths)
    weights = len(truths) / (classes * torch.bincount(targets, minlength=classes).clamp(min=1))
    loss_of = nn.CrossEntropyLoss(weight=weights.float())
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(BATCH):
            optimiser.zero_grad()
            loss = loss_of(network.logits(inputs[batch]), targets[batch])
            loss.backward()
            optimiser.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {total / len(inputs):.4f}", flush=True)
    return network.eval()


def exported(network, example, input_name, output_name):
    buffer = io.BytesIO()
    torch.onnx.export(
        network, torch.from_numpy(example[:1]), buffer, opset_version=17, dynamo=False,
        input_names=[input_name], output_names=[output_name],
        dynamic_axes={input_name: {0: "batch"}, output_name: {0: "batch"}},
    )
    return onnx.load_model_from_string(buffer.getvalue())


def quantised(model, examples, input_name):
    """INT8 by ONNX Runtime's own tool, calibrated on some of the windows."""
    from tempfile import TemporaryDirectory

    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, quantize_static

    class Reader(CalibrationDataReader):
        def __init__(self):
            self.rest = iter([{input_name: window[None]} for window in examples[:100]])

        def get_next(self):
            return next(self.rest, None)

    with TemporaryDirectory() as directory:
        plain, small = Path(directory) / "plain.onnx", Path(directory) / "small.onnx"
        onnx.save(model, plain)
        quantize_static(plain, small, Reader(), quant_format=QuantFormat.QDQ)
        return onnx.load(small)


def with_contract(model, contract, windows, truths):
    """One golden sample of each class, with what this very file says of it."""
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    golden = []
    for index in range(len(contract["labels"])):
        window = windows[truths.index(index)]
        scores = session.run([contract["output"]["name"]], {contract["input"]["name"]: window[None]})[0][0]
        golden.append({"values": window.flatten().tolist(), "scores": scores.tolist()})
    onnx.helper.set_model_props(model, {"skerry.contract": json.dumps({**contract, "golden": golden})})
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset")
    parser.add_argument("out")
    parser.add_argument("--champion", default=os.environ.get("SKERRY_CHAMPION"), required="SKERRY_CHAMPION" not in os.environ)
    parser.add_argument("--version", default=os.environ.get("SKERRY_MODEL_VERSION", "1.0.0"))
    parser.add_argument("--int8", action="store_true")
    options = parser.parse_args()

    contract = champion_contract(options.champion)
    windows, labels = rows(options.dataset, "train")
    # A class that has no sample here cannot be trained, and the gate would not let it pass either.
    classes = [label for label in contract["labels"] if label in labels]
    classes += sorted(set(labels) - set(classes) - {""})
    truths = [classes.index(label) for label in labels if label]
    windows = windows[[bool(label) for label in labels]]
    network = train(windows, truths, len(classes))
    contract = {
        key: contract[key] for key in ("name", "stream", "task", "input", "output", "thresholds")
    } | {"version": options.version, "labels": classes}
    contract["input"].pop("normalise", None)  # The network does it.
    contract["output"].pop("logits", None)
    model = exported(network, windows, contract["input"]["name"], contract["output"]["name"])
    if options.int8:
        model = quantised(model, windows, contract["input"]["name"])
    onnx.save(with_contract(model, contract, windows, truths), options.out)
    print(f"{contract['name']} {options.version}: {', '.join(classes)} of {len(windows)} windows")


if __name__ == "__main__":
    main()
