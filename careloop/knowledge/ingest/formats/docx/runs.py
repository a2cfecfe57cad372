"""The running text of a paragraph: what is shown, where pages break, which pictures stand in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from careloop.knowledge.ingest.formats.docx.names import child, local, number, switched_on, value

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SUPER = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_SUB = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "rt", "Fallback",
     "commentReference", "annotationRef", "proofErr", "bookmarkStart", "bookmarkEnd", "sdtPr"}
)  # fmt: skip


@dataclass(slots=True)
class Picture:
    """A picture by the relationship that holds it, and its text for those who do not see it."""

    relation: str
    alt: str


@dataclass(slots=True)
class RunningText:
    """`breaks` are positions in `text`: a break before the first letter opens a page there.

    `rendered` breaks were stored by the program that laid the pages out.
    """

    text: str = ""
    rendered: list[int] = field(default_factory=list)
    explicit: list[int] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    bold: int = 0

    @property
    def all_bold(self) -> bool:
        letters = sum(not letter.isspace() for letter in self.text)
        return letters > 0 and self.bold >= letters


def read_runs(paragraph: Any) -> RunningText:
    """The shown content of a paragraph: inserted text in, deleted and hidden text out."""
    found = RunningText()
    _walk(paragraph, found, None)
    return found


def _walk(node: Any, found: RunningText, properties: Any | None) -> None:
    for item in node:
        name = local(item)
        if name in _SKIPPED:
            continue
        if name == "r":
            own = child(item, "rPr")
            if not switched_on(child(own, "vanish") if own is not None else None):
                _walk(item, found, own)
        else:
            _take(item, name, found, properties)


def _take(item: Any, name: str, found: RunningText, properties: Any | None) -> None:
    match name:
        case "t":
            _text(item.text or "", found, properties)
        case "tab" | "ptab":
            found.text += "\t"
        case "br" | "cr":
            if value(item, "type") == "page":
                found.explicit.append(len(found.text))
            else:
                found.text += "\n"
        case "lastRenderedPageBreak":
            found.rendered.append(len(found.text))
        case "noBreakHyphen":
            found.text += "-"
        case "sym":
            found.text += _symbol(item)
        case "footnoteReference" | "endnoteReference":
            found.notes.append((name[: -len("Reference")], value(item, "id") or ""))
            found.text += f"[{value(item, 'id')}]"
        case "txbxContent":
            found.boxes.append(item)
        case "blip" | "imagedata" | "drawing" | "pict" | "object":
            _drawn(item, name, found)
        case "ruby":
            base = child(item, "rubyBase")
            if base is not None:
                _walk(base, found, properties)
        case _:
            _walk(item, found, properties)


def _text(text: str, found: RunningText, properties: Any | None) -> None:
    if properties is not None:
        raised = value(child(properties, "vertAlign"))
        if raised == "superscript" and not set(text) - set("0123456789+-−n"):
            text = text.translate(_SUPER)
        elif raised == "subscript" and not set(text) - set("0123456789+-−"):
            text = text.translate(_SUB)
        if switched_on(child(properties, "b")):
            found.bold += sum(not letter.isspace() for letter in text)
    found.text += text


def _drawn(item: Any, name: str, found: RunningText) -> None:
    if name not in ("blip", "imagedata"):
        _drawing(item, found)
        return
    key = item.get(f"{{{_R}}}embed") or item.get(f"{{{_R}}}id")
    if key:
        found.pictures.append(Picture(key, ""))


def _drawing(item: Any, found: RunningText) -> None:
    before = len(found.pictures)
    _walk(item, found, None)
    alt = next(
        (text for node in item.iter() if local(node) in ("docPr", "shape")
         for text in (node.get("descr"), node.get("alt"), node.get("title")) if text),
        "",
    )  # fmt: skip
    for picture in found.pictures[before:]:
        picture.alt = picture.alt or " ".join(alt.split())


def _symbol(item: Any) -> str:
    code = number(str(int(value(item, "char") or "0", 16)) if _is_hex(value(item, "char")) else "0")
    if not code:
        return ""
    font = (value(item, "font") or "").lower()
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    if font.startswith("wingdings"):
        return {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xA8: "☐", 0xE0: "→", 0xDF: "←"}.get(code, "•")
    if font == "symbol":
        return {0x6D: "μ", 0x57: "Ω", 0xB0: "°", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB4: "×",
                0xAE: "→", 0xB7: "•", 0x44: "Δ"}.get(code, "")  # fmt: skip
    return chr(code) if 0x20 <= code < 0xE000 else ""


def _is_hex(text: str | None) -> bool:
    return bool(text) and all(letter in "0123456789abcdefABCDEF" for letter in text or "")
