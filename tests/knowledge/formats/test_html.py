"""Web pages: content found, structure kept, nothing fetched."""

from __future__ import annotations

import base64

from made_files import png

from careloop.knowledge.ingest.manuscript import Manuscript
from careloop.knowledge.ingest.read import read_source
from careloop.knowledge.ingest.source import SourceFile


def _read(body: str, head: str = "", lang: str = "en", encoding: str = "utf-8") -> Manuscript:
    page = f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    return read_source(SourceFile("a.html", page.encode(encoding)))


def test_furniture_goes_and_content_stays_without_main() -> None:
    manuscript = _read(
        '<header class="site-header"><nav><a href="/">Home</a></nav><h1>P-10 FAQ</h1></header>'
        '<div class="cookie-banner">We use cookies</div><div class="wrap"><p>Use a '
        '<a href="x">soft cloth</a>.</p><p style="display:none">hidden order</p></div>'
        "<script>x()</script><aside>More</aside><footer>Imprint</footer>",
        '<title>P-10 FAQ | Maker</title><meta name="last-modified" content="2026-03-04T01:00">',
    )
    assert manuscript.text == "# P-10 FAQ\n\nUse a soft cloth.\n"
    assert manuscript.matter == {"title": "P-10 FAQ", "lang": "en", "updated": "2026-03-04"}


def test_lists_notes_and_branches() -> None:
    text = _read(
        '<div class="alert alert-warning">断电后操作。</div><div class="admonition danger">'
        '<p class="title">危险</p><p>高压</p></div><ol><li>关机<ul><li>是：转到第 2 步</li>'
        "</ul></li>"
        '<li><p>开盖</p><p>看灯</p></li></ol><p>注意：热</p><ol start="3"><li>完成</li></ol>',
        lang="zh-CN",
    ).text
    assert text == (
        "> 警告：断电后操作。\n\n> 危险：高压\n\n1. 关机\n   - 是：转到第 2 步\n2. 开盖\n\n  "
        " 看灯\n\n"
        "> 注意：热\n\n3. 完成\n"
    )


def test_tables_with_spans_captions_and_keys() -> None:
    text = _read(
        "<table><caption>Table 1 Ratings</caption><thead><tr><th rowspan=2>Model<th "
        "colspan=2>Pressure"
        "</tr><tr><th>min<th>max</tr></thead><tr><td rowspan=2>P-10<td>0.1 <b>MPa</b><td>0.6"
        "</tr><tr>"
        "<td>1<td>2</tr><tr><td colspan=3>Options</td></tr><tr><td>P-20<td>3<td>4</table>"
        "<table><tr><th>Weight<td>12 kg</tr><tr><th>Voltage<td>230 V</tr></table>"
    ).text
    assert "Table 1 Ratings\n\n| Model | Pressure / min | Pressure / max |" in text
    assert "| P-10 | 0.1 MPa | 0.6 |\n| P-10 | 1 | 2 |" in text
    assert "Table 1 Ratings – Options\n\n| Model |" in text
    assert "|  |  |\n| --- | --- |\n| Weight | 12 kg |\n| Voltage | 230 V |" in text


def test_questions_in_all_their_forms() -> None:
    text = _read(
        '<h2>FAQ</h2><h3><button aria-expanded="false">How to clean?</button></h3>'
        '<div class="accordion-body" style="display:none"><p>With water.</p></div>'
        '<div class="faq-question">How often?</div><div class="faq-answer">Weekly.</div>'
        "<details><summary>Warranty?</summary>Two years.</details>"
        "<dl><dt>Leaks?</dt><dd>Tighten.</dd></dl><dl><dt>Colour</dt><dd>white</dd></dl>"
        '<script type="application/ld+json">{"@type":"FAQPage","mainEntity":[{"@type":"Question",'
        '"name":"Noise?","acceptedAnswer":{"text":"<p>Check feet.</p>"}},{"@type":"Question",'
        '"name":"Warranty?","acceptedAnswer":{"text":"Two years."}}]}</script>'
    ).text
    for question, answer in (
        ("How to clean?", "With water."), ("How often?", "Weekly."), ("Warranty?", "Two years."),
        ("Leaks?", "Tighten."), ("Noise?", "Check feet."),
    ):  # fmt: skip
        assert f"### {question}\n\n{answer}" in text
    assert text.count("Two years.") == 1 and "- Colour: white" in text


def test_pictures_only_as_data_addresses() -> None:
    data = base64.b64encode(png()).decode()
    manuscript = _read(
        f'<p>A</p><img src="data:image/png;base64,{data}" alt="The lamp">'
        '<img src="http://169.254.169.254/x.png" alt="Valve open">'
    )
    assert "![The lamp](figure:picture-1.png)\n\nValve open" in manuscript.text
    assert manuscript.figures[0].data.startswith(b"\x89PNG")


def test_characters() -> None:
    meta = '<meta charset="gb2312">'
    assert "断电，等待镕" in _read("<p>断电，\n等待镕</p>", meta, "zh", "gb18030").text
    assert "泵" in _read("<p>泵坏了怎么办呢</p>", '<meta charset="utf-8">', "zh", "gb18030").text
    assert "Größe" in _read("<p>Größe</p>", '<meta charset="iso-8859-1">', "de", "cp1252").text
    assert "10⁻³ m² H₂O" in _read("10<sup>-3</sup> m<sup>2</sup> H<sub>2</sub>O").text
    assert "```\na *b*\n```" in _read("<pre>a *b*</pre>").text and "\\*b\\*" in _read("a *b*").text
