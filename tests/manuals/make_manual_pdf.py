# ruff: noqa: E501
"""The service manual: some two hundred pages of English, one and two columns, tables of all kinds."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, KeepTogether, PageBreak, Paragraph, Spacer
from reportlab.platypus.tableofcontents import SimpleIndex, TableOfContents

from tests.manuals import trade
from tests.manuals.drawings import line_drawing, photograph
from tests.manuals.layout import (
    BODY,
    CAPTION,
    H1,
    H2,
    H3,
    STEP,
    SUB,
    TABLE_CAPTION,
    Footnote,
    ManualDocument,
    Places,
    at,
    chapter_break,
    hazard_bar,
    hazard_box,
    ruled,
    unruled,
)
from tests.manuals.procedures import (
    BEATER,
    FIRMWARE,
    GEAR_OIL,
    LEVEL,
    REPLACEMENTS,
    SANITISE,
    UNPACK,
    Work,
)
from tests.manuals.prose import Prose

TITLE = "Service Manual TD-22 / TD-48"
NUMBER = "TD-SM-0417 EN 03"
FULL, HALF = 166, 79
LENGTH = 1.87
"""Scales the running text, so that the manual has about two hundred pages."""
RENTAL = "machines of the rental fleet leave the workshop with a seal of blue lacquer on the gearbox flange"


@dataclass(frozen=True)
class Made:
    """A file and where its things stand: key to pages, counted from 1."""

    name: str
    content: bytes
    pages: dict[str, list[int]]
    count: int


class _Manual:
    """Collects the flowables chapter by chapter; numbers headings, tables and figures."""

    def __init__(self, document: ManualDocument) -> None:
        self.document, self.prose = document, Prose(417)
        self.story: list[Flowable] = []
        self.numbers, self.width = [0, 0, 0], FULL
        self.tables = self.figures = 0
        self.captions: dict[str, str] = {}
        self.boxes = 0

    def add(self, *items: Flowable) -> None:
        self.story += items

    def heading(self, level: int, text: str, key: str = "") -> None:
        self.numbers[level] += 1
        self.numbers[level + 1 :] = [0] * (2 - level)
        number = ".".join(str(n) for n in self.numbers[: level + 1])
        mark = at(key) if key else ""
        word = re.sub(r"^(Replacing|Changing) the ", "", text)
        entry = f'<index item="{word.capitalize()}"/>' if level else ""
        self.add(Paragraph(f"{mark}{entry}{number}{'&nbsp;' * 3}{text}", (H1, H2, H3)[level]))

    def chapter(self, text: str, columns: int = 1) -> None:
        self.add(*chapter_break("one" if columns == 1 else "two"))
        self.width = FULL if columns == 1 else HALF
        self.tables = self.figures = 0
        self.heading(0, text)

    def text(self, paragraphs: int, least: int = 3, most: int = 6) -> None:
        for _ in range(round(paragraphs * LENGTH)):
            self.add(Paragraph(self.prose.paragraph(least, most), BODY))

    def table(self, caption: str, table: Flowable) -> None:
        self.tables += 1
        self.add(
            Paragraph(f"Table {self.numbers[0]}-{self.tables}&nbsp;&nbsp;{caption}", TABLE_CAPTION),
            table,
        )

    def figure(self, key: str, caption: str, photo: bool = False) -> str:
        self.figures += 1
        number = f"Figure {self.numbers[0]}-{self.figures}"
        wide = min(self.width, 120) * mm
        picture: Any = (
            Image(io.BytesIO(photograph(key)), wide * 0.9, wide * 0.56)
            if photo else line_drawing(key, wide, wide * 0.62)
        )  # fmt: skip
        self.captions[key] = f"{number} {caption}"
        self.add(
            KeepTogether(
                [picture, Paragraph(f"{at('figure:' + key)}{number}&nbsp;&nbsp;{caption}", CAPTION)]
            )
        )
        return number

    def work(self, work: Work, level: int = 1, figure: str = "") -> None:
        """A procedure with its warning, steps that count on, and a figure after the fourth."""
        self.heading(level, work.title, f"work:{work.key}")
        self.add(Paragraph(self.prose.sentence(), BODY))
        self.boxes += 1
        box = hazard_box if self.boxes % 2 else hazard_bar
        self.add(box(work.signal, work.warning, self.width, f"warning:{work.key}"))
        for n, (text, subs) in enumerate(work.steps, 1):
            self.add(Paragraph(at(f"step:{work.key}:{n}") + text, STEP, bulletText=f"{n}."))
            for s, sub in enumerate(subs):
                self.add(Paragraph(sub, SUB, bulletText=f"{'abcdef'[s]})"))
            if n == 4 and figure:
                self.figure(work.figure or work.key, figure, photo=True)


def make_manual() -> tuple[Made, dict[str, str]]:
    """The PDF and the captions of its figures by key."""
    target, places = io.BytesIO(), Places()
    document = ManualDocument(target, places, TITLE, NUMBER)
    index = SimpleIndex(dot=" . ", headers=True)
    manual = _Manual(document)
    _front(manual)
    for write in (_safety, _description, _data, _transport, _start_up, _operation, _panel, _cleaning, _maintenance,
                  _faults, _symptoms, _repair, _circuits, _parts):  # fmt: skip
        write(manual)
    manual.add(*chapter_break("two"), Paragraph("Index", H1), index)
    document.multiBuild(manual.story, canvasmaker=_canvas_maker(places, index))
    count = document.page
    return Made(
        "TD-service-manual.pdf", target.getvalue(), dict(places.pages), count
    ), manual.captions


def _canvas_maker(places: Places, index: SimpleIndex) -> Callable[..., Canvas]:
    """Makes canvases that note places and hand index entries to the index."""

    def make(*given: Any, **named: Any) -> Canvas:
        canvas = Canvas(*given, **named)
        canvas.setNamedCB(index.name, index)
        canvas.setNamedCB("note_place", places.note)
        return canvas

    return make


def _front(m: _Manual) -> None:
    m.add(Spacer(1, 60 * mm), Paragraph("TUNDRELLA", H1), Paragraph(TITLE, H1),
          Paragraph("Soft-serve ice-cream machines", H2), Spacer(1, 20 * mm),
          Paragraph(f"Document {NUMBER}<br/>Edition 03, May 2026<br/>Original instructions", BODY),
          *chapter_break("one"), Paragraph("Contents", H2))  # fmt: skip
    toc = TableOfContents(dotsMinLevel=0)
    m.add(toc)


def _safety(m: _Manual) -> None:
    m.chapter("About this manual and safety")
    m.heading(1, "Signal words")
    rows = [("Signal word", "Meaning"), ("DANGER", "Leads to death or severe injury if it is not avoided."),
            ("WARNING", "Can lead to death or severe injury."), ("CAUTION", "Can lead to slight injury."),
            ("NOTICE", "Can lead to damage of the machine.")]  # fmt: skip
    m.table("Signal words", ruled(rows, (40, 126)))
    m.add(
        hazard_box(
            "DANGER",
            "Flammable refrigerant R290. Keep flames and sparks at least 3 metres away from an open cylinder circuit.",
            FULL,
            "warning:r290",
        )
    )
    for title in (
        "Intended use",
        "Duties of the operator",
        "Training of persons",
        "Residual risks",
        "Disposal",
    ):
        m.heading(1, title)
        for sub in ("General", "Particular points"):
            m.heading(2, sub)
            m.text(7)
            m.add(hazard_bar("NOTICE", m.prose.sentence(), FULL, f"notice:{title}:{sub}"))


def _description(m: _Manual) -> None:
    m.chapter("Description of the machine", columns=2)
    for n, title in enumerate(
        ("Overview", "Food area", "Drive", "Cooling circuit", "Control", "Housing", "Accessories")
    ):
        m.heading(1, title)
        m.text(7)
        m.heading(2, "Set-up")
        m.text(4)
        if title == "Drive":
            m.add(
                Paragraph(f"{at('rental')}For identification, {RENTAL}. {m.prose.sentence()}", BODY)
            )
        m.figure(f"description-{n}", f"{title} of the TD-48", photo=n % 2 == 1)
        m.heading(2, "Function")
        m.text(8)


def _data(m: _Manual) -> None:
    m.chapter("Technical data")
    m.heading(1, "General data")
    m.text(1)
    m.table(
        "General data",
        ruled(
            [("Item", *trade.MODELS), *trade.GENERAL],
            (70, 48, 48),
            [f"general:{r[0]}" for r in trade.GENERAL],
        ),
    )
    m.add(Paragraph(f"Sound pressure was measured with the hood closed.<super>1)</super> {m.prose.sentence()}", BODY),
          Footnote(m.document, "1) With the hood open, add 4 dB(A) for the TD-22 and 7 dB(A) for the TD-48."))  # fmt: skip
    m.text(2)
    m.heading(1, "Freezing cylinder and hopper")
    m.table(
        "Freezing cylinder and hopper",
        unruled(
            [("Item", "Unit", *trade.MODELS), *trade.CYLINDER],
            (76, 20, 35, 35),
            [f"cylinder:{r[0]}" for r in trade.CYLINDER],
        ),
    )
    m.text(2)
    m.heading(1, "Output and power input")
    m.text(1)
    head = [
        ("Ambient temperature [°C]", "Output [kg/h]", "", "Power input [kW]", ""),
        ("", *trade.MODELS, *trade.MODELS),
    ]
    m.table("Output and power input at different ambient temperatures",
            ruled([*head, *trade.OUTPUT], (42, 31, 31, 31, 31), [f"output:{r[0]}" for r in trade.OUTPUT], 2,
                  [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0))]))  # fmt: skip
    m.text(3)
    m.heading(1, "Tightening torques")
    m.table(
        "Tightening torques (all values in Nm)",
        unruled(
            [("Screw joint", "Thread", *trade.MODELS), *trade.TORQUES],
            (76, 30, 30, 30),
            [f"torque:{r[0]}" for r in trade.TORQUES],
            line=False,
        ),
    )
    m.text(3)
    m.heading(1, "Lubricants")
    spans = [("SPAN", (0, 1), (0, 3)), ("SPAN", (0, 4), (0, 5)), ("SPAN", (2, 1), (2, 3))]
    rows = [("Area", "Point", "Lubricant", "Quantity"), *trade.LUBRICANTS]
    m.table(
        "Lubricants and quantities",
        ruled(rows, (30, 46, 60, 30), [f"lubricant:{r[1]}" for r in trade.LUBRICANTS], extra=spans),
    )
    m.text(6)


def _transport(m: _Manual) -> None:
    m.chapter("Transport and installation")
    m.heading(1, "Delivery")
    m.text(9)
    m.work(UNPACK, figure="Transport brackets and lifting points")
    m.text(12)
    m.heading(1, "Place of use")
    m.text(10)
    m.work(LEVEL, figure="Terminal box with cable gland")
    m.text(8)


def _start_up(m: _Manual) -> None:
    m.chapter("Commissioning")
    m.heading(1, "Before the first start")
    m.text(9)
    for n, title in enumerate(
        (
            "Checks without mix",
            "First filling",
            "Setting the viscosity",
            "Handing over to the operator",
        )
    ):
        m.heading(1, title)
        m.text(5)
        m.figure(f"start-{n}", f"{title}: position of the keys")
        for sub in ("Requirements", "Sequence", "Result"):
            m.heading(2, sub)
            m.text(6)


def _operation(m: _Manual) -> None:
    m.chapter("Operation", columns=2)
    for n, title in enumerate(
        (
            "Daily start",
            "Drawing portions",
            "Refilling",
            "Night mode",
            "Pasteurising",
            "Switching off",
            "Mixes and recipes",
        )
    ):
        m.heading(1, title)
        m.text(6)
        m.heading(2, "Requirements")
        m.text(4)
        m.heading(2, "Sequence")
        m.text(6)
        m.figure(f"operation-{n}", f"{title} on the display", photo=n % 3 == 0)
        m.heading(2, "Remarks")
        m.text(8)
    m.add(
        hazard_box(
            "CAUTION",
            "Cold surfaces. Do not touch the cylinder with wet hands.",
            HALF,
            "warning:cold",
        )
    )


def _panel(m: _Manual) -> None:
    m.chapter("Control panel and parameters")
    m.heading(1, "Keys and display")
    m.text(5)
    m.figure("panel", "Control panel with keys UP, OK, R, D and WASH")
    m.text(6)
    m.heading(1, "Menu parameters")
    m.text(2)
    rows = trade.parameters()
    head = ("No.", "Parameter", "Range", "Unit", "Default TD-22", "Default TD-48")
    m.table(
        "Menu parameters",
        ruled([head, *rows], (14, 68, 30, 14, 20, 20), [f"parameter:{r[0]}" for r in rows]),
    )
    m.work(FIRMWARE)
    m.text(14)


def _cleaning(m: _Manual) -> None:
    m.chapter("Cleaning and sanitising")
    m.heading(1, "Hygiene rules")
    m.text(16)
    m.work(SANITISE, figure="Brushing the hopper and the sensor")
    m.text(12)
    m.heading(1, "Cleaning of the condenser")
    m.text(14)


def _maintenance(m: _Manual) -> None:
    m.chapter("Maintenance")
    m.heading(1, "Schedule")
    m.text(3)
    rows = [("Interval", "Task", *trade.MODELS, "Who"), *trade.SCHEDULE]
    starts = [
        n for n, row in enumerate(trade.SCHEDULE) if n == 0 or trade.SCHEDULE[n - 1][0] != row[0]
    ]
    ends = [*(n - 1 for n in starts[1:]), len(trade.SCHEDULE) - 1]
    shown = [row if n == 0 or n - 1 in starts else ("", *row[1:]) for n, row in enumerate(rows)]
    spans = [("SPAN", (0, a + 1), (0, b + 1)) for a, b in zip(starts, ends, strict=True)]
    m.table(
        "Maintenance schedule",
        ruled(
            shown, (38, 66, 16, 16, 30), [f"schedule:{r[1]}" for r in trade.SCHEDULE], extra=spans
        ),
    )
    m.add(Paragraph("x = to be done; - = does not apply", CAPTION))
    m.text(10)
    m.work(BEATER, figure="Beater with scraper blades")
    m.text(11)
    m.work(GEAR_OIL, figure="Drain plug A and opening B of the gearbox")
    m.text(16)


def _faults(m: _Manual) -> None:
    m.chapter("Fault codes")
    m.heading(1, "Display of faults")
    m.text(4)
    m.heading(1, "List of fault codes")
    rows = trade.faults()
    m.table(
        "Fault codes",
        ruled(
            [("Code", "Message", "Cause", "Remedy"), *rows],
            (16, 44, 46, 60),
            [f"fault:{r[0]}" for r in rows],
        ),
    )
    m.text(5)


def _symptoms(m: _Manual) -> None:
    m.chapter("Troubleshooting without a fault code")
    m.heading(1, "Symptoms")
    rows = trade.SYMPTOMS
    shown = [
        (row[0] if n == 0 or rows[n - 1][0] != row[0] else "", *row[1:])
        for n, row in enumerate(rows)
    ]
    m.table(
        "Symptoms, causes and remedies",
        unruled(
            [("Symptom", "Possible cause", "Remedy"), *shown],
            (46, 58, 62),
            [f"symptom:{r[1]}" for r in rows],
        ),
    )
    m.text(12)
    for title in ("Noise", "Leaks", "Quality of the product"):
        m.heading(1, title)
        m.text(12)


def _repair(m: _Manual) -> None:
    m.chapter("Repair", columns=2)
    m.heading(1, "General rules for repair")
    m.text(8)
    m.heading(1, "Replacement of components")
    m.text(3)
    for n, work in enumerate(REPLACEMENTS):
        m.work(
            work,
            level=2,
            figure=f"Position of the {work.title.removeprefix('Replacing the ')}"
            if n % 3 == 0
            else "",
        )
        m.text(8)


def _circuits(m: _Manual) -> None:
    m.chapter("Electrical and cooling circuits")
    m.heading(1, "Terminals")
    rows = [(f"X{n // 10 + 1}.{n % 10 + 1}", f"{'supply' if n % 3 else 'signal'} of {part.name}", f"W{n + 3}", ("brown", "blue", "black", "grey", "white")[n % 5], f"{(n % 4 + 1) * 0.5:.1f} mm²")
            for n, part in enumerate([*trade.COMPONENTS, *trade.COMPONENTS])]  # fmt: skip
    m.table(
        "Terminals of the control box",
        ruled(
            [("Terminal", "Use", "Cable", "Colour", "Section"), *rows],
            (22, 70, 22, 26, 26),
            [f"terminal:{r[0]}" for r in rows],
        ),
    )
    for n, title in enumerate(
        (
            "Power circuit",
            "Control circuit",
            "Cooling circuit of the cylinder",
            "Cooling circuit of the hopper",
        )
    ):
        m.heading(1, title)
        m.text(10)
        m.figure(f"circuit-{n}", f"Diagram: {title.lower()}")
        m.text(14)


def _parts(m: _Manual) -> None:
    m.chapter("Spare parts")
    m.heading(1, "How to order")
    m.text(6)
    m.figure("exploded", "Exploded view of the dispensing door")
    m.add(*chapter_break("wide"))
    m.heading(1, "Parts list")
    rows = trade.parts()
    head = ("Pos.", "Part no.", "Description", "Qty TD-22", "Qty TD-48")
    m.table(
        "Parts list", ruled([head, *rows], (20, 40, 110, 38, 38), [f"part:{r[1]}" for r in rows])
    )
    m.add(*chapter_break("one"))
    m.heading(1, "Notes on storage")
    m.text(30)
    m.add(PageBreak())
    m.heading(1, "Declaration of conformity")
    m.text(12)


if __name__ == "__main__":
    made, _ = make_manual()
    Path(sys.argv[1] if len(sys.argv) > 1 else made.name).write_bytes(made.content)
    sys.stdout.write(f"{made.name}: {made.count} pages\n")
