"""Weights of the confidence, written by `training/fit_confidence.py`.

The bias, then one weight for each of `evidence.FEATURES`.
"""

SAME = (
    -4.41, 0.20, -1.14, -0.91, -0.37, -0.54, -1.38, 0.00, -1.77, 1.74, 1.27, 1.74, 1.84, 1.84, 2.02, 2.22, 0.46, -0.23,
)  # fmt: skip

ACROSS = (
    -5.09, 0.35, -0.50, 0.00, 0.00, -0.13, -0.06, -0.05, -1.51, 2.46, 0.95, 0.39, 2.22, 1.90, 1.13, 2.25, 1.57, -1.06,
)  # fmt: skip
