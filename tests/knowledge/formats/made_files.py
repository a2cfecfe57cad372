"""Files made on the spot for the tests of the readers."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from careloop.knowledge.ingest.source import SourceFile


def png(size: int = 24) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", (size, size), os.urandom(size * size * 3)).save(out, "PNG")
    return out.getvalue()


def word(write: Callable[[Any], None], name: str = "a.docx") -> SourceFile:
    document = docx.Document()
    write(document)
    out = io.BytesIO()
    document.save(out)
    return SourceFile(name, out.getvalue())


def workbook(write: Callable[[Any], None], name: str = "a.xlsx") -> SourceFile:
    book = openpyxl.Workbook()
    write(book)
    out = io.BytesIO()
    book.save(out)
    return SourceFile(name, out.getvalue())


def slides(write: Callable[[Any], None], name: str = "a.pptx") -> SourceFile:
    deck = Presentation()
    write(deck)
    out = io.BytesIO()
    deck.save(out)
    return SourceFile(name, out.getvalue())


def plain_word(name: str = "a.docx") -> SourceFile:
    def write(document: Any) -> None:
        document.add_heading("Pump", 1)
        document.add_paragraph("Clean the filter.")
        document.add_table(2, 2).cell(0, 0).text = "Code"
        document.add_picture(io.BytesIO(png()))

    return word(write, name)


def plain_workbook(name: str = "a.xlsx") -> SourceFile:
    def write(book: Any) -> None:
        for row in (["Code", "Meaning"], ["E-1", "hot"], ["E-2", "cold"]):
            book.active.append(row)

    return workbook(write, name)


def plain_slides(name: str = "a.pptx") -> SourceFile:
    def write(deck: Any) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = "Cleaning"
        slide.placeholders[1].text = "Use water."
        slide.shapes.add_picture(io.BytesIO(png()), Inches(1), Inches(1))

    return slides(write, name)


def repacked(
    source: SourceFile, change: dict[str, bytes | None], method: int = zipfile.ZIP_DEFLATED
) -> SourceFile:
    """The Office file with parts put in or (None) taken out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source.content)) as old,
        zipfile.ZipFile(out, "w", method) as new,
    ):
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, content in change.items():
            if content is not None:
                new.writestr(name, content)
    return SourceFile(source.path, out.getvalue())


def part(source: SourceFile, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
        return archive.read(name)


def lying_about_size(source: SourceFile, name: str, size: int) -> SourceFile:
    """The Office file whose directory declares another unpacked size for a part."""
    content = bytearray(source.content)
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        length = struct.unpack("<H", content[place + 28 : place + 30])[0]
        if content[place + 46 : place + 46 + length] == name.encode():
            content[place + 24 : place + 28] = struct.pack("<I", size)
        place = content.find(b"PK\x01\x02", place + 4)
    return SourceFile(source.path, bytes(content))


def header_row(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def page_break_seen(paragraph: Any) -> None:
    """The mark that Word leaves where it began a page."""
    run = paragraph.runs[0]._r
    run.insert(0, OxmlElement("w:lastRenderedPageBreak"))


def tracked(paragraph: Any, kind: str, text: str) -> None:
    """Text put in (`ins`) or taken out (`del`) under change tracking."""
    holder = OxmlElement(f"w:{kind}")
    run = OxmlElement("w:r")
    words = OxmlElement("w:t" if kind == "ins" else "w:delText")
    words.text = text
    run.append(words)
    holder.append(run)
    paragraph._p.append(holder)


def numbered(paragraph: Any, num: int, level: int = 0) -> None:
    properties = paragraph._p.get_or_add_pPr()
    holder = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", num)):
        node = OxmlElement(name)
        node.set(qn("w:val"), str(value))
        holder.append(node)
    properties.append(holder)
