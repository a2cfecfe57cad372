"""Nothing hostile, locked or misnamed gets to a parser, and broken bytes end in one sentence."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile

import pytest
from made_files import (
    lying_about_size,
    part,
    plain_slides,
    plain_word,
    plain_workbook,
    repacked,
)

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.guard import inspect
from careloop.knowledge.ingest.read import SUFFIXES, format_of, read_source
from careloop.knowledge.ingest.source import SourceFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
_XXE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
)


def _refused(source: SourceFile, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words) as caught:
        read_source(source)
    message = caught.value.message
    assert message.startswith(source.path) and "\n" not in message and len(message) < 200


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (SourceFile("a.docx", b""), "empty"),
        (SourceFile("a.pdf", b""), "empty"),
        (SourceFile("a.doc", _OLE), r"save it as \.docx"),
        (SourceFile("a.xls", _OLE), r"save it as \.xlsx"),
        (SourceFile("a.ppt", _OLE), r"save it as \.pptx"),
        (SourceFile("a.docm", plain_word().content), "macros"),
        (SourceFile("a.docx", _OLE + "EncryptedPackage".encode("utf-16-le")), "password"),
        (SourceFile("a.docx", _OLE + "WordDocument".encode("utf-16-le")), "old format"),
        (SourceFile("a.docx", b"%PDF-1.7\n"), "the content is a PDF"),
        (SourceFile("a.pdf", plain_word().content), "the content is a Word file"),
        (SourceFile("a.xlsx", plain_word().content), "the content is a Word file"),
        (SourceFile("a.md", plain_word().content), "the content is a Word file"),
        (SourceFile("a.docx", b"hello"), "damaged or misnamed"),
        (SourceFile("a.zip", b"PK\x03\x04"), "archives are not opened"),
        (SourceFile("a.md", b"MZ\x00\x00program"), "program"),
        (SourceFile("a.exe", b"MZ\x00\x00program"), "not read"),
        (SourceFile("a.txt", b"\x00\x01\x02" * 50), "binary"),
        (SourceFile("a.json", b'{"a": 1}'), "neither a chat nor a ticket"),
    ],
    ids=lambda value: value.path if isinstance(value, SourceFile) else value,
)
def test_refusals(source: SourceFile, words: str) -> None:
    _refused(source, words)


def test_macros_and_archives_inside() -> None:
    _refused(repacked(plain_word(), {"word/vbaProject.bin": b"x"}), "macros")
    types = part(plain_word(), "[Content_Types].xml").replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        b"vnd.ms-word.document.macroEnabled.main",
    )
    _refused(repacked(plain_word(), {"[Content_Types].xml": types}), "macros")
    _refused(repacked(plain_word(), {"word/media/x.zip": b"PK"}), "holds an archive")


def test_outer_entities_are_never_resolved() -> None:
    for document in (_XXE, _XXE.decode().encode("utf-16")):
        _refused(repacked(plain_word(), {"word/document.xml": document}), "not safe")
    for name in ("xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"):
        _refused(repacked(plain_workbook(), {name: _XXE}), "not safe")
    late = b"<?xml version='1.0'?><!--" + b" " * 70_000 + b"-->" + _XXE[21:]
    _refused(repacked(plain_word(), {"word/document.xml": late}), "damaged")


def test_bombs_are_refused_by_what_they_declare_and_by_what_they_hold() -> None:
    zeros = {"word/media/big.bin": b"\x00" * 40_000_000}
    bomb = repacked(plain_word(), zeros)
    assert len(bomb.content) < 200_000
    tracemalloc.start()
    _refused(bomb, "far more than a document needs")
    _refused(lying_about_size(bomb, "word/media/big.bin", 1000), "another size")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_locked_zip_entry() -> None:
    content = bytearray(plain_word().content)
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    _refused(SourceFile("a.docx", bytes(content)), "password")


def test_an_archive_is_no_document() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.md", "text")
    _refused(SourceFile("a.docx", out.getvalue()), "archives are not opened")


def test_formats_are_told_by_content_and_ending() -> None:
    assert inspect(plain_slides()) == "pptx"
    assert [format_of(source) for source in (plain_word(), plain_slides(), plain_workbook())] == [
        "docx", "pptx", "xlsx",
    ]  # fmt: skip
    assert format_of(SourceFile("a.md", b"# x")) == format_of(SourceFile("a", b"x")) == "md"
    assert format_of(SourceFile("A.HTM", b"<p>x")) == "html"
    assert {".docx", ".pdf", ".png", ".eml", ".json"} <= SUFFIXES and ".doc" not in SUFFIXES
    text = read_source(SourceFile("a.txt", "# 泵\n\n1. 停机\n".encode("gb18030")))
    assert (text.text, text.warnings) == ("# 泵\n\n1. 停机\n", ["not UTF-8; read as gb18030"])


def test_no_byte_breaks_a_reader() -> None:
    """Cut, flipped and renamed files end in a manuscript or in one sentence."""
    dice = random.Random(7)
    page = b"<html><body><table><tr><td colspan=99999999 rowspan=0>x</td></tr></table>" * 20
    mail = (
        b"Subject: =?utf-8?b?4p===?=\nDate: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    )
    seeds = [
        plain_word(), plain_workbook(), plain_slides(), SourceFile("a.html", page),
        SourceFile("a.eml", mail + b"Content-Type: text/html; charset=utf-77\n\n<p>x\n--b--"),
        SourceFile("a.csv", b'a;"b\nc;d\n1;2\n'), SourceFile("a.json", b'[{"role":"a"}]'),
    ]  # fmt: skip
    read = 0
    for seed in seeds:
        for _ in range(25):
            content = bytearray(seed.content)
            for _ in range(dice.choice((0, 1, 3, 30))):
                content[dice.randrange(len(content))] = dice.randrange(256)
            cut = len(content) if dice.random() < 0.6 else dice.randrange(len(content))
            name = seed.path if dice.random() < 0.8 else dice.choice(("a.md", "a.html", "a.eml"))
            try:
                read_source(SourceFile(name, bytes(content[:cut])))
                read += 1
            except UnreadableSource:
                continue
    assert read > 20


def test_broken_xml_inside_a_sound_archive() -> None:
    """Damage behind the checksum reaches the readers themselves."""
    dice = random.Random(3)
    parts = (
        (plain_word(), "word/document.xml"), (plain_word(), "word/styles.xml"),
        (plain_word(), "word/numbering.xml"), (plain_workbook(), "xl/worksheets/sheet1.xml"),
        (plain_workbook(), "xl/styles.xml"), (plain_workbook(), "xl/workbook.xml"),
        (plain_slides(), "ppt/slides/slide1.xml"), (plain_slides(), "ppt/presentation.xml"),
    )  # fmt: skip
    for source, name in parts:
        original = part(source, name)
        for _ in range(12):
            content = bytearray(original)
            for _ in range(dice.choice((1, 4))):
                place = dice.randrange(100, len(content))
                content[place : place + 1] = dice.choice((b"9", b"x", b'"', b"", b"-1", b"<"))
            try:
                read_source(repacked(source, {name: bytes(content)}))
            except UnreadableSource:
                continue
    for source, name in parts:
        try:
            read_source(repacked(source, {name: None}))
        except UnreadableSource:
            continue
