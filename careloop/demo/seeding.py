"""Random streams that do not disturb each other, and draws on top of them.

Each table draws from its own named stream, so that a change in one leaves the others as they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

SEED = 20261128


def stream(name: str, seed: int = SEED) -> Random:
    """A generator that depends on the seed and the name only."""
    return Random(f"{seed}/{name}")


def choose(rng: Random, weights: Mapping[str, float]) -> str:
    """One key, with probability in proportion to its weight; raises `ValueError` on none."""
    if not weights:
        raise ValueError("nothing to choose from")
    return rng.choices(list(weights), weights=list(weights.values()))[0]
