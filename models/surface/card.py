"""The model card: what the model is, what it was judged on, and how well it did."""

from pathlib import Path

import numpy as np
import onnx

from baseline import balanced_accuracy
from reference import CAMERAS, FRAMES_OF_EACH


def write_card(options, file, labels, version, low_confidence, scores, truth, baseline, seconds_per_frame):
    answers = scores.argmax(1)
    confidence = scores.max(1)
    doubtful = confidence < low_confidence
    recalls = [float((answers[truth == i] == i).mean()) for i in range(len(labels))]
    bad, said = truth > 0, answers > 0
    text = f"""# surface-defects {version}

Tells from a camera's frame whether the surface of a part is good, and what is wrong with it:
{", ".join(labels)}.

- **Input** `frames` [batch, 128, 128, 3]: red, green and blue bytes as they are decoded; frames of
  another size are stretched to this one.
- **Output** `scores` [batch, {len(labels)}]: probabilities in the order above.
- **Contract**: in the file's metadata under `skerry.contract`, with one golden frame for each
  class. Answers below a confidence of {low_confidence} become retraining candidates. Drift is measured against
  the scores of {CAMERAS * FRAMES_OF_EACH} frames of {CAMERAS} cameras as those of a live site, one part in five with a defect.

## Data

The simulated cameras of `dev.skerry.ingest.simulate.camera`, seed {options.seed}. Trained on
{options.cameras * options.frames} frames of {options.cameras} cameras, judged on {len(truth)} frames of {options.held_out_cameras} other cameras: other parts,
geometry, light, colours and lenses from the same distributions. One part in five is good.

## Network and training

Five 3x3 convolutions with batch norm (16, 24, 32, 48, 64 channels), mean and maximum over the
frame, one linear layer; {parameters(file)} numbers. PyTorch, AdamW with one cycle, {options.epochs} epochs, batch {options.batch},
mirrored and turned frames in varied light.

## On cameras that it has never seen

The baseline is a threshold on the strongest local contrast, fitted on the training frames.

| | model | contrast threshold |
|---|---:|---:|
| defect or not: balanced accuracy | {balanced_accuracy(said, bad):.3f} | {balanced_accuracy(baseline, bad):.3f} |
| defects found | {said[bad].mean():.3f} | {baseline[bad].mean():.3f} |
| good parts left alone | {(~said[~bad]).mean():.3f} | {(~baseline[~bad]).mean():.3f} |
| all {len(labels)} classes: accuracy | {(answers == truth).mean():.3f} | - |
| all {len(labels)} classes: balanced accuracy | {np.mean(recalls):.3f} | - |

| truth \\ answer | {" | ".join(labels)} | recall |
|---|{"---:|" * (len(labels) + 1)}
{confusion(labels, answers, truth, recalls)}

{100 * doubtful.mean():.1f} % of the frames are below the confidence of {low_confidence}; {100 * (answers == truth)[doubtful].mean():.1f} % of those are answered right.

## Cost

{1000 * seconds_per_frame:.2f} ms a frame in batches of 64 on one CPU thread of the machine that trained it, without decoding;
{file.stat().st_size} bytes.

## Limits

The parts are drawn, not photographed: discs, rings, plates and nuts of one colour, one part in a
frame, one defect on a part, a dark belt. On a real line it is a start, not an answer: train it on
frames of your own.

## Train it again

    pip install -r models/surface/requirements.txt
    python models/surface/train.py --seed {options.seed} --cameras {options.cameras} --held-out-cameras {options.held_out_cameras} --frames {options.frames} --held-out-frames {options.held_out_frames} --epochs {options.epochs}

The frames come from `./skerry simulate --images`. The same command gives the same bytes on the
same kind of CPU with the same versions.
"""
    (Path(options.to) / "CARD.md").write_text(text)


def confusion(labels, answers, truth, recalls):
    rows = []
    for i, label in enumerate(labels):
        counts = [str(int(((truth == i) & (answers == j)).sum())) for j in range(len(labels))]
        rows.append(f"| {label} | {' | '.join(counts)} | {recalls[i]:.3f} |")
    return "\n".join(rows)


def parameters(file):
    return sum(int(np.prod(tensor.dims)) for tensor in onnx.load(file).graph.initializer)
