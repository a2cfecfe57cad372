"""Joining pieces of text as a reader would: with or without a space, without a hyphen."""

from __future__ import annotations

import re
import unicodedata

WIDE = re.compile(
    "[\u2e80-\u2fff\u3001-\u30ff\u3100-\u312f\u31f0-\u9fff\uf900-\ufaff\uff01-\uff9f]"
)
_STANDS_APART = re.compile(
    r"(?:第.{1,4}[章节節部分篇编編]|附[录錄].{1,2}|^\W{0,3}(?:危险|危險|警告|注意|小心|当心|危険))$"
)
_HYPHEN = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]$")
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st", 0x00A0: " ", 0x2007: " ", 0x202F: " ", 0x2009: " ", 0x200A: " ", 0x2002: " ",
    0x2003: " ", 0x3000: " ", 0x00AD: "-", 0x0002: "-", 0xFFFE: "-", 0x200B: None, 0xFEFF: None,
    0x2011: "-",
}  # fmt: skip
_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
TERMINATORS = ".。!！?？:：;；…"
BULLETS = "•●▪■◦○►▶➢➤✓✔□◆◇★❖⚫⬤∙‣⁃\uf0b7\uf0a7\uf0d8\uf06c\uf06e\uf0fc\uf075\uf0b2\uf076"


def cleaned(text: str) -> str:
    """Ligatures and odd spaces as plain letters; radicals that only look like characters mended."""
    text = text.translate(_LIGATURES)
    if _RADICALS.search(text):
        text = _RADICALS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return text


def is_wide(letter: str) -> bool:
    """A Chinese or Japanese character or its punctuation, which take no spaces between them."""
    return WIDE.match(letter) is not None


def glued(left: str, right: str, gap: float, blank: bool) -> str:
    """Two pieces of one line; `gap` in units of the type size, `blank` if a space is printed."""
    if not left or not right:
        return left + right
    if is_wide(left[-1]) and is_wide(right[0]):
        apart = (blank or gap >= 0.35) and _STANDS_APART.search(left) is not None
    elif is_wide(left[-1]) or is_wide(right[0]):
        apart = blank or gap >= 0.6
    else:
        apart = blank or gap >= 0.18
    return f"{left.rstrip()} {right.lstrip()}" if apart else left + right


def joined(left: str, right: str) -> str:
    """Two lines of one paragraph."""
    left, right = left.rstrip(), right.lstrip()
    if not left or not right:
        return left or right
    if _HYPHEN.search(left) and right[0].islower():
        return left[:-1] + right
    if left[-1] in "-/\u2010" and not is_wide(right[0]) and len(left) > 1 and left[-2] != " ":
        return left + right
    if is_wide(left[-1]) or is_wide(right[0]):
        tight = is_wide(left[-1]) and (is_wide(right[0]) or left[-1] in "，。、；：！？（「《“")
        return left + right if tight or right[0] in ",.;:!?)]%" else f"{left} {right}"
    return f"{left} {right}"


def columns(text: str) -> int:
    """Half-width columns: wide characters count two."""
    return len(text) + sum(1 for letter in text if is_wide(letter))


def finished(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    bare = text.rstrip().rstrip("\"'”’)）]】»")
    return bool(bare) and bare[-1] in TERMINATORS


def garbled(text: str) -> float:
    """The share of letters that mean nothing: unmapped glyphs, control and private characters."""
    letters = [letter for letter in text if not letter.isspace()]
    if not letters:
        return 0.0
    bad = sum(
        1
        for letter in letters
        if letter == "\ufffd" or (unicodedata.category(letter) in ("Cc", "Co", "Cn")
                                  and letter not in BULLETS)
    )  # fmt: skip
    return (bad + 6 * text.count("(cid:")) / len(letters)
