#!/usr/bin/env python3
"""Trains the surface classifier on simulated cameras and judges it on cameras it has never seen.

    pip install -r models/surface/requirements.txt
    python models/surface/train.py

The frames come from ./skerry simulate, so they are the very bytes that a site sees. Writes
surface-defects.onnx, with its contract inside, and CARD.md beside this file.
"""

import argparse
import base64
import io
import json
import time
from pathlib import Path

import numpy as np
import onnx
import torch
from PIL import Image
from torch import nn

from baseline import ContrastThreshold, balanced_accuracy
from card import write_card
from reference import add_reference
from serving import LABELS, ROOT, frames, score, session

HERE = Path(__file__).resolve().parent
EDGE = 128
VERSION = "1.0.0"
LOW_CONFIDENCE = 0.6


class SurfaceNet(nn.Module):
    """Bytes [batch, 128, 128, 3] to probabilities [batch, 5]."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            *block(3, 16, 2), *block(16, 24, 2), *block(24, 32, 2), *block(32, 48, 1), *block(48, 64, 2)
        )
        self.head = nn.Linear(2 * 64, len(LABELS))

    def logits(self, frames):
        x = frames.permute(0, 3, 1, 2).float() / 127.5 - 1
        x = self.features(x)
        # A defect is small: its peak must not drown in the mean.
        return self.head(torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1))

    def forward(self, frames):
        return torch.softmax(self.logits(frames), 1)


def block(inputs, outputs, stride):
    return nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()


def tensors(pixels, labels):
    return torch.from_numpy(pixels), torch.from_numpy(labels)


def varied(batch, generator):
    """Mirrored and turned frames in another light: defects keep their classes."""
    if torch.rand((), generator=generator) < 0.5:
        batch = batch.flip(1)
    if torch.rand((), generator=generator) < 0.5:
        batch = batch.flip(2)
    if torch.rand((), generator=generator) < 0.5:
        batch = batch.transpose(1, 2)
    gain = 0.8 + 0.4 * torch.rand(len(batch), 1, 1, 1, generator=generator)
    tint = 0.92 + 0.16 * torch.rand(len(batch), 1, 1, 3, generator=generator)
    return (batch.float() * gain * tint).clamp(0, 255)


def train(model, pixels, labels, options):
    generator = torch.Generator().manual_seed(options.seed)
    steps = options.epochs * (len(labels) // options.batch)
    optimiser = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps)
    loss_of = nn.CrossEntropyLoss()
    model.train()
    for epoch in range(options.epochs):
        order = torch.randperm(len(labels), generator=generator)
        losses = []
        for start in range(0, len(order) - options.batch + 1, options.batch):
            chosen = order[start : start + options.batch]
            loss = loss_of(model.logits(varied(pixels[chosen], generator)), labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1:2d} of {options.epochs}: loss {np.mean(losses):.3f}", flush=True)
    model.eval()


def golden(pixels, labels, scores):
    """For each class the first held-out frame: a PNG is the same in every decoder."""
    samples = []
    for label in range(len(LABELS)):
        first = int(np.argmax(labels.numpy() == label))
        png = io.BytesIO()
        Image.fromarray(pixels[first].numpy()).save(png, "PNG", optimize=True)
        samples.append({
            "image": base64.b64encode(png.getvalue()).decode(),
            "scores": [round(float(score), 6) for score in scores[first]],
        })
    return samples


def contract(samples):
    return {
        "name": "surface-defects",
        "version": VERSION,
        "stream": "surface",
        "task": "classify",
        "input": {
            "kind": "frame", "name": "frames", "width": EDGE, "height": EDGE, "colours": "RGB",
            "layout": "NHWC", "element": "uint8", "resize": "stretch",
        },
        "output": {"name": "scores"},
        "labels": LABELS,
        "thresholds": {"lowConfidence": LOW_CONFIDENCE},
        "golden": samples,
    }


def export(model, file):
    torch.onnx.export(
        model, torch.zeros(1, EDGE, EDGE, 3, dtype=torch.uint8), file, opset_version=17,
        input_names=["frames"], output_names=["scores"],
        dynamic_axes={"frames": {0: "batch"}, "scores": {0: "batch"}}, dynamo=False,
    )


def add_contract(file, samples):
    exported = onnx.load(file)
    onnx.helper.set_model_props(
        exported, {"skerry.contract": json.dumps(contract(samples), separators=(",", ":"))}
    )
    onnx.checker.check_model(exported)
    onnx.save(exported, file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cameras", type=int, default=80)
    parser.add_argument("--held-out-cameras", type=int, default=30)
    parser.add_argument("--frames", type=int, default=150, help="of each camera")
    parser.add_argument("--held-out-frames", type=int, default=100, help="of each camera")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--data", type=Path, default=ROOT / ".skerry" / "frames",
                        help="where frames are kept")
    parser.add_argument("--to", type=Path, default=HERE, help="where model and card go")
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)  # The order of sums depends on it.
    pixels, labels = tensors(
        *frames(options.data, "training", options.seed, options.cameras, options.frames))
    unseen, truth = tensors(
        *frames(options.data, "held_out", options.seed, options.held_out_cameras, options.held_out_frames))

    model = SurfaceNet()
    train(model, pixels, labels, options)

    file = options.to / "surface-defects.onnx"
    export(model, file)
    runtime = session(file)
    start = time.process_time()  # Others may be at work on the machine.
    scores = score(runtime, unseen.numpy())
    seconds_per_frame = (time.process_time() - start) / len(unseen)
    add_contract(file, golden(unseen, truth, scores))
    add_reference(file, options.data, options.seed + 100)
    if not np.allclose(score(session(file), unseen[:64].numpy()), scores[:64], atol=1e-6):
        raise SystemExit("the file does not give the scores that the card is about")

    baseline = ContrastThreshold.fit(pixels.numpy(), labels.numpy() > 0)
    print(f"baseline: balanced accuracy {balanced_accuracy(baseline.says(unseen.numpy()), truth.numpy() > 0):.3f}")
    write_card(options, file, LABELS, VERSION, LOW_CONFIDENCE, scores, truth.numpy(),
               baseline.says(unseen.numpy()), seconds_per_frame)
    accuracy = float((scores.argmax(1) == truth.numpy()).mean())
    print(f"held out: accuracy {accuracy:.3f}, {file.stat().st_size} bytes, {file}")


if __name__ == "__main__":
    main()
