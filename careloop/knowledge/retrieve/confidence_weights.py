"""Weights of the confidence, written by `training/fit_confidence.py`.

The bias, then one weight for each of `evidence.FEATURES`.
"""

SAME = (
    -4.23, 0.33, -1.39, -0.94, -0.38, -0.75, -1.38, 0.00, -1.75,
    1.83, 1.28, 1.59, 1.74, 1.83, 1.92, 2.14, 0.47, -0.24,
)  # fmt: skip

ACROSS = (
    -5.11, 0.66, -0.55, -0.11, 0.00, -0.33, -0.27, 0.00, -2.12,
    2.46, 1.03, 0.41, 2.27, 1.86, 1.08, 2.35, 1.74, -1.15,
)  # fmt: skip
