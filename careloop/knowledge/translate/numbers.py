"""Numbers of a text as values: `1.234,5` in German is `1,234.5` in English."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from careloop.knowledge.translate.protect import IDENTIFIER

COMMA_DECIMAL = frozenset({"de", "es", "fr", "pt", "ru", "vi"})
_IDENTIFIER = re.compile(IDENTIFIER)
_QUANTITY = re.compile(r"\A\d+(?:[.,]\d+)?[A-Za-zµμ]{1,3}\Z")
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:[.,\u00a0\u202f’']\d+)*(?:\u0020\d{3}(?!\d))*")
_GROUPS = re.compile(r"\A\d{1,3}(?:[.,\u00a0\u202f’' ]\d{3})+\Z")
_DIGITS = str.maketrans("０１２３４５６７８９．٠١٢٣٤٥٦٧٨٩٫", "0123456789.0123456789.")
_UNITS: tuple[tuple[str, str], ...] = (
    ("percent", r"[%％]"),
    ("celsius", r"°\s?C|º\s?C|℃"),
    ("fahrenheit", r"°\s?F|℉"),
    ("millimetre", r"mm(?![²³\w])|毫米"), ("centimetre", r"cm(?![²³\w])|厘米"),
    ("micrometre", r"[µμ]m|um\b|微米"), ("nanometre", r"nm\b|纳米"),
    ("kilogram", r"kg\b|千克|公斤"), ("milligram", r"mg\b|毫克"),
    ("millilitre", r"m[lL]\b|毫升"), ("microlitre", r"[µμ][lL]\b|微升"),
    ("kilopascal", r"kPa\b|千帕"), ("megapascal", r"MPa\b|兆帕"), ("bar", r"bar\b"),
    ("kilovolt", r"kV\b|千伏"), ("millivolt", r"mV\b|毫伏"), ("volt", r"V(?:AC|DC)?\b|伏特?"),
    ("milliampere", r"mA\b|毫安"), ("ampere", r"A\b|安培?"),
    ("kilowatt", r"kW\b|千瓦"), ("watt", r"W\b|瓦特?"),
    ("megahertz", r"MHz\b|兆赫"), ("kilohertz", r"kHz\b|千赫"), ("hertz", r"Hz\b|赫兹?"),
    ("millisecond", r"ms\b|毫秒"), ("decibel", r"dB\b|分贝"), ("newton_metre", r"N\s?[·.]?\s?m\b"),
)  # fmt: skip
_UNIT = [(name, re.compile(rf"[\s-]?(?:{unit})")) for name, unit in _UNITS]
_WORDS: dict[str, tuple[str, ...]] = {
    "zh": ("一", "二|两|双", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"),
    "ja": ("一", "二|両", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"),
    "en": ("one|once|an?|first|single", "two|twice|second|both|pair", "three|third|threefold",
           "four|fourth", "five|fifth", "six|sixth", "seven|seventh", "eight|eighth",
           "nine|ninth", "ten|tenth", "eleven", "twelve"),
    "es": ("una?|uno|primer[oa]?", "dos|segund[oa]|ambos|ambas", "tres|tercer[oa]?", "cuatro",
           "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"),
    "de": ("ein(?:e[nmrs]?|mal)?|erste[nrs]?", "zwei(?:mal|te[nrs]?)?|beide[nr]?", "drei(?:mal)?|"
           "dritte[nrs]?", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf",
           "zwölf"),
    "fr": ("une?|premi(?:er|ère)", "deux|deuxième", "trois", "quatre", "cinq", "six", "sept",
           "huit", "neuf", "dix", "onze", "douze"),
    "pt": ("uma?|primeir[oa]", "dois|duas|segund[oa]", "três", "quatro", "cinco", "seis", "sete",
           "oito", "nove", "dez", "onze", "doze"),
}  # fmt: skip


class Number(NamedTuple):
    """A number as written, what it may mean, and its unit if that is a known one."""

    text: str
    values: frozenset[Decimal]
    unit: str

    def same(self, other: Number) -> bool:
        """One of their readings is the same, and so are the units where both are known."""
        units = not self.unit or not other.unit or self.unit == other.unit
        return units and bool(self.values & other.values)


def numbers(text: str, lang: str) -> list[Number]:
    """The numbers outside codes, parts and models, in order."""
    text = _IDENTIFIER.sub(
        lambda match: match[0] if _QUANTITY.match(match[0]) else " " * len(match[0]),
        text.translate(_DIGITS),
    )
    found = []
    for match in _NUMBER.finditer(text):
        unit = next((name for name, form in _UNIT if form.match(text, match.end())), "")
        found.append(Number(match[0], _values(match[0], lang), unit))
    return found


def in_words(value: Decimal, text: str, lang: str) -> bool:
    """Whether a small whole number stands in the text as a word."""
    forms = _WORDS.get(lang)
    if forms is None or value != int(value) or not 1 <= value <= len(forms):
        return False
    form = forms[int(value) - 1]
    edge = r"" if lang in ("zh", "ja") else r"(?<!\w)"
    end = r"" if lang in ("zh", "ja") else r"(?!\w)" if lang != "de" else ""
    return re.search(f"{edge}(?:{form}){end}", text, re.IGNORECASE) is not None


def _values(text: str, lang: str) -> frozenset[Decimal]:
    """`1.234` is a thousand and more, or a little more than one: the language is a hint, not a
    law, since tables are often copied from elsewhere."""
    bare = re.sub(r"[\u00a0\u202f’' ]", "", text)
    found = {_decimal(bare, ",", "."), _decimal(bare, ".", ",")}
    if not _GROUPS.match(text):
        # No groups of three: every mark parts decimals or a list such as a version.
        last = max(bare.rfind("."), bare.rfind(","))
        found = {_decimal(bare, "", bare[last]) if last > 0 else _decimal(bare, "", ".")}
    known = frozenset(value for value in found if value is not None)
    if len(known) > 1 and lang not in COMMA_DECIMAL and "." in bare and "," not in bare:
        return frozenset({Decimal(bare)}) if bare.count(".") == 1 else known
    return known or frozenset({Decimal(re.sub(r"\D", "", bare))})


def _decimal(text: str, group: str, mark: str) -> Decimal | None:
    plain = text.replace(group, "") if group else text
    plain = plain.replace(mark, ".")
    return Decimal(plain).normalize() if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None
