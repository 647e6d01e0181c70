#!/usr/bin/env python3
"""Trains a classifier of machine faults on a version of a dataset, in PyTorch, and writes it with its contract.

    pip install -r docs/examples/training/requirements.txt
    train.command=python3,docs/examples/training/train.py,--int8      # in the configuration of the retraining process
    python3 docs/examples/training/train.py DATASET_DIR MODEL.onnx --champion CHAMPION.onnx [--known FILE.avro] [--int8]

The dataset has train/*.parquet to learn from; validation/*.parquet is not read: the gate judges by it. With --int8 the
same network is written a second time, to MODEL.int8.onnx, quantised by ONNX Runtime's own tool; the gate compares the two.
"""

import argparse
import io
import json
import math
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import fastavro
import numpy as np
import onnx
import onnxruntime
import pyarrow.dataset as parquet
import torch
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, quantize_static
from torch import nn
from torch.nn import functional as F

EPOCHS = 40
BATCH = 64
MOST_REPETITIONS = 8
CALIBRATION_WINDOWS = 200


def fourier(steps, period, bins):
    """Cosines and sines of a Hann-windowed transform, [steps, bins]: bin k is at k / period of the sampling rate."""
    angle = 2 * math.pi * torch.outer(torch.arange(steps), torch.arange(bins)).double() / period
    hann = (2 / steps) * (1 - torch.cos(2 * math.pi * torch.arange(steps).double() / steps))[:, None]
    return (hann * torch.cos(angle)).float(), (hann * torch.sin(angle)).float()


def band_pass(low_hz, high_hz, rate_hz, taps=63):
    """A windowed sinc."""
    t = np.arange(taps) - (taps - 1) / 2
    taps = np.hamming(taps) * (2 * high_hz * np.sinc(2 * high_hz / rate_hz * t) - 2 * low_hz * np.sinc(2 * low_hz / rate_hz * t)) / rate_hz
    return torch.tensor(taps, dtype=torch.float32).reshape(1, 1, -1)


class Orders(nn.Module):
    """Reads a spectrum [batch, signals, bins] at multiples of the shaft speed [batch, 1, 1], so that all speeds compare."""

    def __init__(self, bins, bin_hz, first, step, points):
        super().__init__()
        self.bin_hz, self.step = bin_hz, step
        self.register_buffer("bins", torch.arange(bins).float().reshape(1, -1, 1))
        self.register_buffer("orders", (first + step * torch.arange(points).float()).reshape(1, 1, -1))

    def forward(self, power, speed_hz):
        orders_per_bin = self.bin_hz / speed_hz
        width = torch.clamp(orders_per_bin, min=self.step)
        weight = torch.relu(1 - torch.abs(self.bins * orders_per_bin - self.orders) / width)
        return torch.matmul(power, weight) / (weight.sum(1, keepdim=True) + 1e-6)


class Features(nn.Module):
    """Loudness and shape of both accelerations, tones at the shaft's orders, and the envelope's spectrum, where bearings show."""

    def __init__(self, steps, rate_hz):
        super().__init__()
        self.register_buffer("band", band_pass(430, 1200, rate_hz))
        filtered = (steps - self.band.shape[2] + 1) // 2
        for name, basis in (("tone", fourier(steps, steps, 100)), ("envelope", fourier(filtered, steps // 2, 200))):
            self.register_buffer(name + "_cos", basis[0])
            self.register_buffer(name + "_sin", basis[1])
        self.tones = Orders(100, rate_hz / steps, 0.5, 0.25, 15)
        self.beats = Orders(200, rate_hz / steps, 0.5, 0.125, 125)

    @staticmethod
    def shape(signal):
        squares = signal**2
        power = squares.mean(2) + 1e-12
        return [power.log(), ((squares**2).mean(2) / power**2 + 1e-3).log(), (squares.amax(2) / power + 1e-3).log()]

    def forward(self, readings):
        """[batch, 3, steps] to single numbers [batch, n] and the envelope's spectrum [batch, 1, 125]."""
        speed_hz = torch.clamp(readings[:, 2:].mean(2, keepdim=True), min=1)
        signals = readings[:, :2] - readings[:, :2].mean(2, keepdim=True)
        tones = torch.matmul(signals, self.tone_cos) ** 2 + torch.matmul(signals, self.tone_sin) ** 2
        impacts = F.conv1d(signals[:, :1], self.band)
        squares = impacts**2
        envelope = F.avg_pool1d(squares, 2)
        envelope = envelope / (envelope.mean(2, keepdim=True) + 1e-12) - 1
        beats = torch.matmul(envelope, self.envelope_cos) ** 2 + torch.matmul(envelope, self.envelope_sin) ** 2
        numbers = [speed_hz.flatten(1).log(), *self.shape(signals), *self.shape(impacts)]
        numbers.append((self.tones(tones, speed_hz) + 1e-9).log().flatten(1))
        return torch.cat(numbers, 1), (self.beats(beats, speed_hz) + 0.05).log()


class Network(nn.Module):
    """Readings [batch, 3, steps] to probabilities [batch, classes]. Features are part of the graph: training and serving see the same."""

    def __init__(self, steps, rate_hz, classes, examples):
        super().__init__()
        self.features = Features(steps, rate_hz)
        with torch.no_grad():
            numbers, beats = self.features(examples)
        self.register_buffer("mean", numbers.mean(0))
        self.register_buffer("std", numbers.std(0) + 1e-3)
        self.register_buffer("beat_mean", beats.mean(0))
        self.comb = nn.Sequential(nn.Conv1d(1, 12, 17, padding=8), nn.ReLU(), nn.Conv1d(12, 12, 17, padding=8), nn.ReLU(), nn.MaxPool1d(5))
        self.head = nn.Sequential(
            nn.Linear(numbers.shape[1] + 12 * 25 + 125, 128), nn.ReLU(), nn.Dropout(0.4), nn.Linear(128, classes))

    def logits(self, numbers, beats):
        beats = beats - self.beat_mean
        known = [(numbers - self.mean) / self.std, self.comb(beats).flatten(1), beats.flatten(1)]
        return self.head(torch.cat(known, 1))

    def forward(self, readings):
        return torch.softmax(self.logits(*self.features(readings)), 1)


def rows(directory, split, shape):
    """Windows [n, channels, steps] of a split and their labels."""
    table = parquet.dataset(Path(directory) / split, format="parquet").to_table(columns=["label", "channels", "steps", "values"])
    if set(zip(table["channels"].to_pylist(), table["steps"].to_pylist())) - {shape}:
        raise SystemExit(f"a window in {directory} is not of {shape[0]} channels x {shape[1]} steps")
    values = np.array(table["values"].to_pylist(), dtype=np.float32)
    return values.reshape(-1, *shape), table["label"].to_pylist()


def known_rows(file, shape):
    """The same of what was known before: telemetry in Avro, labelled by an attribute."""
    windows, labels = [], []
    with open(file, "rb") as avro:
        for record in fastavro.reader(avro):
            windows.append(np.array(record["payload"]["values"], dtype=np.float32).reshape(shape))
            labels.append(record["attributes"]["label.fault"])
    return np.stack(windows), labels


def repeated(truths, known):
    """Places of all samples; those of a class that is scarce several times, until it weighs as much as a usual one."""
    counts = np.bincount(truths)
    usual = np.median(counts[counts > 0])
    times = np.clip(np.round(usual / np.maximum(counts, 1)), 1, MOST_REPETITIONS).astype(int)
    return np.concatenate([np.full(times[truth] if place >= known else 1, place) for place, truth in enumerate(truths)])


def train(windows, truths, known, classes, rate_hz):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    inputs, targets = torch.from_numpy(windows), torch.tensor(truths)
    network = Network(windows.shape[2], rate_hz, classes, inputs)
    with torch.no_grad():
        numbers, beats = network.features(inputs)
    places = torch.from_numpy(repeated(np.array(truths), known))
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS)
    for epoch in range(EPOCHS):
        network.train()
        total = 0.0
        for batch in places[torch.randperm(len(places))].split(BATCH):
            optimiser.zero_grad()
            loss = F.cross_entropy(network.logits(numbers[batch], beats[batch]), targets[batch], label_smoothing=0.02)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(batch)
        schedule.step()
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {total / len(places):.4f}", flush=True)
    return network.eval()


def exported(network, example, contract):
    buffer = io.BytesIO()
    names = contract["input"]["name"], contract["output"]["name"]
    torch.onnx.export(
        network, torch.from_numpy(example[:1]), buffer, opset_version=17, dynamo=False,
        input_names=[names[0]], output_names=[names[1]],
        dynamic_axes={names[0]: {0: "batch"}, names[1]: {0: "batch"}},
    )
    return onnx.load_model_from_string(buffer.getvalue())


def quantised(model, examples, input_name):
    """INT8 by ONNX Runtime's own tool, calibrated on some of the windows. Spectra stay in full: eight bits are too few for them."""

    class Reader(CalibrationDataReader):
        def __init__(self):
            step = max(1, len(examples) // CALIBRATION_WINDOWS)
            self.rest = iter([{input_name: window[None]} for window in examples[::step]])

        def get_next(self):
            return next(self.rest, None)

    with TemporaryDirectory() as directory:
        plain, small = Path(directory) / "plain.onnx", Path(directory) / "small.onnx"
        onnx.save(model, plain)
        quantize_static(plain, small, Reader(), quant_format=QuantFormat.QDQ, op_types_to_quantize=["Gemm"])
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


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset")
    parser.add_argument("out")
    parser.add_argument("--champion", default=os.environ.get("SKERRY_CHAMPION"), help="the model that serves")
    parser.add_argument("--known", default=os.environ.get("SKERRY_KNOWN_TRAINING"), help="what the first model was made of, Avro")
    parser.add_argument("--version", default=os.environ.get("SKERRY_MODEL_VERSION", "1.0.0"))
    parser.add_argument("--int8", action="store_true")
    parser.add_argument("--int8-out", default=os.environ.get("SKERRY_MODEL_INT8_OUT"))
    given = parser.parse_args()
    if not given.champion:
        parser.error("--champion is missing: names, channels and classes are those of the model that serves")
    return given


def champion_contract(path):
    """Names, channels and classes go on as they are."""
    model = onnx.load(path)
    return json.loads({entry.key: entry.value for entry in model.metadata_props}["skerry.contract"])


def main():
    given = options()
    champion = champion_contract(given.champion)
    shape = (len(champion["input"]["channels"]), champion["input"]["steps"])
    windows, labels = rows(given.dataset, "train", shape)
    known = 0
    if given.known:
        known_windows, known_labels = known_rows(given.known, shape)
        known = len(known_labels)
        windows, labels = np.concatenate([known_windows, windows]), known_labels + labels
    # A class that has no sample here cannot be trained, and the gate would not let it pass either.
    classes = [label for label in champion["labels"] if label in labels]
    classes += sorted(set(labels) - set(classes) - {""})
    windows = windows[[bool(label) for label in labels]]
    truths = [classes.index(label) for label in labels if label]
    network = train(windows, truths, known, len(classes), champion["input"]["sampleRateHz"])

    contract = {key: champion[key] for key in ("name", "stream", "task", "input", "output", "thresholds", "uncertainty") if key in champion}
    contract |= {"version": given.version, "labels": classes}
    contract["input"].pop("normalise", None)  # The network does it.
    contract["output"].pop("logits", None)
    model = exported(network, windows, contract)
    if given.int8:
        small = quantised(model, windows, contract["input"]["name"])
        int8_out = given.int8_out or str(Path(given.out).with_suffix("")) + ".int8.onnx"
        onnx.save(with_contract(small, contract, windows, truths), int8_out)
    onnx.save(with_contract(model, contract, windows, truths), given.out)
    print(f"{contract['name']} {given.version}: {', '.join(classes)} of {len(truths)} windows, {known} of them known before")


if __name__ == "__main__":
    main()
