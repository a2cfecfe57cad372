"""Weights of the confidence, written by `training/fit_confidence.py`.

The bias, then one weight for each of `evidence.FEATURES`.
"""

SAME = (
    -4.23, 0.32, -1.41, -0.94, -0.40, -0.60, -1.48, 0.00, -1.77,
    1.79, 1.31, 1.61, 1.70, 1.82, 1.96, 2.15, 0.51, -0.24,
)  # fmt: skip

ACROSS = (
    -5.09, 0.65, -0.56, -0.11, 0.00, -0.27, -0.28, 0.00, -2.25,
    2.45, 1.01, 0.41, 2.22, 1.88, 1.10, 2.35, 1.72, -1.14,
)  # fmt: skip
