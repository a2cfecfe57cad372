# ruff: noqa: E501
"""Slides of a training: text, a table, a picture, speaker notes."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from pptx import Presentation
from pptx.util import Cm

from tests.manuals.drawings import photograph
from tests.manuals.make_manual_pdf import Made

TOOLS = [("Tool", "Number", "Use"), ("Seal puller", "W-310", "Shaft seal"), ("Blade gauge", "W-322", "Scraper blades"),
         ("Belt tester", "W-347", "V-belt"), ("Leak lamp", "W-355", "Cooling circuit")]  # fmt: skip
NOTE = "The seal puller W-310 must be cooled in ice for ten minutes before use."


def make_training() -> Made:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[0])
    slide.shapes.title.text = "Technician training, level 2"
    slide.placeholders[1].text = "Tundrella Academy"
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "What wears first"
    body = slide.placeholders[1].text_frame
    body.text = "Shaft seal: about 600 hours"
    for text in (
        "Scraper blades: when thinner than 4.2 mm",
        "Draw valve O-rings: at every second cleaning",
    ):
        body.add_paragraph().text = text
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Special tools"
    table = slide.shapes.add_table(len(TOOLS), 3, Cm(2), Cm(5), Cm(20), Cm(8)).table
    for r, row in enumerate(TOOLS):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    slide.notes_slide.notes_text_frame.text = NOTE
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Blade gauge on the scraper blade"
    slide.shapes.add_picture(io.BytesIO(photograph("gauge")), Cm(3), Cm(5), Cm(16))
    target = io.BytesIO()
    show.save(target)
    return Made("training-2.pptx", target.getvalue(), {"wear": [2], "tools": [3], "gauge": [4]}, 4)


if __name__ == "__main__":
    made = make_training()
    Path(sys.argv[1] if len(sys.argv) > 1 else made.name).write_bytes(made.content)
