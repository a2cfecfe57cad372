"""Word files: structure as Word shows it."""

from __future__ import annotations

import io
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from made_files import (
    header_row,
    numbered,
    page_break_seen,
    part,
    plain_word,
    png,
    repacked,
    tracked,
    word,
)

from careloop.knowledge.ingest.markdown import read_markdown
from careloop.knowledge.ingest.read import read_source


def test_a_numbered_list_stays_one_procedure_across_pictures_notes_and_tables() -> None:
    def write(document: Any) -> None:
        document.add_heading("更换滤芯", 1)
        box = document.add_table(1, 1)
        box.cell(0, 0).text = "警告\n仅限合格工程师操作。"
        for text in ("关闭电源。", "打开盖子。"):
            document.add_paragraph(text, style="List Number")
        document.add_picture(io.BytesIO(png()))
        document.add_paragraph("图 1 盖子位置", style="Caption")
        document.add_paragraph("注意：表面高温。")
        document.add_paragraph("取出滤芯。", style="List Number")
        table = document.add_table(2, 2)
        for place, text in enumerate(("型号", "滤芯", "P-10", "F-3")):
            table.cell(place // 2, place % 2).text = text
        document.add_paragraph("装回盖子。", style="List Number")

    manuscript = read_source(word(write))
    assert manuscript.text == (
        "# 更换滤芯\n\n> 警告：仅限合格工程师操作。\n\n1. 关闭电源。\n2. 打开盖子。\n\n"
        "   ![图 1 盖子位置](figure:picture-1.png)\n\n> 注意：表面高温。\n\n3. 取出滤芯。\n\n"
        "   | 型号 | 滤芯 |\n   | --- | --- |\n   | P-10 | F-3 |\n\n4. 装回盖子。\n"
    )
    assert manuscript.pages == 0 and "page:" not in manuscript.text
    assert [figure.caption for figure in manuscript.figures] == ["图 1 盖子位置"]
    pieces = read_markdown(manuscript.text, "T", "procedure").pieces
    (procedure,) = [piece for piece in pieces if piece.kind == "procedure"]
    assert len(procedure.data["procedure"]["steps"]) == 4


def test_merged_cells_and_header_levels() -> None:
    def write(document: Any) -> None:
        document.add_paragraph("表 2 技术参数")
        table = document.add_table(5, 4)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "型号"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "压力"
        table.cell(0, 3).merge(table.cell(1, 3)).text = "重量 (kg)"
        table.cell(1, 1).text, table.cell(1, 2).text = "最小 (MPa)", "最大 (MPa)"
        for row, texts in enumerate((("P-10", "0.1", "0.6", "12"), ("", "0.2", "0.9", "18")), 2):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(2, 0).merge(table.cell(3, 0))
        table.cell(4, 0).merge(table.cell(4, 3)).text = "附件"
        header_row(table.rows[0])
        header_row(table.rows[1])

    text = read_source(word(write)).text
    assert "表 2 技术参数\n\n| 型号 | 压力 / 最小 (MPa) | 压力 / 最大 (MPa) | 重量 (kg) |" in text
    assert "| P-10 | 0.1 | 0.6 | 12 |\n| P-10 | 0.2 | 0.9 | 18 |" in text


def test_localised_styles_outline_levels_and_bold_numbers_are_headings() -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="标题 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="x"/><w:basedOn w:val="1"/>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="u"><w:name w:val="Überschrift 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style></w:styles>'
    ).encode()
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, extra, text in (
            ("t", "", "Contents 1"), ("1", "", "一"), ("u", "", "Zwei"), ("b", "", "Eins"),
            ("", '<w:outlineLvl w:val="2"/>', "Three"), ("", "", "Text"),
        )
    )  # fmt: skip
    document = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    ).encode()
    source = repacked(plain_word(), {"word/document.xml": document, "word/styles.xml": styles})
    assert read_source(source).text == "# 一\n\n## Zwei\n\n# Eins\n\n### Three\n\nText\n"

    def write(plain: Any) -> None:
        plain.add_paragraph().add_run("1 Safety").bold = True
        plain.add_paragraph("Read this first.")
        plain.add_paragraph().add_run("1.1 Power").bold = True
        plain.add_paragraph("230 V")

    assert "## 1 Safety\n\nRead this first.\n\n### 1.1 Power\n" in read_source(word(write)).text


def test_numbers_restart_and_nest_as_in_word() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText '
        f'w:val="{text}"/></w:lvl>'
        for n, (kind, text) in enumerate(
            (("decimal", "步骤 %1"), ("lowerLetter", "%2)"), ("bullet", "•"))
        )
    )  # fmt: skip
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    ).encode()

    def write(document: Any) -> None:
        for text, num, level in (
            ("one", 1, 0), ("red", 1, 1), ("blue", 1, 1), ("two", 1, 0), ("dot", 1, 2),
            ("new", 2, 0),
        ):  # fmt: skip
            numbered(document.add_paragraph(text), num, level)

    source = repacked(word(write), {"word/numbering.xml": numbering})
    assert read_source(source).text == (
        "1. one\n   - a) red\n   - b) blue\n2. two\n   - dot\n1) new\n"
    )


def test_typed_numbers() -> None:
    def write(document: Any) -> None:
        document.add_heading("H", 1)
        for text in ("步骤1：按下", "步骤2：等待", "（1）看灯", "（2）绿灯", "步骤3：完成",
                     "• 甲", "• 乙",
                     "2.5 MPa 以下", "1. 只有一项"):  # fmt: skip
            document.add_paragraph(text)

    text = read_source(word(write)).text
    assert "1. 按下\n2. 等待\n   1. 看灯\n   2. 绿灯\n3. 完成\n   - 甲\n   - 乙\n" in text
    assert "2.5 MPa 以下" in text and "1\\. 只有一项" in text


def test_pages_changes_footnotes_and_raised_figures() -> None:
    def write(document: Any) -> None:
        document.add_heading("H", 1)
        paragraph = document.add_paragraph("old ")
        tracked(paragraph, "del", "gone")
        tracked(paragraph, "ins", "new")
        paragraph = document.add_paragraph("10")
        paragraph.add_run("-3").font.superscript = True
        page_break_seen(document.add_paragraph("Second page."))
        hidden = document.add_paragraph("shown")
        hidden.add_run(" secret").font.hidden = True
        box = OxmlElement("w:txbxContent")
        inner = OxmlElement("w:p")
        run, words = OxmlElement("w:r"), OxmlElement("w:t")
        words.text = "WARNING"
        run.append(words)
        inner.append(run)
        box.append(inner)
        second = OxmlElement("w:p")
        run, words = OxmlElement("w:r"), OxmlElement("w:t")
        words.text = "High voltage."
        run.append(words)
        second.append(run)
        box.append(second)
        holder = document.add_paragraph("By the box.").runs[0]._r
        holder.append(box)
        words.set(qn("xml:space"), "preserve")

    manuscript = read_source(word(write))
    assert manuscript.pages == 2
    assert "old new\n\n10⁻³\n\n<!-- page: 2 -->\n\nSecond page.\n\nshown\n" in manuscript.text
    assert "> WARNING: High voltage." in manuscript.text
    assert "gone" not in manuscript.text and "secret" not in manuscript.text


def test_matter_comes_from_the_properties() -> None:
    def write(document: Any) -> None:
        document.core_properties.title = "Pump manual"
        document.core_properties.language = "de-DE"
        document.add_paragraph("x")

    assert read_source(word(write)).matter["title"] == "Pump manual"
    assert read_source(word(write)).matter["lang"] == "de"
    assert part(word(write), "docProps/core.xml")
