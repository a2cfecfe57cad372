"""Weights of the confidence, written by `training/fit_confidence.py`.

The bias, then one weight for each of `evidence.FEATURES`.
"""

SAME = (
    -4.48, 0.96, -0.62, -1.59, -0.08, -0.85, 0.00, 0.00, -1.04, 1.78, 1.92, 2.17, 2.10, 2.35, 1.83, 1.86, 0.38, -1.40,
)  # fmt: skip

ACROSS = (
    -2.39, 0.00, -0.98, 0.00, -0.12, 0.00, -0.20, 0.00, -1.21, 2.23, 2.40, 0.61, 0.73, 0.73, 0.04, 1.29, 0.88, -1.24,
)  # fmt: skip
