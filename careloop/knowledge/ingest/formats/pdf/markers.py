"""The marks at the head of a line: of a step, a point, a section, a note, a caption."""

from __future__ import annotations

import re
from dataclasses import dataclass

from careloop.knowledge.ingest.formats.pdf.wording import BULLETS

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FILLED = "❶❷❸❹❺❻❼❽❾❿"
_SIGNS = "!！⚠☢☣⚡❗❕‼△▲⚆ℹ\ufe0f"
_CHINESE = "一二三四五六七八九十"

_STEP = re.compile(
    r"^(?:步骤|步驟|手順|ステップ|step|schritt|paso|étape|etape|passo|шаг)\s*"
    r"(?P<a>\d{1,2})\s*[.:：、)）\-–—]?\s*|^第\s*(?P<b>\d{1,2}|[一二三四五六七八九十]{1,3})\s*步\s*[.:：、,，]?\s*",
    re.IGNORECASE,
)
_DOT = re.compile(r"^(?P<n>\d{1,3})\s?(?:[.．](?!\d)|、)\s*(?=\S)")
_PAREN = re.compile(r"^(?P<n>\d{1,3})\s?[)）]\s*(?=\S)")
_BOTH = re.compile(r"^[(（]\s?(?P<n>\d{1,3})\s?[)）]\s*(?=\S)")
_ALPHA = re.compile(
    r"^(?:[(（](?P<a>[a-zA-Z])[)）]|(?P<b>[a-zA-Z])[)）]|(?P<c>[a-z])\.(?=\s))\s*"
    r"(?=\S)"
)
_ROMAN = re.compile(r"^[(（]?(?P<n>i{1,3}|iv|vi{0,3}|ix|x)[)）.](?=\s)\s*", re.IGNORECASE)
_BULLET = re.compile(rf"^(?:[{BULLETS}·]\s*|[-–—*o](?=\s)\s+)(?=\S)")
_BARE = re.compile(r"^(?P<n>\d{1,2})\s+(?=\S)")

SECTION = re.compile(
    r"^(?:(?P<chapter>第\s*(?:\d{1,3}|[一二三四五六七八九十百]{1,4})\s*[章篇编編]"
    r"|(?:chapter|part|kapitel|teil|capítulo|chapitre|capitolo|глава)\s+(?:\d{1,3}|[ivx]{1,6})\b)"
    r"|(?P<node>第\s*(?:\d{1,3}|[一二三四五六七八九十百]{1,4})\s*[节節])"
    r"|(?P<annex>附[录錄]\s*(?:[A-Z]|\d{1,2}|[一二三四五六七八九十])?"
    r"|(?:appendix|annex|anhang|anexo|annexe|приложение)\s+(?:[A-Z]|\d{1,2})\b)"
    r"|(?P<number>(?:\d{1,3}|[A-Z])(?:\s?[.．]\s?\d{1,3}){1,5})[.．]?(?=\s|(?-i:[A-Z][a-z]{2})|[^\d\s.,%°/a-zA-Z])"
    r"|(?P<one>\d{1,2})[.．、]?(?=\s|[^\d\s.,%°/:：\-–~×a-zA-Z)）])"
    r"|(?P<han>[一二三四五六七八九十]{1,3})[、.．])[\s:：、.\-–—]*",
    re.IGNORECASE,
)

_WORDS = (
    r"危险|危險|警告|注意|小心|当心|當心|危険|danger|warning|caution|notice|"
    r"peligro|advertencia|precaución|precaucion|atención|gefahr|warnung|vorsicht|achtung|hinweis|"
    r"avertissement|attention|mise en garde|avis|perigo|aviso|cuidado|atenção|advertência|"
    r"pericolo|avvertenza|attenzione|опасно|опасность|предупреждение|внимание|осторожно|"
    r"위험|경고|주의|خطر|تحذير|تنبيه"
)
_NOTES = (
    r"note|notes|备注|備註|说明|提示|重要|important|tip|nota|remarque|примечание|注|备注|注記|참고"
)
NOTICE = re.compile(
    rf"^[^\w\s]{{0,4}}\s*(?P<word>(?:{_WORDS})[s!！]?)(?:\s*/\s*(?:{_WORDS}))?"
    rf"(?P<who>\s*[（(][^）)]{{1,120}}[）)])?\s*(?:(?P<colon>[:：!！]|\s[-–—])\s*|$|(?=\s))",
    re.IGNORECASE,
)
NOTE = re.compile(
    rf"^[^\w\s]{{0,4}}\s*(?P<word>{_NOTES})\s*\d?\s*(?:(?P<colon>[:：!！])\s*|$)", re.IGNORECASE
)
_NUMBERING = r"(?:[A-Z]{1,2}[.\-–]?)?\d{1,4}(?:[.\-–]\d{1,3}){0,3}[a-z]?(?!\d|[.]\d|%)"
TABLE_CAPTION = re.compile(
    rf"^[（(]?(?:续|續)?(?:table|tab\.|表格|表|tabelle|tabla|tableau|tabela|tabella|таблица)"
    rf"\s?(?P<number>{_NUMBERING})\s*(?P<sep>[.:：\-–—|]?)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
FIGURE_CAPTION = re.compile(
    rf"^[（(]?(?:figure|fig\.?|图片|图示|图|圖|図|abbildung|abb\.?|bild|figura|рис(?:унок|\.)?|그림)"
    rf"\s?(?P<number>{_NUMBERING})\s*(?P<sep>[.:：\-–—|]?)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
CONTINUED = re.compile(
    r"[（(\[]?\s*(?:continued(?: from previous page)?|cont(?:inued|['’]d|\.)?|续上?表?|續上?表?|"
    r"接上页|"
    r"fortsetzung|continuación|cont\.|suite|continuação|продолжение)\s*[)）\]]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark of a list item: its style, its number if it has one, what is printed, its length."""

    style: str
    number: int | None
    printed: str

    @property
    def ordered(self) -> bool:
        """Whether it counts steps by numbers, as Markdown's lists can."""
        return self.style in ("dot", "paren", "both", "circled", "step", "bare")


def read_marker(text: str, detached: bool = False) -> Marker | None:
    """The list mark at the head of a text; `detached` if a wide gap follows its first word."""
    for style, pattern in (("dot", _DOT), ("paren", _PAREN), ("both", _BOTH)):
        match = pattern.match(text)
        if match:
            return Marker(style, int(match["n"]), match[0])
    if text[:1] in _CIRCLED or text[:1] in _FILLED:
        row = _CIRCLED if text[0] in _CIRCLED else _FILLED
        return Marker("circled", row.index(text[0]) + 1, text[0]) if text[1:].strip() else None
    match = _STEP.match(text)
    if match:
        return Marker("step", _count(match["a"] or match["b"]), match[0])
    match = _BULLET.match(text)
    if match:
        return Marker("bullet", None, match[0])
    match = _ALPHA.match(text)
    if match:
        letter = match["a"] or match["b"] or match["c"]
        return Marker("alpha", ord(letter.lower()) - 96, match[0])
    match = _ROMAN.match(text)
    if match:
        return Marker("roman", None, match[0])
    if detached:
        match = _BARE.match(text)
        if match:
            return Marker("bare", int(match["n"]), match[0])
    return None


def is_mark(text: str) -> bool:
    """Whether a text is nothing but a list mark."""
    text = text.strip()
    if not text or len(text) > 8:
        return False
    if text in BULLETS or text in "·-–—*o":
        return True
    marker = read_marker(text + " x", detached=True)
    return marker is not None and marker.printed.strip() == text


def is_sign(text: str) -> bool:
    """Whether a text is nothing but the sign of a hazard or remark, as in a triangle."""
    bare = text.strip()
    return 0 < len(bare) <= 2 and all(letter in _SIGNS for letter in bare)


def _count(number: str) -> int:
    if number.isdigit():
        return int(number)
    tens, _, ones = number.partition("十") if "十" in number else ("", "", number)
    ten = (_CHINESE.index(tens) + 1 if tens else 1) * 10 if "十" in number else 0
    return ten + (_CHINESE.index(ones[0]) + 1 if ones else 0)
