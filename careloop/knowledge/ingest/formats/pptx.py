"""Slides (.pptx) to manuscripts: a slide is a page, its title a heading."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.util import Pt

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.formats.captions import is_table_caption
from careloop.knowledge.ingest.formats.docx.names import child, local
from careloop.knowledge.ingest.formats.draft import Draft
from careloop.knowledge.ingest.formats.grid import Cell, Grid, Row, cell_text, tables
from careloop.knowledge.ingest.formats.ooxml import OfficePackage
from careloop.knowledge.ingest.formats.pictures import Pictures, said
from careloop.knowledge.ingest.formats.signal_words import read_signal
from careloop.knowledge.ingest.formats.typed_steps import find_typed_lists
from careloop.knowledge.ingest.manuscript import Manuscript
from careloop.knowledge.ingest.source import SourceFile
from careloop.knowledge.language.detect import detect

_LINE = int(Pt(20))
"""Shapes whose tops differ by less stand on one line and are read from left to right."""

_NOTES = {"zh": "讲者备注", "de": "Sprechernotizen", "es": "Notas del orador",
          "fr": "Notes de l’orateur", "ja": "発表者ノート"}  # fmt: skip
_GROUPS = 8
_BROKEN = (
    KeyError, AttributeError, ValueError, TypeError, IndexError, AssertionError, OSError,
    NotImplementedError, etree.LxmlError, PythonPptxError,
)  # fmt: skip
"""What the library runs into on its walk through a broken file."""
_WORDS = re.compile(r"\W+")


def read(source: SourceFile) -> Manuscript:
    """All shown slides in order; slides of the same title that follow one another are one section.

    Speaker notes follow the slide's text and are marked as such. Hidden slides are left out.
    """
    package = OfficePackage(source)
    try:
        slides = list(Presentation(io.BytesIO(source.content)).slides)
    except (*_BROKEN, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise UnreadableSource(
            f"{source.path}: the presentation is damaged; save it again"
        ) from error
    reader = _Deck()
    for number, slide in enumerate(slides, 1):
        reader.slide(number, slide)
    warnings = list(reader.warnings)
    if reader.hidden:
        shown = ", ".join(map(str, reader.hidden))
        warnings.append(f"hidden slides left out: {shown}")
    if reader.diagrams:
        warnings.append(f"{reader.diagrams} diagrams or objects are not read")
    reader.draft.entries = find_typed_lists(reader.draft.entries)
    return Manuscript(
        reader.draft.markdown(), package.matter(), len(slides), reader.draft.figures,
        warnings=warnings,
    )  # fmt: skip


class _Deck:
    def __init__(self) -> None:
        self.draft = Draft()
        self.warnings: list[str] = []
        self.hidden: list[int] = []
        self.diagrams = 0
        self._pictures = Pictures()
        self._title = ""
        self._caption = ""
        self._page = 0
        self._series = 0

    def slide(self, number: int, slide: Any) -> None:
        if slide.element.get("show") in ("0", "false"):
            self.hidden.append(number)
            return
        self._page = number
        self.draft.page(number)
        try:
            self._content(slide, number)
        except _BROKEN:
            # One broken shape must not cost the other slides.
            self.warnings.append(f"slide {number} is damaged; a part of it is left out")

    def _content(self, slide: Any, number: int) -> None:
        title = slide.shapes.title
        words = " ".join(title.text_frame.text.split()) if title is not None else ""
        shapes = [
            shape for shape in in_reading_order(slide.shapes, 0)
            if title is None or shape.shape_id != title.shape_id
        ]  # fmt: skip
        first = next((shape for shape in shapes if _says(shape)), None)
        if not words and first is not None and _short(first.text_frame.text):
            words = " ".join(first.text_frame.text.split())
            shapes.remove(first)
        if words and _WORDS.sub("", words).lower() != self._title:
            self.draft.heading(words, 1 if number == 1 else 2)
        elif not words and shapes:
            self.draft.heading(f"Slide {number}", 2)
        self._title = _WORDS.sub("", words).lower()
        # On a slide that only shows a picture, the title says what the picture shows.
        self._caption = "" if any(_says(shape) for shape in shapes) else words
        for shape in shapes:
            self._shape(shape)
        if slide.has_notes_slide:
            self._notes(slide.notes_slide)

    def _shape(self, shape: Any) -> None:
        if _is_footer(shape):
            return
        if shape.has_text_frame:
            self._text(shape)
        elif getattr(shape, "has_table", False) and shape.has_table:
            self._table(shape.table)
        elif getattr(shape, "has_chart", False) and shape.has_chart:
            self._chart(shape.chart)
        elif _blip(shape) is None and local(shape.element) == "graphicFrame":
            self.diagrams += 1
        self._picture(shape)

    def _text(self, shape: Any) -> None:
        text = "\n".join(_words(paragraph) for paragraph in shape.text_frame.paragraphs)
        signal = read_signal(text) if len(text) < 1500 else None
        if signal is not None:
            self.draft.add("note", signal.text, hazard=signal.hazard)
            return
        self._series += 1
        listed = _is_list(shape)
        counts: dict[int, int] = {}
        for paragraph in shape.text_frame.paragraphs:
            words = _words(paragraph)
            if not words:
                continue
            level = paragraph.level
            numbered, bulleted, start = _mark(paragraph, listed)
            counts = {key: count for key, count in counts.items() if key <= level}
            if numbered:
                counts[level] = counts.get(level, start - 1) + 1
                self.draft.item(words, level, counts[level], f"slide{self._series}")
            elif bulleted and (level or len(shape.text_frame.paragraphs) > 1):
                self.draft.item(words, level, None, f"slide{self._series}")
            else:
                self.draft.add("paragraph", words)

    def _table(self, table: Any) -> None:
        rows: list[Row] = []
        for y, row in enumerate(table.rows):
            cells: Row = []
            for x, cell in enumerate(row.cells):
                if cell.is_spanned:
                    origin = _origin(table, rows, cells, y, x)
                    cells.append(origin or Cell(""))
                else:
                    cells.append(Cell(cell_text([_words(p) for p in cell.text_frame.paragraphs])))
            rows.append(cells)
        header = 1 if table.first_row and len(rows) > 1 else None
        last = self.draft.entries[-1] if self.draft.entries else None
        caption = ""
        if last is not None and last.kind == "paragraph" and is_table_caption(last.text):
            caption = self.draft.entries.pop().text
        for title, body in tables(Grid(rows, header, caption)):
            self.draft.add("paragraph", title)
            self.draft.add("table", body)

    def _chart(self, chart: Any) -> None:
        """The numbers behind a chart as a table."""
        plot = next(iter(chart.plots), None)
        if plot is None:
            return
        names = [str(name) for name in plot.categories]
        series = list(plot.series)
        header = [Cell(""), *(Cell(str(one.name)) for one in series)]
        rows = [
            [Cell(name), *(Cell(_value(one.values, n)) for one in series)]
            for n, name in enumerate(names)
        ]
        title = chart.chart_title.text_frame.text if chart.has_title else ""
        for caption, body in tables(Grid([header, *rows], 1, title)):
            self.draft.add("paragraph", caption)
            self.draft.add("table", body)

    def _picture(self, shape: Any) -> None:
        key = _blip(shape)
        if key is None:
            return
        try:
            data = shape.part.related_part(key).blob
        except KeyError:
            return
        alt = next((node.get("descr") or "" for node in shape.element.iter()
                    if local(node) == "cNvPr"), "")  # fmt: skip
        figure = self._pictures.figure(data, said(alt) or self._caption, self._page)
        if figure is not None:
            self.draft.figure(figure)

    def _notes(self, notes: Any) -> None:
        frame = notes.notes_text_frame
        lines = [_words(paragraph) for paragraph in frame.paragraphs] if frame is not None else []
        lines = [line for line in lines if line]
        if lines:
            lang = detect(" ".join(lines)).code
            label = _NOTES.get(lang, "Speaker notes")
            lines[0] = f"{label}{'：' if lang in ('zh', 'ja') else ': '}{lines[0]}"
            for line in lines:
                self.draft.add("paragraph", line)


def in_reading_order(shapes: Any, depth: int) -> Iterator[Any]:
    """Shapes from top to bottom, on one line from left to right; groups are read as one."""
    placed = [(shape.top or 0, shape.left or 0, n, shape) for n, shape in enumerate(shapes)]
    placed.sort(key=lambda item: item[:3])
    lines: list[list[tuple[int, int, int, Any]]] = []
    for item in placed:
        if lines and item[0] - lines[-1][0][0] < _LINE:
            lines[-1].append(item)
        else:
            lines.append([item])
    for line in lines:
        for *_, shape in sorted(line, key=lambda item: (item[1], item[2])):
            if hasattr(shape, "shapes") and depth < _GROUPS:
                yield from in_reading_order(shape.shapes, depth + 1)
            else:
                yield shape


def _says(shape: Any) -> bool:
    return bool(shape.has_text_frame and shape.text_frame.text.strip() and not _is_footer(shape))


def _short(text: str) -> bool:
    bare = text.strip()
    return len(bare) <= 60 and "\n" not in bare and bare[-1] not in "。.;；:：,，"


def _is_footer(shape: Any) -> bool:
    if not shape.is_placeholder:
        return False
    return local(shape.element) == "sp" and any(
        node.get("type") in ("dt", "ftr", "sldNum", "hdr")
        for node in shape.element.iter() if local(node) == "ph"
    )  # fmt: skip


def _words(paragraph: Any) -> str:
    text = "".join(
        (node.text or "") if local(node) == "t" else " "
        for node in paragraph._p.iter() if local(node) in ("t", "br")
    )  # fmt: skip
    return " ".join(text.split())


def _is_list(shape: Any) -> bool:
    """Whether paragraphs have bullets unless they say otherwise: the body of a layout."""
    if not shape.is_placeholder:
        return False
    kinds = [node.get("type") for node in shape.element.iter() if local(node) == "ph"]
    return bool(kinds) and kinds[0] in (None, "body", "obj")


def _mark(paragraph: Any, listed: bool) -> tuple[bool, bool, int]:
    """Whether a paragraph is numbered or has a bullet, and the first number."""
    properties = child(paragraph._p, "pPr")
    kinds = {local(node): node for node in properties} if properties is not None else {}
    if "buAutoNum" in kinds:
        start = kinds["buAutoNum"].get("startAt") or "1"
        return True, False, int(start) if start.isdigit() else 1
    if "buNone" in kinds:
        return False, False, 1
    return False, listed or "buChar" in kinds or "buBlip" in kinds, 1


def _origin(table: Any, rows: list[Row], cells: Row, y: int, x: int) -> Cell | None:
    left = x - 1
    if left >= 0 and (table.cell(y, left).is_spanned or table.cell(y, left).span_width > 1):
        node = table.cell(y, x)._tc
        if node.get("hMerge") in ("1", "true"):
            return cells[left]
    return rows[y - 1][x] if y else None


def _blip(shape: Any) -> str | None:
    """The relationship of a shape's own picture, in a frame or as its filling."""
    for node in shape.element.iter():
        if local(node) == "blip":
            found = [value for name, value in node.attrib.items() if name.endswith("}embed")]
            return str(found[0]) if found else None
    return None


def _value(values: Any, place: int) -> str:
    value = values[place] if place < len(values) else None
    return "" if value is None else f"{value:g}"
