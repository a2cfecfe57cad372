# ruff: noqa: E501
"""Running text of the manual: grammatical, about the machine, different in every paragraph."""

from __future__ import annotations

import random

_SUBJECTS = [
    "the beater", "the freezing cylinder", "the hopper", "the condenser", "the compressor", "the mix pump",
    "the main board", "the display", "the draw valve", "the gearbox", "the V-belt", "the expansion valve",
    "the hot-gas valve", "the door interlock", "the level sensor", "the agitator", "the drip tray", "the fan",
]  # fmt: skip
_ROLES = [
    "carries the load of the drawn portion", "keeps the mix at an even temperature", "moves heat away from the product",
    "reports its state to the controller several times a second", "is designed for continuous use in a shop",
    "needs free access from the service side", "is sealed against splashing water", "can be taken out without special tools",
    "works only while the dispensing door is closed", "is watched by the controller at every start",
    "remains still while the product rests", "is separated from the food area by a double seal",
]  # fmt: skip
_REASONS = [
    "because dirt shortens its life", "so that the texture of the product stays the same from the first portion to the last",
    "which saves energy in quiet hours", "so that a technician finds a fault quickly",
    "because a warm surface would spoil the mix", "which is needed for hygienic work",
    "so that the noise stays low in the sales room", "because the refrigerant must not be released",
]  # fmt: skip
_ADVICE = [
    "Look at {s} before every season", "Keep {s} free of residues", "Do not paint or cover {s}",
    "Report unusual noises of {s} to the service partner", "Use only original parts for {s}",
    "Let {s} come to rest before a panel is opened", "Compare {s} with the drawings in this chapter",
    "Write every change of {s} in the service log", "Never clean {s} with a pressure washer",
]  # fmt: skip
_FRAMES = [
    "In normal operation {a} {r}, {w}.", "{A} {r}; {b} follows a moment later.",
    "When a portion is drawn, {a} {r} and {b} is controlled accordingly.", "As a rule, {a} {r}, {w}.",
    "After a standstill of more than a day {a} is checked first, then {b}.", "{V}, {w}.", "{V}.",
    "Both models are alike here: {a} {r}.", "During the season {a} {r}, while {b} is switched off at night.",
]  # fmt: skip


class Prose:
    """Paragraphs from one seed; the same seed gives the same text."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def sentence(self) -> str:
        pick = self._chance.choice
        a, b = self._chance.sample(_SUBJECTS, 2)
        return pick(_FRAMES).format(
            a=a, A=a[0].upper() + a[1:], b=b, r=pick(_ROLES), w=pick(_REASONS),
            V=pick(_ADVICE).format(s=pick((a, b))),
        )  # fmt: skip

    def paragraph(self, least: int = 3, most: int = 6) -> str:
        return " ".join(self.sentence() for _ in range(self._chance.randint(least, most)))
