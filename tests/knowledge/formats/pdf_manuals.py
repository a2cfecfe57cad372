"""Manuals set with reportlab, of the kinds that makers print."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus import (
    Image as Picture,
)

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
W, H = A4
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=6)
BOLD = ParagraphStyle("bold", BODY, fontName="Helvetica-Bold")
TITLE = ParagraphStyle("title", BODY, fontName="Helvetica-Bold", fontSize=22, leading=28)
H1 = ParagraphStyle("h1", BODY, fontName="Helvetica-Bold", fontSize=15, leading=19, spaceBefore=10)
H2 = ParagraphStyle("h2", BODY, fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=8)
STEP = ParagraphStyle("step", BODY, leftIndent=18, bulletIndent=0)
SUB = ParagraphStyle("sub", BODY, leftIndent=34, bulletIndent=18)
ZH = ParagraphStyle(
    "zh", fontName="STSong-Light", fontSize=10.5, leading=16, wordWrap="CJK", spaceAfter=6
)
ZH_IN = ParagraphStyle("zh-in", ZH, firstLineIndent=21)
ZH1 = ParagraphStyle("zh1", ZH, fontSize=16, leading=22)
ZH2 = ParagraphStyle("zh2", ZH, fontSize=13, leading=18)
ZHSTEP = ParagraphStyle("zhstep", ZH, leftIndent=18, bulletIndent=0, bulletFontName="STSong-Light")
GRID = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])


def heading(text: str, style: ParagraphStyle, level: int) -> Paragraph:
    """A paragraph that also enters the outline."""
    made = Paragraph(text, style)
    made.outline = (level, text)
    return made


class Book(BaseDocTemplate):
    """A document with running head and page number."""

    def __init__(
        self, out: io.BytesIO, columns: int = 1, head: str = "", outline: bool = False, **more: Any
    ) -> None:
        super().__init__(out, pagesize=A4, **more)
        self.head, self.with_outline = head, outline
        gap, left, wide = 18, 20 * mm, W - 40 * mm
        each = (wide - gap * (columns - 1)) / columns
        frames = [
            Frame(left + n * (each + gap), 22 * mm, each, H - 50 * mm, 0, 0, 0, 0)
            for n in range(columns)
        ]
        self.addPageTemplates(PageTemplate("all", frames, onPage=self._furniture))

    def _furniture(self, canvas: Canvas, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        even = document.page % 2 == 0
        if self.head:
            if even:
                canvas.drawString(20 * mm, H - 14 * mm, self.head)
            else:
                canvas.drawRightString(W - 20 * mm, H - 14 * mm, self.head)
            text = f"Rev. 3.1   {document.page}"
            (canvas.drawString if even else canvas.drawRightString)(
                20 * mm if even else W - 20 * mm, 12 * mm, text
            )

    def afterFlowable(self, flowable: Flowable) -> None:
        entry = getattr(flowable, "outline", None)
        if entry and self.with_outline:
            key = f"{entry[1]}-{self.page}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(entry[1], key, entry[0], False)


def book(story: list[Any], **more: Any) -> bytes:
    """The story as a PDF."""
    out = io.BytesIO()
    Book(out, **more).build(story)
    return out.getvalue()


def drawn(paint: Callable[[Canvas], None], pages: int = 1) -> bytes:
    """Pages painted by hand."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(pages):
        paint(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def boxed(*texts: str, style: ParagraphStyle = BODY, ground: Any = None) -> Table:
    """Paragraphs in a box."""
    table = Table([[[Paragraph(text, style) for text in texts]]], colWidths=[150 * mm])
    looks: list[Any] = [("BOX", (0, 0), (-1, -1), 1, colors.black)]
    if ground:
        looks.append(("BACKGROUND", (0, 0), (-1, -1), ground))
    table.setStyle(TableStyle(looks))
    return table


def photo(size: tuple[int, int] = (500, 300)) -> io.BytesIO:
    """A coloured picture."""
    picture = Image.new("RGB", size, (90, 120, 160))
    pen = ImageDraw.Draw(picture)
    for n in range(0, size[0], 25):
        pen.ellipse((n, n // 2, n + 90, n // 2 + 90), fill=(n % 255, 80, 200 - n % 200))
    out = io.BytesIO()
    picture.save(out, "PNG")
    out.seek(0)
    return out


LOREM = (
    "The compressor draws ambient air through the intake filter and compresses it in one stage. "
    "Oil is injected for cooling and sealing, and is separated from the air before the minimum "
    "pressure valve. The controller watches temperatures and pressures and stops the motor when "
    "a limit is passed. "
)
CHINESE = (
    "本设备用于实验室样品的低温保存，控制器会持续监测箱内温度与压缩机运行状态。"
    "当温度超出设定范围时，系统将发出声光报警，并把事件写入日志，操作人员应及时处理。"
)


def scanned(pdf: bytes, angle: float = 0.6, turn: int = 0, noise: int = 4000) -> bytes:
    """The pages as slightly skewed, noisy pictures in a new PDF, turned clockwise by quarters."""
    import pypdfium2

    pages = []
    rng = random.Random(5)
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        picture = page.render(scale=2.4).to_pil().convert("L")
        picture = picture.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)
        for _ in range(noise):
            picture.putpixel(
                (rng.randrange(picture.width), rng.randrange(picture.height)), rng.randrange(256)
            )
        picture = picture.filter(ImageFilter.GaussianBlur(0.6)).rotate(-90 * turn, expand=True)
        pages.append(picture)
    document.close()
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=72 * 2.4)
    return out.getvalue()


def english_manual() -> bytes:
    """Contents, nested sections, warnings in boxes, a procedure and a table over page ends."""
    contents = "<br/>".join(
        f"{name} {'.' * 90} {page}"
        for name, page in (("1 Safety", 2), ("1.1 Symbols", 2), ("2 Service", 3), ("2.1 Oil", 3))
    )
    steps = [
        "Switch the compressor off and wait until the pressure gauge shows 0 bar.",
        "Open the front door with the key supplied and lock the main switch in its off position so "
        "that nobody can turn it on by mistake.",
        "Unscrew the drain plug:",
        "Collect the oil in a pan of at least 12 l and dispose of it as local rules demand.",
        "Replace the filter cartridge.",
        "Fill in fresh oil up to the middle of the sight glass.",
    ]
    story: list[Any] = [
        Paragraph("AirOne 37 Screw Compressor", TITLE),
        Paragraph("Operating and service manual", BODY),
        PageBreak(),
        Paragraph("Table of contents", H1),
        Paragraph(contents, BODY),
        PageBreak(),
        heading("1 Safety", H1, 0),
        Paragraph(LOREM * 2, BODY),
        heading("1.1 Symbols", H2, 1),
        Paragraph("The manual uses these symbols:", BODY),
        Paragraph("Danger to life", STEP, bulletText="•"),
        Paragraph("Damage to the machine", STEP, bulletText="•"),
        boxed("<b>WARNING</b>", "High voltage. Only qualified electricians may open the cabinet."),
        Paragraph(LOREM * 9, BODY),
        heading("2 Service", H1, 0),
        heading("2.1 Changing the oil", H2, 1),
        Paragraph("Do the following every 4000 h:", BODY),
    ]
    for number, text in enumerate(steps, 1):
        if number == 4:
            story += [
                Paragraph("turn it counter-clockwise;", SUB, bulletText="a)"),
                Paragraph("keep the copper ring.", SUB, bulletText="b)"),
                Spacer(1, 4),
                boxed("<b>CAUTION</b>", "Hot oil can burn. Wear gloves.", ground=colors.lightgrey),
                Spacer(1, 4),
            ]
        story.append(Paragraph(text, STEP, bulletText=f"{number}."))
        if number == 4:
            story.append(PageBreak())
    rows = [["Model", "Power", "", "Flow"], ["", "kW", "hp", "m³/min"]]
    rows += [[f"A{n}", str(n * 5), str(n * 7), f"{n}.4"] for n in range(1, 60)]
    table = Table(rows, repeatRows=2, colWidths=[90, 90, 90, 90])
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("SPAN", (1, 0), (2, 0)),
                ("SPAN", (0, 0), (0, 1)),
                ("FONTNAME", (0, 0), (-1, 1), "Helvetica-Bold"),
            ]
        )
    )
    story += [
        Paragraph("After the oil change let the machine run for ten minutes.", BODY),
        heading("2.2 Data", H2, 1),
        Paragraph("Table 1 - Power and flow of all models", BODY),
        table,
        Paragraph("Values at 7 bar.", BODY),
        Picture(photo(), 250, 150),
        Paragraph("Figure 1 Front view of the compressor", BODY),
        Paragraph(LOREM, BODY),
    ]
    return book(story, head="AirOne 37 - Operating manual", outline=True)


def chinese_manual() -> bytes:
    """The same in Chinese, with a table in two parts announced by 续表."""
    head = ["故障代码", "原因", "处理方法"]
    first = Table([head, *[[f"E{n:02d}", "传感器断线", "更换传感器"] for n in range(1, 6)]])
    second = Table([head, *[[f"E{n:02d}", "压缩机过热", "清洁冷凝器"] for n in range(6, 9)]])
    for table in (first, second):
        table.setStyle(
            TableStyle([*GRID.getCommands(), ("FONTNAME", (0, 0), (-1, -1), "STSong-Light")])
        )
    story: list[Any] = [
        Paragraph("超低温冰箱使用说明书", ParagraphStyle("t", ZH, fontSize=24, leading=30)),
        PageBreak(),
        Paragraph("第1章 安全须知", ZH1),
        Paragraph(CHINESE * 3, ZH_IN),
        Paragraph("1.1 一般要求", ZH2),
        Paragraph(CHINESE * 12, ZH_IN),
        Paragraph("警告：打开电气柜前必须切断电源，仅限合格工程师操作。", ZH),
        Paragraph("第2章 维护", ZH1),
        Paragraph("2.1 除霜", ZH2),
        Paragraph(
            "关闭电源并取出样品，放入备用冰箱中保存，以免样品解冻造成损失，并记录取出的时间。",
            ZHSTEP,
            bulletText="1、",
        ),
        Paragraph("打开箱门，等待霜层融化。", ZHSTEP, bulletText="2、"),
        boxed("注意", "严禁使用尖锐工具铲除霜层。", style=ZH),
        PageBreak(),
        Paragraph("用干布擦干内胆。", ZHSTEP, bulletText="3、"),
        Paragraph("2.2 故障代码", ZH2),
        Paragraph("表 1 故障代码一览", ZH),
        first,
        PageBreak(),
        Paragraph("续表 1", ZH),
        second,
        Paragraph(CHINESE, ZH_IN),
    ]
    return book(story)


def two_columns() -> bytes:
    """A title over two columns of running text with a list."""
    story: list[Any] = []
    for part in range(1, 4):
        story += [
            Paragraph(f"{part} Part number {part}", H1),
            Paragraph(f"Begin{part}. " + LOREM * 3 + f"End{part}.", BODY),
            Paragraph(
                "check the belt tension and the alignment of both pulleys;", STEP, bulletText="•"
            ),
            Paragraph("listen for noise.", STEP, bulletText="•"),
        ]
    return book(story, columns=2, head="Two columns")


def hard_page() -> bytes:
    """Painted by hand: unruled tables, key and value, hyphens, notes, a drawing, numbers apart."""

    def paint(canvas: Canvas) -> None:
        def text(x: float, y: float, words: str, size: float = 10, bold: bool = False) -> None:
            canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
            canvas.drawString(x, H - y, words)

        text(60, 60, "3.2 Technical data", 13, True)
        text(60, 84, "The temperature of the con-")
        text(60, 97, "denser must stay below 45 °C while the fan is running.")
        text(60, 125, "Table 7: Supply", 9)
        for row, cells in enumerate(
            (
                ("Parameter", "GX-1", "GX-2", "Unit"),
                ("Voltage", "230", "400", "V"),
                ("Rated current at", "3.1", "6.4", "A"),
                ("Weight", "40", "55", "kg"),
            )
        ):
            y = 145 + row * 18
            for x, words in zip((60, 220, 300, 400), cells, strict=True):
                text(x, y, words, 10, row == 0)
        text(60, 235, "Housing")
        text(200, 235, "Steel, painted")
        text(60, 250, "Degree of protection")
        text(200, 250, "IP 54")
        text(60, 265, "Noise")
        text(200, 265, "68 dB(A)")
        text(60, 280, "Refrigerant")
        text(200, 280, "R290, 0.12 kg")
        text(60, 310, "NOTE: Values hold at 25 °C.")
        text(60, 335, "1")
        text(85, 335, "Close the valve.")
        text(60, 350, "2")
        text(85, 350, "Open the cover and take the sieve")
        text(85, 363, "out.")
        text(60, 380, "ATTENTION! Do not use solvents.", 10, True)
        text(60, 397, "3")
        text(85, 397, "Rinse the sieve.")
        for n in range(12):
            canvas.circle(120 + n * 12, H - 480, 25 + n)
            canvas.line(100 + n * 10, H - 440, 200 + n * 8, H - 520)
        text(150, 470, "A", 8)
        text(60, 540, "Fig. 12 - Sieve with cover", 9)
        text(60, 570, "Figure 12 shows how the parts fit together.")
        canvas.saveState()
        canvas.translate(300, 400)
        canvas.rotate(45)
        canvas.setFont("Helvetica", 60)
        canvas.setFillGray(0.9)
        canvas.drawString(-150, 0, "CONFIDENTIAL")
        canvas.restoreState()

    return drawn(paint)


def sideways() -> bytes:
    """A table set along the long side of an upright page."""

    def paint(canvas: Canvas) -> None:
        canvas.translate(W, 0)
        canvas.rotate(90)
        table = Table(
            [["Code", "Cause", "Remedy"]] + [[f"F{n}", f"cause {n}", f"do {n}"] for n in range(9)]
        )
        table.setStyle(GRID)
        table.wrapOn(canvas, 500, 400)
        table.drawOn(canvas, 60, 200)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 500, "Table 2 Faults of the drive")

    return drawn(paint)


def three_columns() -> bytes:
    """Three narrow columns."""
    story = [Paragraph(f"Start{n} " + LOREM * 2 + f"stop{n}.", BODY) for n in range(1, 10)]
    return book(story, columns=3)


def plain_book(pages: int) -> bytes:
    """Many pages of running text, lists and tables for measuring."""
    story: list[Any] = []
    for number in range(pages):
        story += [Paragraph(f"{number + 1} Section", H1), Paragraph(LOREM * 6, BODY)]
        story += [Paragraph(LOREM, STEP, bulletText=f"{n}.") for n in range(1, 6)]
        table = Table([["Item", "Value", "Unit"], *[[f"i{n}", f"{n}", "mm"] for n in range(8)]])
        table.setStyle(GRID)
        story += [table, PageBreak()]
    return book(story, head="Long manual")


def table_across_columns() -> bytes:
    """Two columns, a table over both, two columns again; cells wrapped without rules."""
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4)
    each, left, middle = (W - 40 * mm - 18) / 2, 20 * mm, 20 * mm + (W - 40 * mm - 18) / 2 + 18
    places = [
        (left, H - 120, W - 40 * mm, 60), (left, 360, each, 350), (middle, 360, each, 350),
        (left, 250, W - 40 * mm, 105), (left, 60, each, 180), (middle, 60, each, 180),
    ]  # fmt: skip
    document.addPageTemplates(PageTemplate("page", [Frame(*p, 0, 0, 0, 0) for p in places]))
    sizes = Table(
        [["Size", "A", "B", "C"], ["DN25", "100", "120", "88"], ["DN40", "140", "160", "110"]],
        colWidths=100,
    )
    black = colors.black
    sizes.setStyle(
        TableStyle([("LINEABOVE", (0, 0), (-1, 0), 1, black),
                    ("LINEBELOW", (0, 0), (-1, 0), 1, black),
                    ("LINEBELOW", (0, -1), (-1, -1), 1, black)])
    )  # fmt: skip
    document.build([
        Paragraph("Valve series V7", TITLE), FrameBreak(),
        Paragraph("Mounting", H2), Paragraph("AAA " + LOREM, BODY), Picture(photo(), 200, 100),
        Paragraph("Figure 1: Valve body", BODY), FrameBreak(),
        Paragraph("BBB " + LOREM * 2, BODY), FrameBreak(),
        Paragraph("Table 1: Dimensions in mm", BODY), sizes, FrameBreak(),
        Paragraph("Service", H2), Paragraph("CCC " + LOREM, BODY), FrameBreak(),
        Paragraph("DDD " + LOREM, BODY),
    ])  # fmt: skip
    return out.getvalue()


def wrapped_cells() -> bytes:
    """Contents without leaders; a table without rules whose cells run over two lines."""
    contents = Table([[f"{n} Chapter {n}", str(n * 3)] for n in range(1, 9)], colWidths=[400, 40])
    faults = Table(
        [["Fault", "Cause", "Remedy"], ["Pump does not", "No power", "Check the supply and"],
         ["start", "", "the fuse"], ["Pump is loud", "Air in the pipe", "Bleed the pipe"],
         ["Low pressure", "Filter is clogged", "Clean or replace the"],
         ["", "", "filter insert"]],
        colWidths=[130, 130, 160],
    )  # fmt: skip
    faults.setStyle(
        TableStyle([("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"),
                    ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)])
    )  # fmt: skip
    return book([
        Paragraph("Contents", H1), contents, PageBreak(), Paragraph("1 Chapter 1", H1),
        Paragraph(LOREM, BODY), Paragraph("Table 2 Faults", BODY), faults,
        Paragraph("2 Chapter 2", H1), Paragraph(LOREM, BODY),
    ])  # fmt: skip


def bold_steps() -> bytes:
    """Steps with bold titles and a text each, a figure and a remark between, over two pages."""
    caption = ParagraphStyle("caption", BODY, fontSize=8, leading=10)
    return book([
        Paragraph("5.3 Replacing the belt", H2),
        Paragraph("<b>Step 1 Remove the guard</b>", BODY),
        Paragraph("Loosen the four screws and lift the guard off.", BODY),
        Picture(photo(), 180, 90), Paragraph("Figure 5-1. Guard", caption),
        Paragraph("<b>Step 2 Take off the belt</b>", BODY), Paragraph(LOREM, BODY),
        Paragraph("Note: mark the running direction.", BODY), PageBreak(),
        Paragraph("<b>Step 3 Mount the guard</b>", BODY), Paragraph("Tighten to 12 Nm.", BODY),
        Paragraph("5.4 Final checks", H2), Paragraph("If the belt squeaks:", BODY),
        Paragraph("- tension too low: go to step 3", STEP), Paragraph("- noise gone: solved", STEP),
    ])  # fmt: skip
