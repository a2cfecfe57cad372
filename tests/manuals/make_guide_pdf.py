# ruff: noqa: E501
"""A short guide on A5: tables without vertical lines, right-aligned values, English and Chinese."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from tests.manuals import trade
from tests.manuals.make_manual_pdf import Made

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
PLAIN = ParagraphStyle("plain", fontName="Times-Roman", fontSize=9, leading=11, spaceAfter=4)
SMALL = ParagraphStyle("small", fontName="Times-Roman", fontSize=8, leading=9)
HEADING = ParagraphStyle("heading", fontName="Times-Bold", fontSize=12, leading=15, spaceAfter=4)
HAN = ParagraphStyle(
    "han", fontName="STSong-Light", fontSize=10, leading=15, wordWrap="CJK", spaceAfter=4
)
STEPS = ("Empty the hopper and press the key WASH.",
         "Fill in four litres of lukewarm water and wait until the beater has turned for two minutes without a stop.",
         "Open the draw valve.", "Wipe the nozzle.")  # fmt: skip
HAN_STEPS = ("打开电源开关，等待自检完成，显示屏显示“就绪”字样后方可进行下一步操作，否则应联系售后服务人员处理。",
             "倒入混合料至上刻度线。", "按启动键，观察搅拌电机电流是否在0.9～1.3A范围内。")  # fmt: skip
HAN_VALUES = (
    ("额定功率", "kW", "2.1", "4.7"),
    ("料缸容积", "L", "11.5", "18.0"),
    ("噪声", "dB(A)", "58", "66"),
)
CODES = 25


def make_guide() -> Made:
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A5,
        leftMargin=30,
        rightMargin=30,
        topMargin=34,
        bottomMargin=34,
        invariant=1,
    )
    title = ParagraphStyle("title", parent=HEADING, fontSize=18, leading=22)
    story: list[Flowable] = [Paragraph("Short Guide TD-22 and TD-48", title), *_tables()]
    story += [
        Paragraph("Cleaning", HEADING),
        Paragraph("<b>Caution</b> Hot water can scald. Let it cool below 50 °C.", PLAIN),
    ]
    story += [Paragraph(f"Step {n}: {text}", PLAIN) for n, text in enumerate(STEPS, 1)]
    story += [
        Paragraph("操作步骤", ParagraphStyle("h", parent=HAN, fontSize=13)),
        Paragraph("警告：高温表面，请勿触摸。", HAN),
    ]
    story += [Paragraph(f"（{n}）{text}", HAN) for n, text in enumerate(HAN_STEPS, 1)]
    values = [("参数", "单位", *trade.MODELS), *HAN_VALUES]
    story.append(
        Table(values, [100, 50, 60, 60], style=[("FONT", (0, 0), (-1, -1), "STSong-Light", 9)])
    )
    document.build(story, onFirstPage=_furniture, onLaterPages=_furniture)
    return Made("TD-short-guide.pdf", target.getvalue(), {}, document.page)


def _tables() -> list[Flowable]:
    bold = ("FONT", (0, 0), (-1, 0), "Times-Bold", 8)
    data = Table(
        [("Item", "Unit", *trade.MODELS), *trade.CYLINDER], [150, 40, 60, 60],
        style=[("FONT", (0, 0), (-1, -1), "Times-Roman", 8), ("ALIGN", (2, 0), (-1, -1), "RIGHT"), bold],
    )  # fmt: skip
    rows = [
        [Paragraph(text, SMALL) for text in (code, message, remedy)]
        for code, message, _, remedy in trade.faults()[:CODES]
    ]
    faults = Table(
        [("Code", "Message", "Remedy"), *rows], [45, 120, 180], repeatRows=1,
        style=[bold, ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEABOVE", (0, 0), (-1, 0), 1, "black"),
               ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black")],
    )  # fmt: skip
    return [Paragraph("Technical data", HEADING), Paragraph("Values at 25 °C", PLAIN), data,
            Paragraph("Faults", HEADING), faults]  # fmt: skip


def _furniture(canvas: Canvas, document: Any) -> None:
    canvas.setFont("Times-Italic", 7)
    canvas.drawCentredString(document.pagesize[0] / 2, 15, f"Page {document.page} of 3")
    canvas.drawString(30, document.pagesize[1] - 18, "Tundrella short guide")


if __name__ == "__main__":
    made = make_guide()
    Path(sys.argv[1] if len(sys.argv) > 1 else made.name).write_bytes(made.content)
