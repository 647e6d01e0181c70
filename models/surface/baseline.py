"""What one would try first: a threshold on how much a point differs from its surroundings."""

import numpy as np


def balanced_accuracy(says, truth):
    return ((says & truth).sum() / truth.sum() + (~says & ~truth).sum() / (~truth).sum()) / 2


class ContrastThreshold:
    """A part is bad where its strongest local contrast, by its usual one, is above a threshold."""

    def __init__(self, threshold):
        self.threshold = threshold

    @staticmethod
    def fit(pixels, bad):
        """The threshold with the best balanced accuracy on the training frames."""
        contrasts = strongest_contrast(pixels)
        candidates = np.quantile(contrasts, np.linspace(0.005, 0.995, 199))
        best = max(candidates, key=lambda threshold: balanced_accuracy(contrasts > threshold, bad))
        return ContrastThreshold(best)

    def says(self, pixels):
        return strongest_contrast(pixels) > self.threshold


def strongest_contrast(pixels):
    return np.array([contrast(frame @ np.array([0.299, 0.587, 0.114])) for frame in pixels])


def contrast(gray):
    """On the part, away from its edge: the 99.7 % quantile of |point - 9x9 mean| by the median."""
    part = gray > (gray.min() + np.quantile(gray, 0.9)) / 2
    inside = box_mean(part.astype(float), 11) > 0.999
    if inside.sum() < 100:
        return 0.0
    difference = np.abs(box_mean(gray, 3) - box_mean(gray, 9))[inside]
    return float(np.quantile(difference, 0.997) / (np.median(difference) + 0.5))


def box_mean(image, edge):
    half = edge // 2
    sums = np.pad(image, half + 1, mode="edge").cumsum(0).cumsum(1)
    total = sums[edge:, edge:] - sums[:-edge, edge:] - sums[edge:, :-edge] + sums[:-edge, :-edge]
    return total[: image.shape[0], : image.shape[1]] / edge**2
