"""Slides: pages, order, notes, tables, hidden slides."""

from __future__ import annotations

import io
from typing import Any

from made_files import png, slides
from pptx.util import Inches

from careloop.knowledge.ingest.read import read_source


def test_slides_as_pages() -> None:
    def write(deck: Any) -> None:
        for number in range(2):
            slide = deck.slides.add_slide(deck.slide_layouts[1])
            slide.shapes.title.text = "清洗步骤"
            frame = slide.placeholders[1].text_frame
            frame.text = f"第一点{number}"
            below = frame.add_paragraph()
            below.text, below.level = "子点", 1
        slide.notes_slide.notes_text_frame.text = "记得断电"
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        for text, left, top in (
            ("右边", 5, 2), ("左边的一句话。", 1, 2), ("警告\n高压", 1, 3), ("标题框", 1, 0.2),
        ):  # fmt: skip
            box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(0.5))
            box.text_frame.text = text
        slide.shapes.add_picture(io.BytesIO(png()), Inches(1), Inches(4))
        table = slide.shapes.add_table(3, 3, Inches(1), Inches(5), Inches(5), Inches(1)).table
        for place, text in enumerate(("型号", "压力", "", "P-10", "1", "2", "P-20", "3", "4")):
            table.cell(place // 3, place % 3).text = text
        table.cell(0, 1).merge(table.cell(0, 2))
        hidden = deck.slides.add_slide(deck.slide_layouts[5])
        hidden.shapes.title.text = "内部"
        hidden._element.set("show", "0")

    manuscript = read_source(slides(write))
    text = manuscript.text
    assert text.startswith(
        "<!-- page: 1 -->\n\n# 清洗步骤\n\n- 第一点0\n  - 子点\n\n<!-- page: 2 -->\n\n- 第"
    )
    assert text.count("清洗步骤") == 1 and "讲者备注：记得断电" in text
    assert "<!-- page: 3 -->\n\n## 标题框\n\n左边的一句话。\n\n右边\n\n> 警告：高压\n" in text
    assert "| 型号 | 压力 | 压力 |\n| --- | --- | --- |\n| P-10 | 1 | 2 |" in text
    assert [figure.page for figure in manuscript.figures] == [3]
    assert "内部" not in text and manuscript.warnings == ["hidden slides left out: 4"]
    assert manuscript.pages == 4
