"""What a site sees and serves: frames of simulated cameras, and what the exported model says of them."""

import csv
import subprocess
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
LABELS = ["ok", "scratch", "dent", "stain", "crack"]


def frames(data, population, seed, cameras, count, defect_share=0.8):
    """Pixels and labels of simulated frames, which are made where they are not there yet."""
    directory = data / f"{population}-{seed}-{cameras}x{count}-{defect_share}"
    if not (directory / "labels.csv").exists():
        subprocess.run(
            [ROOT / "skerry", "simulate", "--images", directory, "--population", population, "--seed", str(seed),
             "--cameras", str(cameras), "--frames", str(count), "--defect-share", str(defect_share)],
            check=True,
        )
    with open(directory / "labels.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    pixels = np.stack([np.asarray(Image.open(directory / row["file"]).convert("RGB")) for row in rows])
    return pixels, np.array([LABELS.index(row["label"]) for row in rows])


def session(file):
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(file, settings, providers=["CPUExecutionProvider"])


def score(runtime, pixels, batch=64):
    parts = [
        runtime.run(["scores"], {"frames": pixels[start : start + batch]})[0]
        for start in range(0, len(pixels), batch)
    ]
    return np.concatenate(parts)
