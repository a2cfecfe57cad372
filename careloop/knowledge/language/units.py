"""What a value with its unit tells of, although nobody names it: `1060 kg` is a weight.

This is what lets a question for the weight, in any language, find a table that only says `kg`.
Units after ISO 80000; only units that measure one thing are listed (metres and hours are not).
"""

from __future__ import annotations

import re

_NUMBER = r"(?<![\w.,-])[-+±]?\d[\d.,]*\s*(?:[-–~～至]\s*[-+]?\d[\d.,]*\s*)?"
_UNITS: tuple[tuple[str, str], ...] = (
    ("weight", r"kg|千克|公斤|吨|lbs?"),
    ("noise_level", r"dB(?:\s*[(（]?A[)）]?)?|分贝"),
    ("power", r"k?W|kVA|千瓦|瓦"),
    ("voltage", r"k?V(?:AC|DC)?|伏"),
    ("current", r"m?A|安培?"),
    ("frequency", r"k?Hz|赫兹?"),
    ("temperature", r"[°º]\s?[CF]|℃|℉|摄氏度|度"),
    ("pressure", r"[kM]?Pa|m?bar|psi|兆帕|千帕"),
    ("flow_rate", r"(?:L|l|m[³3]|mL|升|立方)\s?/\s?(?:min|h|s|分钟?|小时|时)|Nm3/h"),
    ("torque", r"N\s?[·.]?\s?m"),
    ("speed", r"r/min|rpm|转/分|m/s|m/min"),
    ("humidity", r"%\s?RH"),
    ("price", r"元|CNY|RMB|EUR|USD|€|\$"),
)
_PATTERNS = tuple(
    (concept, re.compile(rf"{_NUMBER}(?:{unit})(?![A-Za-z0-9³/·])")) for concept, unit in _UNITS
)


MEASURED = "="
"""Marks, among the terms a passage speaks of, a property whose value with unit stands there."""


MEASURABLE = frozenset(concept for concept, _ in _UNITS)
"""Properties that a unit tells."""


def measured(text: str) -> list[str]:
    """Concepts of the properties whose values stand in the text, each once."""
    return [concept for concept, pattern in _PATTERNS if pattern.search(text)]
