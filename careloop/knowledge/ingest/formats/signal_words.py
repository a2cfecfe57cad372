"""Hazard notes and remarks as writers set them: a word in a box, in capitals, with a sign.

The library knows a hazard note by its signal word followed by a colon; this puts it there.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from careloop.knowledge.hazard import is_hazard_note


class Signal(NamedTuple):
    """A note on one or more lines; `hazard` is False for a mere remark."""

    text: str
    hazard: bool


_OPEN, _CLOSE = r"[【\[［(（<《〈「『]?\s*", r"\s*[】\]］)）>》〉」』]?"
_SIGN = re.compile(r"^[\s⚠☢☣⚡❗❕‼△▲⛔🚫🛑ℹ💡📝🔥️!！]+")
_WARNING_SIGN = re.compile(r"^\s*[⚠☢☣⚡⛔🚫🛑]")
_WIDE_HAZARD = (
    r"(?P<word>危\s?险|危\s?険|警\s?告|注\s?意|小\s?心|当\s?心|危險|위험|경고|주의|خطر|تحذير|تنبيه|"
    r"อันตราย|คำเตือน|ข้อควรระวัง)"
)
_WIDE = re.compile(
    rf"^{_OPEN}{_WIDE_HAZARD}{_CLOSE}(?P<mark>\s*[:：!！。\-—]+|\s+|$)(?P<rest>.*)$", re.DOTALL
)
_LATIN_WORDS = (
    r"danger|warning|caution|peligro|advertencia|precaución|precaucion|atención|atencion|gefahr|"
    r"warnung|vorsicht|achtung|avertissement|attention|mise en garde|perigo|aviso|cuidado|atenção|"
    r"advertência|опасность|предупреждение|внимание|осторожно|nguy hiểm|cảnh báo|chú ý|thận trọng"
)
_LATIN = re.compile(
    rf"^{_OPEN}(?P<word>{_LATIN_WORDS}){_CLOSE}(?P<mark>\s*[:：!！]+|\s*[-–—]\s+|\s*\n|\s+|$)"
    r"(?P<rest>.*)$",
    re.DOTALL | re.IGNORECASE,
)
_REMARK = re.compile(
    r"^[【\[［(（]?\s*(?P<word>notice|note|important|tip|hint|remark|hinweis|anmerkung|tipp|wichtig|nota|"
    r"importante|consejo|remarque|astuce|примечание|重要提示|温馨提示|备注|提示|说明|重要|注|メモ|"
    r"備考|ヒント|참고|ملاحظة|lưu ý|หมายเหตุ)\s*[】\]］)）]?"
    r"(?P<mark>\s*[:：!！]+|\s*\n|$)(?P<rest>.*)$",
    re.DOTALL | re.IGNORECASE,
)
_CLASS_WORD = {
    "danger": {
        "zh": "危险", "es": "Peligro", "de": "Gefahr", "fr": "Danger", "ja": "危険", "": "Danger",
    },
    "warning": {
        "zh": "警告", "es": "Advertencia", "de": "Warnung", "fr": "Avertissement", "ja": "警告",
        "": "Warning",
    },
    "caution": {
        "zh": "注意", "es": "Precaución", "de": "Vorsicht", "fr": "Attention", "ja": "注意",
        "": "Caution",
    },
}  # fmt: skip


def read_signal(text: str, lang: str = "", boxed: bool = False) -> Signal | None:
    """The note in `text` with its signal word set before a colon; None for other text.

    A word alone, or in capitals before running text, is a signal; a word that merely begins a
    sentence is not, unless the text stands in a box of its own.
    """
    signed = _WARNING_SIGN.match(text) is not None
    bare = _SIGN.sub("", text).strip()
    found = _hazard(bare, boxed)
    if found is not None:
        return Signal(found, True)
    if signed and bare:
        return Signal(class_note("warning", bare, lang), True)
    remark = _REMARK.match(bare)
    if remark and (remark["rest"].strip() or boxed):
        return Signal(_with_colon(remark["word"], remark["rest"]), False)
    return None


def class_note(kind: str, text: str, lang: str) -> str:
    """`text` under the signal word of a box of this kind: danger, warning or caution."""
    words = _CLASS_WORD[kind]
    return _with_colon(words.get(lang, words[""]), text)


def is_bare_signal(text: str) -> bool:
    """Whether a line is a hazard's signal word and nothing else."""
    bare = _SIGN.sub("", text).strip()
    for pattern in (_WIDE, _LATIN):
        match = pattern.match(bare)
        if match and not match["rest"].strip():
            return True
    return False


def _hazard(text: str, boxed: bool) -> str | None:
    match = _WIDE.match(text)
    if match:
        word = re.sub(r"\s", "", match["word"])
        return _with_colon(word, match["rest"])
    match = _LATIN.match(text)
    if match:
        word, mark, rest = match["word"], match["mark"], match["rest"]
        if mark.strip() or "\n" in mark or not rest or word.isupper() or boxed:
            return _with_colon(word, rest)
    return text if is_hazard_note(text) else None


def _with_colon(word: str, rest: str) -> str:
    wide = ord(word[0]) > 0x2E7F
    return f"{word}：{rest.strip()}" if wide else f"{word}: {rest.strip()}".strip()
