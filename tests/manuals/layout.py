# ruff: noqa: E501
"""Page layout of the PDF manual: running heads, columns, boxes, footnotes, and where things land."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

HEAD = "Vera"
for _name, _file in ((HEAD, "Vera.ttf"), ("VeraBd", "VeraBd.ttf")):
    pdfmetrics.registerFont(TTFont(_name, _file))


def _style(name: str, **values: Any) -> ParagraphStyle:
    base = {"fontName": "Helvetica", "fontSize": 9.5, "leading": 12, "spaceAfter": 4}
    return ParagraphStyle(name, **{**base, **values})


BODY = _style("body", alignment=4)
CELL = _style("cell", fontSize=8, leading=9.6, spaceAfter=0)
CELL_HEAD = _style("cellhead", fontSize=8, leading=9.6, fontName="Helvetica-Bold", spaceAfter=0)
STEP = _style("step", leftIndent=18, bulletIndent=0, spaceAfter=3)
SUB = _style("sub", leftIndent=34, bulletIndent=20, spaceAfter=2)
CAPTION = _style("caption", fontName="Helvetica-Oblique", fontSize=8.5, spaceAfter=8)
TABLE_CAPTION = _style(
    "tablecaption", fontName="Helvetica-Bold", fontSize=8.5, spaceBefore=6, keepWithNext=1
)
NOTE = _style("note", fontSize=7, leading=8.4)
H1 = _style("H1", fontName="VeraBd", fontSize=20, leading=26, spaceAfter=16)
H2 = _style(
    "H2", fontName="VeraBd", fontSize=13, leading=17, spaceBefore=12, spaceAfter=6, keepWithNext=1
)
H3 = _style(
    "H3", fontName="VeraBd", fontSize=10.5, leading=14, spaceBefore=9, spaceAfter=4, keepWithNext=1
)
HEADINGS = (H1, H2, H3)
SIGNALS = {
    "DANGER": colors.red,
    "WARNING": colors.orange,
    "CAUTION": colors.yellow,
    "NOTICE": colors.lightblue,
}


def at(key: str) -> str:
    """Markup that notes on which page the text around it is printed."""
    return f'<onDraw name="note_place" label="{key}"/>'


class Places:
    """Key of a thing to the pages on which it is printed, in order."""

    def __init__(self) -> None:
        self.pages: dict[str, list[int]] = {}

    def note(self, canvas: Canvas, _kind: str, label: str) -> None:
        pages = self.pages.setdefault(label, [])
        if canvas.getPageNumber() not in pages:
            pages.append(canvas.getPageNumber())


class ManualDocument(BaseDocTemplate):
    """Left and right pages alternate; a chapter may have one column or two."""

    def __init__(self, target: Any, places: Places, title: str, number: str) -> None:
        super().__init__(target, pagesize=A4, title=title, author="Tundrella", invariant=1)
        self.places, self.doc_title, self.number = places, title, number
        self.chapter = ""
        self.footnotes: list[str] = []
        width, height = A4
        left, bottom, inner, top = 22 * mm, 24 * mm, 166 * mm, height - 47 * mm
        one = [Frame(left, bottom, inner, top, 0, 0, 0, 0)]
        gap = 8 * mm
        half = (inner - gap) / 2
        two = [Frame(left + n * (half + gap), bottom, half, top, 0, 0, 0, 0) for n in (0, 1)]
        wide = [Frame(20 * mm, 22 * mm, height - 40 * mm, width - 46 * mm, 0, 0, 0, 0)]
        self.addPageTemplates(
            [
                PageTemplate("cover", one),
                PageTemplate("one", one, onPage=self._new_page, onPageEnd=self._furniture),
                PageTemplate("two", two, onPage=self._new_page, onPageEnd=self._furniture),
                PageTemplate(
                    "wide", wide, onPage=self._new_page, onPageEnd=self._furniture,
                    pagesize=(height, width),
                ),
            ]
        )  # fmt: skip

    def beforeDocument(self) -> None:
        self.places.pages.clear()
        self.chapter = ""

    def afterFlowable(self, flowable: Flowable) -> None:
        style = getattr(flowable, "style", None)
        if style in HEADINGS and isinstance(flowable, Paragraph):
            level = HEADINGS.index(style)
            text = flowable.getPlainText()
            if level == 0:
                self.chapter = text
            self.notify("TOCEntry", (level, text, self.page))

    def _new_page(self, canvas: Canvas, _: Any) -> None:
        self.footnotes = []

    def _furniture(self, canvas: Canvas, _: Any) -> None:
        """Running head with the page number outside, footer, footnotes."""
        page = canvas.getPageNumber()
        width, height = canvas._pagesize
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        top = height - 14 * mm
        if page % 2:
            canvas.drawString(22 * mm, top, self.chapter)
            canvas.drawRightString(width - 20 * mm, top, str(page))
        else:
            canvas.drawString(20 * mm, top, str(page))
            canvas.drawRightString(width - 22 * mm, top, self.doc_title)
        canvas.line(20 * mm, top - 5, width - 20 * mm, top - 5)
        canvas.setFont("Helvetica", 6.5)
        canvas.drawString(
            20 * mm, 9 * mm, f"{self.number}    (c) Tundrella Kaeltetechnik    Subject to change"
        )
        if self.footnotes:
            canvas.line(22 * mm, 21 * mm, 62 * mm, 21 * mm)
            for n, text in enumerate(self.footnotes):
                canvas.drawString(22 * mm, 18 * mm - n * 9, text)
        canvas.restoreState()


class Footnote(Flowable):
    """Takes no room; puts its text at the foot of the page it lands on."""

    def __init__(self, document: ManualDocument, text: str) -> None:
        super().__init__()
        self._document, self._text = document, text

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self._document.footnotes.append(self._text)


def cells(
    rows: Sequence[Sequence[str]], head_rows: int = 1, keys: Sequence[str] = ()
) -> list[list[Paragraph]]:
    """Texts as wrapping cells; `keys` note the place of each row below the head
    (in its second cell, because the first may be merged away)."""
    made = []
    for r, row in enumerate(rows):
        style = CELL_HEAD if r < head_rows else CELL
        mark = at(keys[r - head_rows]) if keys and r >= head_rows else ""
        made.append(
            [Paragraph((mark if c == 1 else "") + text, style) for c, text in enumerate(row)]
        )
    return made


def ruled(rows: Sequence[Sequence[str]], widths: Sequence[float], keys: Sequence[str] = (), head_rows: int = 1,
          extra: Sequence[tuple[Any, ...]] = (), repeat: bool = True) -> Table:  # fmt: skip
    """A table with all its lines."""
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
             ("BACKGROUND", (0, 0), (-1, head_rows - 1), colors.Color(0.88, 0.9, 0.93)), *extra]  # fmt: skip
    return Table(cells(rows, head_rows, keys), [w * mm for w in widths], repeatRows=head_rows if repeat else 0,
                 style=TableStyle(style), spaceAfter=8)  # fmt: skip


def unruled(rows: Sequence[Sequence[str]], widths: Sequence[float], keys: Sequence[str] = (), line: bool = True,
            extra: Sequence[tuple[Any, ...]] = ()) -> Table:  # fmt: skip
    """A table without lines but, perhaps, one below its head."""
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 2), *extra]
    if line:
        style.append(("LINEBELOW", (0, 0), (-1, 0), 0.7, colors.black))
    return Table(
        cells(rows, 1, keys),
        [w * mm for w in widths],
        repeatRows=1,
        style=TableStyle(style),
        spaceAfter=8,
    )


def hazard_box(signal: str, text: str, width: float, key: str) -> Table:
    """A warning as makers set it: signal word in a coloured bar, text below, all framed."""
    head = ParagraphStyle("signal", fontName="Helvetica-Bold", fontSize=10, leading=12)
    rows = [[Paragraph(signal, head)], [Paragraph(at(key) + text, BODY)]]
    style = TableStyle(
        [
            ("BOX", (0, 0), (-1, -1), 1, colors.black),
            ("BACKGROUND", (0, 0), (-1, 0), SIGNALS[signal]),
        ]
    )
    return Table(rows, [width * mm], style=style, spaceBefore=4, spaceAfter=6)


def hazard_bar(signal: str, text: str, width: float, key: str) -> Table:
    """The other form: a triangle at the left, signal word and text at the right."""
    sign = Paragraph(
        '<font size="16"><b>!</b></font>', ParagraphStyle("sign", alignment=1, leading=18)
    )
    words = Paragraph(f"{at(key)}<b>{signal}</b><br/>{text}", BODY)
    style = TableStyle([("LINEABOVE", (0, 0), (-1, 0), 1, colors.black), ("LINEBELOW", (0, 0), (-1, -1), 1, colors.black),
                        ("BACKGROUND", (0, 0), (0, 0), SIGNALS[signal]), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])  # fmt: skip
    return Table(
        [[sign, words]], [12 * mm, (width - 12) * mm], style=style, spaceBefore=4, spaceAfter=6
    )


def chapter_break(template: str) -> list[Flowable]:
    return [NextPageTemplate(template), PageBreak()]
