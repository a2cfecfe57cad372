"""PDF with a text layer, scanned PDF, and pictures: what a reader of the page sees comes out."""

from __future__ import annotations

import io
import random
import re

import pypdfium2
import pytest
from pdf_manuals import (
    BODY,
    CHINESE,
    GRID,
    H1,
    LOREM,
    STEP,
    TITLE,
    ZH,
    bold_steps,
    book,
    boxed,
    chinese_manual,
    drawn,
    english_manual,
    hard_page,
    photo,
    plain_book,
    scanned,
    sideways,
    table_across_columns,
    three_columns,
    two_columns,
    wrapped_cells,
)
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Image as Picture
from reportlab.platypus import Paragraph, Spacer, Table, TableStyle

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.formats import image
from careloop.knowledge.ingest.formats.pdf import reader
from careloop.knowledge.ingest.formats.pdf.page_image import page_image
from careloop.knowledge.ingest.manuscript import Manuscript
from careloop.knowledge.ingest.source import SourceFile


def read(content: bytes) -> Manuscript:
    return reader.read(SourceFile("manual.pdf", content))


def unmarked(text: str) -> str:
    """The text without page marks, as the compiler reads it."""
    return re.sub(r"^[ ]*<!-- page: \d+ -->\n", "", text, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def english() -> Manuscript:
    return read(english_manual())


@pytest.fixture(scope="module")
def chinese() -> Manuscript:
    return read(chinese_manual())


def test_headings_nest_as_in_the_outline(english: Manuscript) -> None:
    heads = [line for line in english.text.splitlines() if line.startswith("#")]
    assert heads == [
        "# AirOne 37 Screw Compressor", "## 1 Safety", "### 1.1 Symbols", "## 2 Service",
        "### 2.1 Changing the oil", "### 2.2 Data",
    ]  # fmt: skip
    assert english.matter["title"] == "AirOne 37 Screw Compressor"


def test_contents_heads_and_page_numbers_are_gone(english: Manuscript) -> None:
    assert "Rev. 3.1" not in english.text
    assert "AirOne 37 - Operating manual" not in english.text
    assert "....." not in english.text and "contents" not in english.text


def test_a_procedure_over_a_page_end_is_one_list(english: Manuscript) -> None:
    text = unmarked(english.text)
    start = text.index("1. Switch the compressor off")
    steps = text[start : text.index("After the oil change")]
    assert re.findall(r"^(\d)\. ", steps, re.MULTILINE) == list("123456")
    assert "   - a) turn it counter-clockwise;" in steps
    assert "off position so that nobody can turn" in steps
    # The note stands before the step it binds, and inside the list.
    assert re.search(
        r"^   > CAUTION: Hot oil can burn\. Wear gloves\.\n\n4\. ", steps, re.MULTILINE
    )
    assert re.search(r"^   <!-- page: 5 -->\n5\. Replace", english.text, re.MULTILINE)


def test_boxed_warnings_are_quotes(english: Manuscript) -> None:
    assert (
        "\n\n> WARNING: High voltage. Only qualified electricians may open the cabinet.\n\n"
        in english.text
    )


def test_a_table_over_two_pages_is_one_with_joined_heads(english: Manuscript) -> None:
    lines = unmarked(english.text).splitlines()
    at = lines.index("| Model | Power / kW | Power / hp | Flow / m³/min |")
    assert lines[at - 2] == "Table 1 - Power and flow of all models"
    rows = [line for line in lines[at:] if line.startswith("| A")]
    assert len(rows) == 59 and lines[at + 2 + 58] == "| A59 | 295 | 413 | 59.4 |"
    assert english.text.count("Power / kW") == 1
    assert "|\n<!-- page: 6 -->\n| A" in english.text


def test_a_figure_has_its_caption_and_place(english: Manuscript) -> None:
    (figure,) = english.figures
    assert figure.caption == "Figure 1 Front view of the compressor" and figure.page == 7
    assert f"![{figure.caption}](figure:{figure.name})" in english.text
    picture = Image.open(io.BytesIO(figure.data))
    assert 400 <= picture.width <= 1600
    assert abs(picture.width / picture.height - 250 / 150) < 0.1


def test_chinese_paragraphs_have_no_breaks(chinese: Manuscript) -> None:
    assert CHINESE * 3 in chinese.text and CHINESE * 12 in chinese.text
    heads = [line for line in chinese.text.splitlines() if line.startswith("#")]
    assert heads == [
        "# 超低温冰箱使用说明书", "## 第1章 安全须知", "### 1.1 一般要求",
        "## 第2章 维护", "### 2.1 除霜", "### 2.2 故障代码",
    ]  # fmt: skip
    assert "\n> 警告：打开电气柜前必须切断电源，仅限合格工程师操作。\n" in chinese.text


def test_chinese_steps_and_continued_table(chinese: Manuscript) -> None:
    text = unmarked(chinese.text)
    assert re.search(
        r"^1\. 关闭电源.*\n2\. 打开箱门.*\n\n   > 注意：严禁使用尖锐工具铲除霜层。\n\n"
        r"3\. 用干布擦干内胆。$",
        text,
        re.MULTILINE,
    )
    table = text[text.index("表 1 故障代码一览") :]
    assert table.count("| 故障代码 | 原因 | 处理方法 |") == 1 and "续表" not in table
    assert [int(n) for n in re.findall(r"^\| E(\d\d) \|", table, re.MULTILINE)] == list(range(1, 9))


def test_columns_are_read_one_after_the_other() -> None:
    text = read(two_columns()).text
    order = [text.index(word) for word in ("Begin1", "End1", "Begin2", "End2", "Begin3", "End3")]
    assert order == sorted(order)
    assert "- check the belt tension and the alignment of both pulleys;\n- listen" in text
    text = unmarked(read(three_columns()).text).strip()
    found = re.findall(r"^Start(\d).*stop(\d)\.$", text.replace("\n\n", "\0").replace("\n", " ")
                       .replace("\0", "\n"), re.MULTILINE)  # fmt: skip
    assert found == [(str(n), str(n)) for n in range(1, 10)]


def test_tables_without_rules_notes_and_drawings() -> None:
    made = read(hard_page())
    text = made.text
    assert "The temperature of the condenser must stay below 45 °C while" in text
    assert (
        "Table 7: Supply\n\n| Parameter | GX-1 | GX-2 | Unit |\n| --- | --- | --- | --- |\n"
        "| Voltage | 230 | 400 | V |\n| Rated current at | 3.1 | 6.4 | A |\n" in text
    )
    # Names and values without a head get an empty one rather than a false one.
    assert (
        "|  |  |\n| --- | --- |\n| Housing | Steel, painted |\n| Degree of protection | IP 54 |"
        in text
    )
    assert "> NOTE: Values hold at 25 °C." in text
    assert (
        "2. Open the cover and take the sieve out.\n\n   > ATTENTION: Do not use solvents.\n\n3. "
        in text
    )
    assert [figure.caption for figure in made.figures] == ["Fig. 12 - Sieve with cover"]
    assert "Figure 12 shows how the parts fit together." in text
    assert "CONFIDENTIAL" not in text and "\nA\n" not in text


def test_a_page_on_its_side_is_read_upright() -> None:
    text = read(sideways()).text
    assert "Table 2 Faults of the drive\n\n| Code | Cause | Remedy |" in text
    assert "| F8 | cause 8 | do 8 |" in text
    document = pypdfium2.PdfDocument(sideways())
    document[0].set_rotation(90)
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue()).text == text


def test_merged_cells_are_repeated_and_titles_kept() -> None:
    rows = [
        ["Group", "Code", "Remedy"], ["Pump", "P1", "Bleed"], ["", "P2", "Replace"],
        ["Fan", "F1", "Clean the blades and check the free run of the wheel"],
    ]  # fmt: skip
    table = Table(rows, colWidths=[80, 60, 150])
    table.setStyle(TableStyle([*GRID.getCommands(), ("SPAN", (0, 1), (0, 2))]))
    text = read(book([Paragraph("Faults", H1), table, Paragraph("End.", BODY)])).text
    assert "| Pump | P1 | Bleed |\n| Pump | P2 | Replace |\n| Fan | F1 | Clean" in text


@pytest.mark.parametrize(
    ("box", "quote"),
    [
        (boxed("<b>DANGER!</b>", "Live parts.", "Isolate first."), "> DANGER: Live parts."),
        (boxed("<b>Warnung:</b> Heiße Teile.", ground=colors.yellow), "> Warnung: Heiße Teile."),
        (boxed("危险", "内部有高压电。", style=ZH), "> 危险：内部有高压电。"),
        (Paragraph("<b>Advertencia</b> Desconecte la máquina.", BODY),
         "> Advertencia: Desconecte la máquina."),
        (Table([["WARNING", Paragraph("Crushing hazard at the press. Keep your hands away from "
                                      "the moving plate at all times.", BODY)]],
               colWidths=[80, 200], style=GRID), "> WARNING: Crushing hazard at the press. Keep"),
    ],
)  # fmt: skip
def test_signal_words_make_quotes(box: object, quote: str) -> None:
    text = read(book([Paragraph("Before you start.", BODY), Spacer(1, 8), box, Spacer(1, 8),
                      Paragraph("1 Start", H1),
                      Paragraph("Words that follow.", BODY)])).text  # fmt: skip
    assert quote in text
    assert not re.search(r"^> .*Words that follow", text, re.MULTILINE)


def test_a_table_across_columns_stays_whole() -> None:
    made = read(table_across_columns())
    text = made.text
    assert (
        "Table 1: Dimensions in mm\n\n| Size | A | B | C |\n| --- | --- | --- | --- |\n"
        "| DN25 | 100 | 120 | 88 |\n| DN40 | 140 | 160 | 110 |\n" in text
    )
    words = ("# Valve", "AAA", "(figure:", "BBB", "Table 1", "## Service", "CCC", "DDD")
    order = [text.index(word) for word in words]
    assert order == sorted(order)


def test_wrapped_cells_and_contents_without_leaders() -> None:
    text = read(wrapped_cells()).text
    assert (
        "| Fault | Cause | Remedy |\n| --- | --- | --- |\n"
        "| Pump does not start | No power | Check the supply and the fuse |\n"
        "| Pump is loud | Air in the pipe | Bleed the pipe |\n"
        "| Low pressure | Filter is clogged | Clean or replace the filter insert |\n" in text
    )
    assert "Contents" not in text and "Chapter 7" not in text


def test_steps_with_titles_keep_their_texts() -> None:
    made = read(bold_steps())
    assert [figure.caption for figure in made.figures] == ["Figure 5-1. Guard"]
    assert re.search(
        r"^1\. Remove the guard\n\n   Loosen .*\n\n   !\[Figure 5-1\. Guard\]\(.*\)\n\n"
        r"2\. Take off the belt\n\n   The .*\n\n   > Note: mark the running direction\.\n\n"
        r"   <!-- page: 2 -->\n3\. Mount the guard\n\n   Tighten to 12 Nm\.\n\n##",
        made.text, re.MULTILINE,
    )  # fmt: skip
    assert "- tension too low: go to step 3\n- noise gone: solved" in made.text


def test_numbering_styles_of_steps() -> None:
    styles = {"({})": 3, "{})": 3, "Step {}:": 3, "{}.": 3}
    for style, count in styles.items():
        story = [Paragraph("Task", H1)]
        story += [
            Paragraph(f"{style.format(n)} Do thing number {n} with care.", BODY)
            for n in range(1, count + 1)
        ]
        text = read(book(story)).text
        assert "1. Do thing number 1 with care.\n2. Do thing number 2 with care.\n3. Do" in text, (
            style
        )
    story = [Paragraph(f"{mark}{words}", ZH) for mark, words in
             (("第1步：", "关机。"), ("第2步：", "断电。"))]  # fmt: skip
    assert "1. 关机。\n2. 断电。" in read(book(story)).text


def test_scanned_pages_read_like_text() -> None:
    table = Table([["Model", "Power", ""], ["", "kW", "hp"], ["A1", "15", "20"],
                   ["A2", "22", "30"], ["A3", "37", "50"]],
                  colWidths=100, rowHeights=20)  # fmt: skip
    table.setStyle(
        TableStyle([*GRID.getCommands(), ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1))])
    )
    story = [
        Paragraph("2 Maintenance", TITLE),
        Paragraph(LOREM * 2, BODY),
        Paragraph("Switch off the main switch.", STEP, bulletText="1."),
        Paragraph("Open the housing.", STEP, bulletText="2."),
        boxed("<b>WARNING</b>", "Risk of burns from hot surfaces."),
        Spacer(1, 8),
        Paragraph("Replace the filter.", STEP, bulletText="3."),
        Paragraph("Table 4 - Power of the models", BODY),
        table,
        Spacer(1, 12),
        Picture(photo(), 250, 150),
        Paragraph("Figure 3 The filter housing", BODY),
    ]
    made = read(scanned(book(story), angle=0.8, turn=1))
    text = unmarked(made.text)
    assert made.warnings == ["page 1 was read by OCR"]
    assert "The compressor draws ambient air through the intake filter" in text
    assert (
        "1. Switch off the main switch.\n2. Open the housing.\n\n"
        "   > WARNING: Risk of burns from hot surfaces.\n\n3. Replace the filter." in text
    )
    assert "Table 4" in text and "| Model | Power / kW | Power / hp |" in text
    assert "| A3 | 37 | 50 |" in text
    assert [figure.caption for figure in made.figures] == ["Figure 3 The filter housing"]


def test_a_picture_becomes_a_figure_with_its_text() -> None:
    out = io.BytesIO()
    pypdfium2.PdfDocument(
        drawn(
            lambda c: (c.setFont("Helvetica", 14), c.drawString(60, 700, "Error E-42: sensor open"))
        )
    )[0].render(scale=1.5).to_pil().save(out, "WEBP")
    made = image.read(SourceFile("photos/label.webp", out.getvalue()))
    assert "![label](figure:picture.png)" in made.text and "E-42" in made.text
    assert made.figures[0].media_type == "image/png" and made.pages == 1


def test_without_the_extra_the_reason_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise reader.OcrMissing("install careloop[ocr]")

    monkeypatch.setattr(reader, "default_ocr", missing)
    with pytest.raises(UnreadableSource, match=r"install careloop\[ocr\]"):
        read(scanned(hard_page(), noise=0))


def test_rubbish_text_is_not_taken_for_text() -> None:
    class Silent:
        def turn(self, image: Image.Image) -> int:
            return 0

        def lines(self, image: Image.Image) -> list[object]:
            return []

    def paint(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 700, "\x03\x04\x05\x06\x07" * 12)

    made = reader.read(SourceFile("x.pdf", drawn(paint)), Silent())  # type: ignore[arg-type]
    assert "\x04" not in made.text


def test_pages_as_pictures() -> None:
    pdf = hard_page()
    picture = Image.open(io.BytesIO(page_image(pdf, "application/pdf", 1, 600)))
    assert picture.format == "PNG" and 590 <= picture.width <= 602
    wide = Image.open(io.BytesIO(page_image(photo().read(), "image/png", 1, 200)))
    assert wide.size == (200, 120)
    with pytest.raises(UnreadableSource, match="no page 2"):
        page_image(pdf, "application/pdf", 2)

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200_000, 3))
    canvas.drawString(0, 0, "x")
    canvas.save()
    assert page_image(out.getvalue(), "application/pdf", 1)


def test_protected_and_broken_files_say_why() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", "owner"))
    canvas.drawString(60, 700, "hidden")
    canvas.save()
    with pytest.raises(UnreadableSource, match="password"):
        read(out.getvalue())
    for content in (b"", b"%PDF-1.7", b"no pdf at all", photo().read()):
        with pytest.raises(UnreadableSource):
            read(content)
    for content in (b"", b"\x89PNG\r\n\x1a\n", photo().read()[:200], hard_page()):
        with pytest.raises(UnreadableSource):
            image.read(SourceFile("x.png", content))


def test_damaged_files_raise_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise reader.OcrMissing("install careloop[ocr]")

    monkeypatch.setattr(reader, "default_ocr", missing)
    monkeypatch.setattr(image, "default_ocr", missing)
    rng = random.Random(11)
    for good, reads, name in (
        (hard_page(), reader.read, "x.pdf"), (chinese_manual(), reader.read, "x.pdf"),
        (photo().read(), image.read, "x.png"),
    ):  # fmt: skip
        for _ in range(60):
            bad = bytearray(good)
            if rng.random() < 0.4:
                del bad[rng.randrange(len(bad)) :]
            for _ in range(rng.randrange(1, 60)):
                if bad:
                    bad[rng.randrange(len(bad))] = rng.randrange(256)
            try:
                reads(SourceFile(name, bytes(bad)))
            except UnreadableSource as error:
                assert name in str(error)


def test_too_many_pages_are_refused() -> None:
    blank = pypdfium2.PdfDocument.new()
    for _ in range(reader.MAX_PAGES + 1):
        blank.new_page(100, 100).close()
    out = io.BytesIO()
    blank.save(out)
    with pytest.raises(UnreadableSource, match="2,000 pages"):
        read(out.getvalue())


def test_long_manuals_keep_their_order() -> None:
    text = unmarked(read(plain_book(12)).text)
    assert re.findall(r"^## (\d+) Section$", text, re.MULTILINE) == [str(n) for n in range(1, 13)]
    assert text.count("| Item | Value | Unit |") == 12 and "Long manual" not in text
