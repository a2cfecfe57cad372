# ruff: noqa: E501
"""A German service bulletin as Word writes it: automatic numbers, merged cells, boxes, a picture."""

from __future__ import annotations

import copy
import io
import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tests.manuals.drawings import photograph
from tests.manuals.make_manual_pdf import Made

STEPS = [
    "Hauptschalter ausschalten und mit Schloss sichern.",
    "Abdeckung der rechten Seite abnehmen.",
    "Spannschraube der Motorwippe mit Schlüssel 13 lösen.",
    "Alten Keilriemen von der Motorscheibe abziehen.",
    "Riemenscheiben auf Risse und Grate prüfen.",
    "Neuen Keilriemen XPZ 987 auflegen.",
    "Motorwippe spannen, bis der Riemen bei 25 N um 8 mm nachgibt.",
    "Abdeckung anbringen und Probelauf von zwei Minuten machen.",
]
VALUES = [
    ("Antrieb", "Riemenspannung neu", "31", "38"), ("Antrieb", "Riemenspannung gebraucht", "24", "29"),
    ("Antrieb", "Achsabstand", "186", "214"), ("Kälte", "Überhitzung", "6", "7"),
    ("Kälte", "Unterkühlung", "4", "5"),
]  # fmt: skip
UNITS = {"Riemenspannung neu": "Hz", "Riemenspannung gebraucht": "Hz", "Achsabstand": "mm",
         "Überhitzung": "K", "Unterkühlung": "K"}  # fmt: skip
SERIALS = [("TD-22", "22-10480 bis 22-11975", "kostenlos"), ("TD-48", "48-03310 bis 48-04122", "kostenlos"),
           ("TD-48", "ab 48-04123", "nicht betroffen")]  # fmt: skip


def make_bulletin() -> Made:
    document = Document()
    _number_headings(document)
    document.core_properties.title = "Service-Mitteilung SB-2026-07 Keilriemen"
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading("Service-Mitteilung SB-2026-07 Keilriemen", 0)
    document.add_heading("Anlass", 1)
    document.add_paragraph(
        "Bei einigen Maschinen quietscht der Keilriemen nach etwa 900 Betriebsstunden. Ursache ist eine zu geringe Riemenspannung ab Werk."
    )
    document.add_heading("Betroffene Maschinen", 1)
    _serials(document)
    document.add_heading("Durchführung", 1)
    document.add_heading("Werkzeug und Material", 2)
    for text in (
        "Gabelschlüssel 13",
        "Frequenzmessgerät für Riemen",
        "Keilriemen XPZ 987, Teilenummer 7204-31",
    ):
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("Keilriemen tauschen", 2)
    _box(
        document,
        "WARNUNG",
        "Quetschgefahr. Die Motorwippe steht unter Federkraft. Finger fernhalten.",
    )
    number = _new_list(document)
    for n, text in enumerate(STEPS):
        _numbered(document.add_paragraph(text, style="List Number"), number)
        if n == 4:
            document.add_picture(io.BytesIO(photograph("belt")), width=Cm(9))
            _caption(document, "Abbildung", "Motorwippe mit Spannschraube")
    document.add_heading("Einstellwerte", 2)
    _caption(document, "Tabelle", "Einstellwerte nach dem Tausch")
    _values(document)
    document.add_heading("Abrechnung", 1)
    document.add_paragraph(
        "Die Arbeitszeit von 45 Minuten wird mit dem Schlüssel K-77 abgerechnet, längstens bis zum 31. März 2027."
    )
    target = io.BytesIO()
    document.save(target)
    return Made("SB-2026-07.docx", target.getvalue(), {}, 0)


def _serials(document: Any) -> None:
    table = document.add_table(rows=1 + len(SERIALS), cols=3, style="Table Grid")
    for c, text in enumerate(("Modell", "Seriennummern", "Tausch")):
        table.cell(0, c).text = text
    for r, row in enumerate(SERIALS, 1):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(3, 0).text = ""
    table.cell(2, 0).merge(table.cell(3, 0))


def _values(document: Any) -> None:
    """Two header rows, the first with a merged cell over both models; groups merged downwards."""
    table = document.add_table(rows=2 + len(VALUES), cols=5, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for c, text in enumerate(("Baugruppe", "Größe", "Einheit", "Sollwert")):
        table.cell(0, c).text = text
    table.cell(0, 3).merge(table.cell(0, 4))
    for c in range(3):
        table.cell(0, c).merge(table.cell(1, c))
    table.cell(1, 3).text, table.cell(1, 4).text = "TD-22", "TD-48"
    for r, (group, name, small, large) in enumerate(VALUES, 2):
        first = r == 2 or VALUES[r - 3][0] != group
        for c, text in enumerate((group if first else "", name, UNITS[name], small, large)):
            table.cell(r, c).text = text
    table.cell(2, 0).merge(table.cell(4, 0))
    table.cell(5, 0).merge(table.cell(6, 0))


def _box(document: Any, signal: str, text: str) -> None:
    table = document.add_table(rows=2, cols=1, style="Table Grid")
    run = table.cell(0, 0).paragraphs[0].add_run(signal)
    run.bold = True
    table.cell(1, 0).text = text
    document.add_paragraph()


def _caption(document: Any, label: str, text: str) -> None:
    """A caption with a field for its number, as Word's "insert caption" makes it."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.add_run(f"{label} ")
    for kind, content in (
        ("begin", ""),
        ("", f" SEQ {label} \\* ARABIC "),
        ("separate", ""),
        ("text", "1"),
        ("end", ""),
    ):
        run = paragraph.add_run()
        if kind == "text":
            run.text = content
        elif kind:
            char = OxmlElement("w:fldChar")
            char.set(qn("w:fldCharType"), kind)
            run._r.append(char)
        else:
            field = OxmlElement("w:instrText")
            field.text = content
            run._r.append(field)
    paragraph.add_run(f": {text}")


def _number_headings(document: Any) -> None:
    """Ties the heading styles to a list of several levels: 1, 1.1, 1.1.1."""
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    kind = OxmlElement("w:multiLevelType")
    kind.set(qn("w:val"), "multilevel")
    abstract.append(kind)
    for level in range(3):
        item = OxmlElement("w:lvl")
        item.set(qn("w:ilvl"), str(level))
        pattern = ".".join(f"%{n + 1}" for n in range(level + 1))
        for tag, value in (
            ("start", "1"),
            ("numFmt", "decimal"),
            ("pStyle", f"Heading{level + 1}"),
            ("lvlText", pattern),
        ):
            child = OxmlElement(f"w:{tag}")
            child.set(qn("w:val"), value)
            item.append(child)
        abstract.append(item)
    numbering.insert(0, abstract)
    numbering.append(_num("90", "90"))
    for level in range(3):
        properties = document.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        properties.append(_reference("90", level))


def _num(number: str, abstract: str) -> Any:
    element = OxmlElement("w:num")
    element.set(qn("w:numId"), number)
    child = OxmlElement("w:abstractNumId")
    child.set(qn("w:val"), abstract)
    element.append(child)
    return element


def _reference(number: str, level: int) -> Any:
    element = OxmlElement("w:numPr")
    for tag, value in (("ilvl", str(level)), ("numId", number)):
        child = OxmlElement(f"w:{tag}")
        child.set(qn("w:val"), value)
        element.append(child)
    return element


def _new_list(document: Any) -> str:
    """A numbered list that begins at 1, of the template's decimal list."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    own = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
    source = next(item for item in numbering.findall(qn("w:num")) if item.get(qn("w:numId")) == own)
    fresh = copy.deepcopy(source)
    fresh.set(qn("w:numId"), "91")
    override = OxmlElement("w:lvlOverride")
    override.set(qn("w:ilvl"), "0")
    start = OxmlElement("w:startOverride")
    start.set(qn("w:val"), "1")
    override.append(start)
    fresh.append(override)
    numbering.append(fresh)
    return "91"


def _numbered(paragraph: Any, number: str) -> None:
    paragraph._p.get_or_add_pPr().append(_reference(number, 0))


if __name__ == "__main__":
    made = make_bulletin()
    Path(sys.argv[1] if len(sys.argv) > 1 else made.name).write_bytes(made.content)
