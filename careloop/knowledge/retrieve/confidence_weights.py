"""Weights of the confidence, written by `training/fit_confidence.py`.

The bias, then one weight for each of `evidence.FEATURES`.
"""

SAME = (
    -3.76, 0.98, -1.81, -1.39, -1.11, -1.08, -1.51, 0.00, -1.73, 2.03, 1.55, 1.78, 1.61, 1.38, 2.00, 2.13, 0.34, -1.10,
)  # fmt: skip

ACROSS = (
    -5.19, 0.88, -0.83, -0.10, 0.00, -0.19, -1.09, 0.00, -1.52, 2.68, 0.83, 0.16, 2.11, 1.73, 1.30, 2.76, 1.64, -1.34,
)  # fmt: skip
