"""What must come back letter by letter, hidden behind marks while a block is translated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_UNITS = (
    "mm² cm² m² mm³ cm³ m³/h m³/min m³ µm μm um nm mm cm dm km m kg mg µg μg g lb oz t µL μL uL "
    "mL ml dL L/min l/min mL/min ml/min L/h l/h L l ms µs μs min/h min h s kVA VA kV mV V kA mA "
    "µA μA A kWh Wh MW kW W MHz GHz kHz Hz MPa kPa hPa Pa mbar bar psi °C °F ℃ ℉ K %RH % rpm r/min "
    "1/min dB(A) dB N·m N.m Nm kN N MΩ kΩ Ω GB MB TB kB lx lm ppm x px dpi"
)
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS.split(), key=len, reverse=True))
_NUMBER = r"\d+(?:[.,\u00a0 ]\d+)*"
QUANTITY = (
    rf"(?<![\w.,])[-+±≤≥<>~≈]?\s?{_NUMBER}(?:\s?(?:[-–~～×]|\.\.\.?|…)\s?{_NUMBER})*"
    rf"\s?(?:{_UNIT})(?![A-Za-zµμ°²³\d])"
)
IDENTIFIER = (
    r"(?<![A-Za-z0-9])(?=[A-Za-z0-9._/-]*[A-Za-z])(?=[A-Za-z0-9._/-]*\d)"
    # `3-mal`, `2.5-mm-Schlüssel`, `400-V-Netz`, `96-well`: a number in a compound, no code.
    r"(?!\d+(?:[.,]\d+)?(?:er)?-(?:[A-Z]?[a-z]{2,}|[A-Za-z]{1,3}-[A-Za-z]))"
    r"[A-Za-z0-9]+(?:[-_/.](?![A-Z]?[a-z]{3,})[A-Za-z0-9]+)*(?![A-Za-z0-9À-ɏ])"
)
"""A token of letters and digits: a code, a part, a model, a serial."""
_ALWAYS = (
    r"`[^`\n]+`",
    r"https?://[^\s<>()\[\]，。；）]+",
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"(?<=\])\([^()\s]+\)",
    r"<[a-zA-Z/][^<>]*>",
)
_MARK = re.compile(r"[\[【]\s*[\[【]\s*(\d{1,4})\s*[\]】]\s*[\]】]")


@dataclass(frozen=True, slots=True)
class Protected:
    """A block with marks `[[1]]`, `[[2]]` ... in the places of `values`."""

    text: str
    values: tuple[str, ...]

    def restore(self, translated: str) -> str:
        """The values in the places of their marks; marks that were never given vanish."""

        def value(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            return self.values[at] if 0 <= at < len(self.values) else ""

        return _MARK.sub(value, translated)

    def kept(self, translated: str) -> bool:
        """Whether every mark stands there exactly once."""
        found = sorted(int(match[1]) for match in _MARK.finditer(translated))
        return found == list(range(1, len(self.values) + 1))


def protect(text: str, names: Sequence[str] = ()) -> Protected:
    """Hide code, links, mails, `names` (models), identifiers and quantities of a block."""
    known = [rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])" for name in names if name]
    known.sort(key=len, reverse=True)
    pattern = re.compile("|".join([*_ALWAYS, *known, QUANTITY, IDENTIFIER]))
    values: list[str] = []

    def hidden(match: re.Match[str]) -> str:
        values.append(match[0].strip())
        lead = " " if match[0][0].isspace() else ""
        return f"{lead}[[{len(values)}]]"

    if _MARK.search(text):
        return Protected(text, ())  # the text has such marks of its own
    return Protected(pattern.sub(hidden, text), tuple(values))
