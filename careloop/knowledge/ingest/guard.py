"""The door for files: what is too large, hostile, locked or misnamed is refused before any parser.

Each refusal says in one sentence what is wrong and what to do. Nothing is unpacked to disk.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import Literal

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.source import SourceFile

Family = Literal["text", "pdf", "docx", "pptx", "xlsx", "image"]

MAX_FILE = 200_000_000
MAX_TEXT = 50_000_000
MAX_UNPACKED = 300_000_000
MAX_ENTRIES = 10_000
MAX_RATIO = 200
"""How many times its packed size a part of a zip file may be, once it is over 5 MB."""

_RATIO_FROM = 5_000_000
_CHUNK = 1 << 18
_PROLOG = 1 << 16

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
)
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")

_BY_SUFFIX: dict[str, Family] = {
    ".pdf": "pdf", ".docx": "docx", ".pptx": "pptx", ".xlsx": "xlsx",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".gif"), "image"),
    **dict.fromkeys(
        (".md", ".markdown", ".mdown", ".txt", "", ".html", ".htm", ".xhtml", ".csv", ".tsv",
         ".eml", ".json"), "text",
    ),
}  # fmt: skip
SUFFIXES = frozenset(_BY_SUFFIX)
"""Endings of the files that are read, lower case with the dot; '' is a file without ending."""

_NAMES = {"text": "a text file", "pdf": "a PDF", "docx": "a Word file", "pptx": "a presentation",
          "xlsx": "a workbook", "image": "a picture"}  # fmt: skip
_SAVE_AS = {
    ".docx": (".doc", ".dot", ".rtf", ".odt", ".wps", ".pages", ".dotx", ".docm", ".dotm"),
    ".xlsx": (".xls", ".xlt", ".xlsb", ".ods", ".et", ".numbers", ".xltx", ".xlsm", ".xltm"),
    ".pptx": (".ppt", ".pps", ".odp", ".dps", ".key", ".ppsx", ".potx", ".pptm", ".ppsm"),
    ".eml": (".msg",),
    ".html": (".mht", ".mhtml"),
    ".pdf": (".ps", ".xps", ".djvu", ".epub"),
}
_INSTEAD = {old: new for new, olds in _SAVE_AS.items() for old in olds}
_MACRO_SUFFIXES = frozenset({".docm", ".dotm", ".xlsm", ".xltm", ".pptm", ".ppsm"})
_PACKED_SUFFIX = re.compile(r"\.(?:zip|rar|7z|gz|tgz|bz2|xz|tar|jar|cab|iso)$", re.IGNORECASE)
_XML_SUFFIX = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
_ROOT = re.compile(rb"<[A-Za-z_]")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([^\"']{1,40})[\"']", re.IGNORECASE)
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}


def inspect(source: SourceFile) -> Family:
    """What a file is by its content; `UnreadableSource` when it must not be opened."""
    content, name = source.content, source.path
    if not content:
        raise UnreadableSource(f"{name}: the file is empty; load it again")
    if len(content) > MAX_FILE:
        raise UnreadableSource(
            f"{name}: a file may have at most {MAX_FILE // 1_000_000} MB; cut it into parts"
        )
    _check_suffix(source)
    family = _by_content(source)
    wanted = _BY_SUFFIX[source.suffix]
    if family != wanted:
        raise UnreadableSource(
            f"{name}: the name says {_NAMES[wanted]}, but the content is {_NAMES[family]}; "
            "give it its right ending"
        )
    if family == "text" and len(content) > MAX_TEXT:
        raise UnreadableSource(
            f"{name}: a text file may have at most {MAX_TEXT // 1_000_000} MB; cut it into parts"
        )
    return family


def _check_suffix(source: SourceFile) -> None:
    suffix, name = source.suffix, source.path
    if suffix in _MACRO_SUFFIXES:
        raise UnreadableSource(
            f"{name}: files with macros are not opened; save it as {_INSTEAD[suffix]}"
        )
    if suffix in _INSTEAD:
        raise UnreadableSource(
            f"{name}: files ending in {suffix} are not read; save it as {_INSTEAD[suffix]}"
        )
    if _PACKED_SUFFIX.search(suffix):
        raise UnreadableSource(f"{name}: archives are not opened; unpack it and load its files")
    if suffix not in SUFFIXES:
        raise UnreadableSource(f"{name}: files ending in {suffix} are not read")


def _by_content(source: SourceFile) -> Family:
    content, name = source.content, source.path
    head = content[:16]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _office(source)
    if head.startswith(_OLE):
        raise UnreadableSource(f"{name}: {_ole_sentence(content, source.suffix)}")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if head.startswith(_ARCHIVES):
        raise UnreadableSource(f"{name}: archives are not opened; unpack it and load its files")
    text = _BY_SUFFIX[source.suffix] == "text"
    picture = head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
    # "BM" are letters, too: they alone do not make a picture.
    if picture and not (text and head[:2] == b"BM" and b"\x00" not in content[:512]):
        return "image"
    if head.startswith(_PROGRAMS) and b"\x00" in content[:512]:
        raise UnreadableSource(f"{name}: this is a program, not a document; it is not opened")
    if content[:5] == b"{\\rtf":
        raise UnreadableSource(f"{name}: this is a rich text file; save it as .docx")
    if not text:
        raise UnreadableSource(
            f"{name}: the content is not {_NAMES[_BY_SUFFIX[source.suffix]]}; "
            "the file is damaged or misnamed, save it again"
        )
    return "text"


def _ole_sentence(content: bytes, suffix: str) -> str:
    """Old Office files and locked new ones share a container; its directory tells them apart."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        return "the file is protected by a password; remove the password and save it again"
    for stream, new in (
        ("WordDocument", ".docx"), ("Workbook", ".xlsx"), ("Book", ".xlsx"),
        ("PowerPoint Document", ".pptx"), ("__properties_version1", ".eml"),
    ):  # fmt: skip
        if holds(stream):
            return f"this is a file of an old format; save it as {new}"
    instead = suffix if suffix in (".docx", ".xlsx", ".pptx") else ".docx"
    return f"this is a file of an old format; save it as {instead}"


def _office(source: SourceFile) -> Family:
    name = source.path
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        raise UnreadableSource(f"{name}: the file is damaged; save it again") from None
    _check_declared(name, entries, len(source.content))
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names:
        if "mimetype" in names and any(item.endswith("content.xml") for item in names):
            raise UnreadableSource(f"{name}: OpenDocument files are not read; save it as .docx")
        raise UnreadableSource(f"{name}: archives are not opened; unpack it and load its files")
    if any(item.lower().rsplit("/", 1)[-1] == "vbaproject.bin" for item in names):
        raise UnreadableSource(f"{name}: the file holds macros; save it in a format without macros")
    types = b""
    for entry in entries:
        start = _unpack(name, entry, source.content)
        if _XML_SUFFIX.search(entry.filename):
            _check_prolog(name, start)
        if entry.filename == "[Content_Types].xml":
            types = start
    return _kind(name, types)


def _check_declared(name: str, entries: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse by what the directory of the archive declares, before a byte is unpacked."""
    if len(entries) > MAX_ENTRIES or len({entry.filename for entry in entries}) != len(entries):
        raise UnreadableSource(f"{name}: the file holds too many or doubled parts; save it again")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnreadableSource(
            f"{name}: unpacked the file is over {MAX_UNPACKED // 1_000_000} MB; cut it into parts"
        )
    if sum(entry.compress_size for entry in entries) > size:
        raise UnreadableSource(f"{name}: parts of the file overlap; save it again")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise UnreadableSource(
                f"{name}: the file is protected by a password; remove it and save the file again"
            )
        if entry.file_size > max(_RATIO_FROM, entry.compress_size * MAX_RATIO):
            raise UnreadableSource(f"{name}: a part unpacks to far more than a document needs")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableSource(f"{name}: the file is packed in an unusual way; save it again")
        if _PACKED_SUFFIX.search(entry.filename):
            raise UnreadableSource(
                f"{name}: the file holds an archive; take it out and save it again"
            )


def _unpack(name: str, entry: zipfile.ZipInfo, content: bytes) -> bytes:
    """The first bytes of a part, after its real size was measured against the declared one.

    Python's reader believes the declared size only after it has unpacked everything.
    """
    header = content[entry.header_offset : entry.header_offset + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise UnreadableSource(f"{name}: the file is damaged; save it again")
    names, extra = struct.unpack("<HH", header[26:30])
    begin = entry.header_offset + 30 + names + extra
    packed = memoryview(content)[begin : begin + entry.compress_size]
    if len(packed) < entry.compress_size:
        raise UnreadableSource(f"{name}: the file is cut off; load it again")
    if entry.compress_type == zipfile.ZIP_STORED:
        size, start = len(packed), bytes(packed[:_PROLOG])
    else:
        size, start = _inflate(name, packed, entry.file_size)
    if size != entry.file_size:
        raise UnreadableSource(f"{name}: a part has another size than it declares; save it again")
    return start


def _inflate(name: str, packed: memoryview, declared: int) -> tuple[int, bytes]:
    stream, size, start = zlib.decompressobj(-15), 0, b""
    try:
        for place in range(0, len(packed), _CHUNK):
            waiting = bytes(packed[place : place + _CHUNK])
            while waiting:
                part = stream.decompress(waiting, _CHUNK)
                size += len(part)
                start += part[: _PROLOG - len(start)]
                if size > declared:
                    return size, start
                waiting = stream.unconsumed_tail
        rest = stream.flush()
    except zlib.error:
        raise UnreadableSource(f"{name}: the file is damaged; save it again") from None
    return size + len(rest), start + rest[: max(_PROLOG - len(start), 0)]


def _check_prolog(name: str, start: bytes) -> None:
    """A document type is the way in for outer entities; no Office program writes one."""
    bare = start.replace(b"\x00", b"")
    declared = _ENCODING.search(bare[:400])
    if declared and declared[1].lower() not in _ENCODINGS:
        raise UnreadableSource(f"{name}: a part is in an unusual encoding; save it again")
    root = _ROOT.search(bare)
    if root is None and len(start) >= _PROLOG:
        raise UnreadableSource(f"{name}: the file is damaged; save it again")
    prolog = bare[: root.start()] if root else bare
    if b"<!DOCTYPE" in prolog.upper() or b"<!ENTITY" in prolog.upper():
        raise UnreadableSource(
            f"{name}: the file declares a document type or entities, which is not safe to open"
        )


def _kind(name: str, types: bytes) -> Family:
    lower = types.replace(b"\x00", b"").lower()
    if b"macroenabled" in lower:
        raise UnreadableSource(f"{name}: the file holds macros; save it in a format without macros")
    for mark, family in (
        (b"wordprocessingml.document.main", "docx"), (b"wordprocessingml.template.main", "docx"),
        (b"presentationml.presentation.main", "pptx"), (b"presentationml.slideshow.main", "pptx"),
        (b"presentationml.template.main", "pptx"), (b"spreadsheetml.sheet.main", "xlsx"),
        (b"spreadsheetml.template.main", "xlsx"),
    ):  # fmt: skip
        if mark in lower:
            return family  # type: ignore[return-value]
    raise UnreadableSource(f"{name}: this is not a Word, Excel or PowerPoint file we can read")
