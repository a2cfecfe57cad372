"""A PDF as a manuscript."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pypdfium2
from PIL import Image

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.formats.pdf.aligned import find_between_rules
from careloop.knowledge.ingest.formats.pdf.captions import bind_captions
from careloop.knowledge.ingest.formats.pdf.columns import in_columns
from careloop.knowledge.ingest.formats.pdf.extract import read_sheet
from careloop.knowledge.ingest.formats.pdf.figures import find_figures
from careloop.knowledge.ingest.formats.pdf.flow import blocks_of
from careloop.knowledge.ingest.formats.pdf.footnotes import free_footnotes
from careloop.knowledge.ingest.formats.pdf.furniture import strip_boxes, strip_furniture
from careloop.knowledge.ingest.formats.pdf.headings import Body, Entry, body_of, find_headings
from careloop.knowledge.ingest.formats.pdf.notices import find_notices
from careloop.knowledge.ingest.formats.pdf.page_image import (
    PDFIUM,
    opened,
    page_size,
    png,
    rendered,
)
from careloop.knowledge.ingest.formats.pdf.parts import Block, Frame, Item, Shot, Table
from careloop.knowledge.ingest.formats.pdf.ruled import find_ruled
from careloop.knowledge.ingest.formats.pdf.scan import read_scan
from careloop.knowledge.ingest.formats.pdf.sequence import follow_numbers, place_captions, run_on
from careloop.knowledge.ingest.formats.pdf.sheet import Sheet, area
from careloop.knowledge.ingest.formats.pdf.toc import strip_contents
from careloop.knowledge.ingest.formats.pdf.wording import garbled
from careloop.knowledge.ingest.formats.pdf.writer import written
from careloop.knowledge.ingest.manuscript import Figure, Manuscript
from careloop.knowledge.ingest.ocr import Ocr, OcrMissing, default_ocr
from careloop.knowledge.ingest.source import SourceFile

MAX_PAGES = 2000
MAX_LETTERS = 15_000_000
MAX_FIGURES = 1000
MAX_FIGURE_BYTES = 200 * 1024 * 1024
_FIGURE_WIDTH = 1600
_SCAN_WIDTH = 1700
_OPENING = 3000
_DATE = re.compile(r"^D:(\d{4})(\d{2})(\d{2})")
_NO_TITLE = re.compile(
    r"^\s*$|untitled|anonymous|unspecified|"
    r"无标题|^microsoft|\.(?:docx?|pdf|indd|fm|xlsx?|pptx?|qxd|dwg)\b|^slide \d|^print|"
    r"^(?:document|文档)\s*\d*$|^\W*\d*\W*$",
    re.IGNORECASE,
)


def read(source: SourceFile, ocr: Ocr | None = None) -> Manuscript:
    """The PDF as Markdown with its figures; pages without usable text are read by OCR."""
    document = opened(source.content, source.path)
    try:
        return _read(document, source, ocr)
    except UnreadableSource:
        raise
    except (pypdfium2.PdfiumError, MemoryError, RecursionError, OverflowError) as error:
        raise UnreadableSource(
            f"{source.path}: broken inside ({type(error).__name__}); export it again"
        ) from None
    finally:
        # The lock is held for single calls only: OCR of a long scan must not stop the others.
        with PDFIUM:
            document.close()


def _read(document: Any, source: SourceFile, ocr: Ocr | None) -> Manuscript:
    with PDFIUM:
        count = len(document)
    if count == 0:
        raise UnreadableSource(f"{source.path}: the PDF has no pages; export it again")
    if count > MAX_PAGES:
        raise UnreadableSource(f"{source.path}: more than 2,000 pages; split it into parts")
    warnings: list[str] = []
    sheets = _sheets(document, count, source.path, ocr, warnings)
    with PDFIUM:
        outline = _outline(document)
    manuscript = assemble(sheets, outline, warnings)
    manuscript.pages = count
    with PDFIUM:
        _matter(document, manuscript)
    _cut_figures(document, manuscript)
    return manuscript


def assemble(sheets: Sequence[Sheet], outline: Sequence[Entry], warnings: list[str]) -> Manuscript:
    """Sheets as a manuscript; its figures have a place and a caption but no picture yet."""
    boxes = [find_ruled(sheet) for sheet in sheets]
    strip_boxes(sheets, boxes)
    strip_furniture(sheets, body_of(sheets).size)
    strip_contents(sheets)
    body = body_of(sheets)
    margins = _margins(sheets)
    strips: list[list[Block]] = []
    shots: list[tuple[Shot, Sheet]] = []
    for sheet, (tables, frames) in zip(sheets, boxes, strict=True):
        if body.heavy:
            _lighten(sheet, body)
        tables += find_between_rules(sheet)
        bind_captions(tables, sheet)
        found = find_figures(sheet, [*(t.rect for t in tables), *(f.rect for f in frames)])
        shots += [(shot, sheet) for shot in found]
        strips += _page(sheet, tables, frames, found, body, margins.get(round(sheet.width), 0.0))
        sheet.spans, sheet.rules, sheet.shades, sheet.strokes = [], [], [], []
    blocks = find_notices(place_captions(run_on(strips)))
    title = find_headings(blocks, body, outline)
    follow_numbers(blocks)
    figures = []
    for number, (shot, sheet) in enumerate(shots[:MAX_FIGURES], 1):
        shot.name = f"p{shot.page}-{number}.png"
        box = sheet.shown(shot.rect)
        figures.append(Figure(shot.name, b"", "image/png", shot.page, box, shot.caption))
    blocks = [b for b in blocks if b.kind != "figure" or (b.shot and b.shot.name)]
    matter = {"title": title} if title else {}
    return Manuscript(written(blocks), matter, len(sheets), figures, warnings=warnings)


def _margins(sheets: Sequence[Sheet]) -> dict[int, float]:
    """For each width of page, where most of its text ends on the right."""
    ends: dict[int, list[float]] = {}
    for sheet in sheets:
        right = sorted(span.x1 for span in sheet.spans)
        if len(right) >= 8:
            ends.setdefault(round(sheet.width), []).append(right[int(0.93 * (len(right) - 1))])
    return {wide: sorted(found)[len(found) // 2] for wide, found in ends.items()}


def _lighten(sheet: Sheet, body: Body) -> None:
    """Type that most of the text is set in is no emphasis, whatever its name."""
    for span in sheet.spans:
        if span.font == body.font:
            span.bold, span.lead = False, 0


def _page(
    sheet: Sheet,
    tables: list[Table],
    frames: list[Frame],
    shots: list[Shot],
    body: Body,
    margin: float,
) -> list[list[Block]]:
    items: list[Item] = [*sheet.spans, *tables, *frames, *shots]
    strips = in_columns(items, max(body.size, 6.0))
    if len(strips) > 1:
        margin = 0.0
    found = [blocks for strip in strips if (blocks := blocks_of(strip, sheet, margin))]
    for blocks in found:
        free_footnotes(blocks, sheet.height, body.size)
    return found


def _sheets(
    document: Any, count: int, path: str, ocr: Ocr | None, warnings: list[str]
) -> list[Sheet]:
    sheets: list[Sheet] = []
    read_by_ocr: list[int] = []
    unread: list[int] = []
    letters = 0
    for number in range(1, count + 1):
        with PDFIUM:
            sheet = _text_sheet(document, number)
        if sheet is None:
            warnings.append(f"page {number} is broken and was left out")
            continue
        if _needs_ocr(sheet):
            try:
                engine = ocr or default_ocr()
            except OcrMissing:
                unread.append(number)
                sheet.spans = []
                sheets.append(sheet)
                continue
            sheet = _scanned_sheet(document, number, engine)
            if sheet.spans:
                read_by_ocr.append(number)
        sheets.append(sheet)
        letters += sum(len(span.text) for span in sheet.spans)
        if letters > MAX_LETTERS:
            raise UnreadableSource(f"{path}: more than 15 million letters; split it into parts")
    if unread and not any(sheet.spans for sheet in sheets):
        raise UnreadableSource(
            f"{path}: its pages are pictures without text; install careloop[ocr] to read them"
        )
    if not sheets:
        raise UnreadableSource(f"{path}: none of its pages can be read; export it again")
    if unread:
        warnings.append(f"{_ranges(unread)} not read, only pictures: install careloop[ocr]")
    if read_by_ocr:
        warnings.append(f"{_ranges(read_by_ocr)} read by OCR")
    return sheets


def _text_sheet(document: Any, number: int) -> Sheet | None:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return None
    try:
        return read_sheet(page, number)
    finally:
        page.close()


def _needs_ocr(sheet: Sheet) -> bool:
    """A page of pictures or drawn letters with hardly a word, or with letters that mean nothing."""
    text = "".join(span.text for span in sheet.spans)
    if len(text) >= 20:
        return garbled(text) > 0.2
    whole = sheet.width * sheet.height
    covered = sum(area(rect) for rect in sheet.pictures)
    return covered > 0.3 * whole or len(sheet.strokes) > 60


def _scanned_sheet(document: Any, number: int, ocr: Ocr) -> Sheet:
    wide, high = page_size(document, number)
    landscape = wide > high
    picture: Image.Image = rendered(document, number, int(_SCAN_WIDTH * (1.35 if landscape else 1)))
    return read_scan(picture, number, ocr, min(max(wide, 72.0), 5000.0))


def _outline(document: Any) -> list[Entry]:
    found: list[Entry] = []
    try:
        for mark in document.get_toc(max_depth=8):
            dest = mark.get_dest()
            index = dest.get_index() if dest is not None else None
            found.append(
                Entry(mark.level + 1, mark.get_title(), None if index is None else index + 1)
            )
            if len(found) >= 5000:
                break
    except (pypdfium2.PdfiumError, ValueError, UnicodeDecodeError, RecursionError):
        return found
    return found


def _matter(document: Any, manuscript: Manuscript) -> None:
    try:
        meta = document.get_metadata_dict(skip_empty=True)
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return
    said = " ".join(meta.get("Title", "").split())
    if said and len(said) > 3 and not _NO_TITLE.search(said):
        # What the file calls itself is its name when its first pages say so, too.
        printed = " ".join(manuscript.text[:_OPENING].split()).casefold()
        if "title" not in manuscript.matter or said.casefold() in printed:
            manuscript.matter["title"] = said
    for key in ("ModDate", "CreationDate"):
        match = _DATE.match(meta.get(key, ""))
        if match and 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31 and match[1] > "1990":
            manuscript.matter["updated"] = f"{match[1]}-{match[2]}-{match[3]}"
            break


def _cut_figures(document: Any, manuscript: Manuscript) -> None:
    done: list[Figure] = []
    total = 0
    for figure in manuscript.figures:
        if figure.page is None or figure.box is None:
            continue
        try:
            picture = rendered(document, figure.page, _width_of(document, figure), figure.box)
        except UnreadableSource:
            manuscript.warnings.append(f"a figure on page {figure.page} cannot be drawn")
            manuscript.text = _without(manuscript.text, figure.name)
            continue
        picture.thumbnail((_FIGURE_WIDTH, _FIGURE_WIDTH))
        data = png(picture)
        total += len(data)
        if total > MAX_FIGURE_BYTES:
            manuscript.warnings.append(
                f"from page {figure.page} on figures were left out: they take more than 200 MB"
            )
            for rest in manuscript.figures[len(done) :]:
                manuscript.text = _without(manuscript.text, rest.name)
            break
        done.append(Figure(figure.name, data, "image/png", figure.page, figure.box, figure.caption))
    manuscript.figures = done


def _width_of(document: Any, figure: Figure) -> int:
    """Pixels that show a figure at about 200 dpi."""
    wide = page_size(document, figure.page or 1)[0]
    box = figure.box or (0.0, 0.0, 1.0, 1.0)
    return int(min(_FIGURE_WIDTH, max(wide * (box[2] - box[0]) * 2.8, 64)))


def _without(text: str, name: str) -> str:
    """The text with the picture line of a missing figure turned into its caption."""
    return re.sub(rf"!\[([^\n]*)\]\(figure:{re.escape(name)}\)", r"\1", text)


def _ranges(numbers: Sequence[int]) -> str:
    """`page 4 was`, `pages 3-7, 9 were`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    shown = ", ".join("-".join(str(n) for n in part) for part in parts)
    return f"page {shown} was" if len(numbers) == 1 else f"pages {shown} were"
