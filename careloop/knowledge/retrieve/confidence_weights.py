"""Weights of the confidence, written by `training/fit_confidence.py`.

The bias, then one weight for each of `evidence.FEATURES`.
"""

SAME = (
    -4.04, 1.09, -1.82, -1.47, -0.86, -0.87, -0.47, 0.00, -1.62, 1.79, 2.28, 2.22, 1.48, 1.70, 1.76, 2.07, 0.47, -1.26,
)  # fmt: skip

ACROSS = (
    -5.01, 0.78, -0.81, 0.00, -0.00, 0.00, -0.91, 0.00, -1.68, 2.74, 0.96, 0.33, 1.98, 1.71, 1.35, 2.85, 1.59, -1.23,
)  # fmt: skip
