#!/usr/bin/env python3
"""Writes into a model's contract what drift is measured against: its scores where all is well.

    python models/surface/reference.py

That is not the share of defects of a training: the frames are those of a live site's cameras, one
part in five with a defect. What the contract holds already of it is replaced; train.py calls this.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx

from serving import LABELS, ROOT, frames, score, session

KEY = "skerry.contract"
CAMERAS = 200
FRAMES_OF_EACH = 20
DEFECT_SHARE = 0.2


def reference(scores, bins=10):
    """Shares of bins that hold about as many frames each."""
    distributions = []
    for label, column in zip(LABELS, scores.T):
        edges = np.unique(np.quantile(column, np.arange(1, bins) / bins, method="higher"))
        edges = edges[edges > column.min()]
        counts = np.bincount(np.searchsorted(edges, column, side="right"), minlength=len(edges) + 1)
        distributions.append({
            "name": label,
            "edges": [float(edge) for edge in edges],
            "shares": [round(count / len(column), 6) for count in counts],
        })
    return {"scores": distributions}


def add_reference(file, data, seed):
    pixels, _ = frames(data, "site", seed, CAMERAS, FRAMES_OF_EACH, DEFECT_SHARE)
    model = onnx.load(file)
    properties = {each.key: each.value for each in model.metadata_props}
    contract = json.loads(properties[KEY])
    contract["reference"] = reference(score(session(file), pixels))
    properties[KEY] = json.dumps(contract, separators=(",", ":"))
    onnx.helper.set_model_props(model, properties)
    onnx.save(model, file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--file", type=Path, default=Path(__file__).resolve().parent / "surface-defects.onnx")
    parser.add_argument("--seed", type=int, default=101, help="of the cameras; not that of ./skerry up")
    parser.add_argument("--data", type=Path, default=ROOT / ".skerry" / "frames", help="where frames are kept")
    options = parser.parse_args()
    add_reference(options.file, options.data, options.seed)
    print(f"{options.file}: {options.file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
