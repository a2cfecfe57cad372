"""The inside of an Office file: parts read within limits, relationships, core properties.

The guard has looked at the file before; what is read here is read with a parser that resolves no
entity, loads no DTD and opens no address.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import Any

from lxml import etree

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.source import SourceFile

CORE = "docProps/core.xml"
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b.*|word document|powerpoint.{0,16}|untitled|"
    r"slide 1|幻灯片 ?1|"
    r"无标题|文档\d*|\S+\.(?:docx?|pptx?|xlsx?|dotx?))$",
    re.IGNORECASE,
)
"""Titles that programs write by themselves."""


class OfficePackage:
    """The parts of one file by their names in it."""

    def __init__(self, source: SourceFile) -> None:
        self._path = source.path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise UnreadableSource(f"{source.path}: the file is damaged; save it again") from None
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None when there is none."""
        if name not in self.names:
            return None
        try:
            with self._zip.open(name) as part:
                chunks = list(iter(lambda: part.read(1 << 20), b""))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError,
                RuntimeError, ValueError):  # fmt: skip
            raise UnreadableSource(f"{self._path}: the file is damaged; save it again") from None
        return b"".join(chunks)

    def xml(self, name: str) -> Any | None:
        """The root element of an XML part, None when the part is missing."""
        content = self.read(name)
        return None if content is None else parse_xml(content, self._path)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Inner relationships of a part: id to (type's last word, part name)."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, tuple[str, str]] = {}
        for node in root if root is not None else ():
            if not isinstance(node.tag, str) or node.get("TargetMode") == "External":
                continue
            target = node.get("Target", "")
            part = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            found[node.get("Id", "")] = (
                node.get("Type", "").rsplit("/", 1)[-1], posixpath.normpath(part),
            )  # fmt: skip
        return found

    def part_of_type(self, kind: str, name: str = "") -> str | None:
        """The part that `name` (the package itself by default) points to with this type."""
        pairs = self.relations(name).values()
        return next((part for type_, part in pairs if type_ == kind and part in self.names), None)

    def matter(self) -> dict[str, Any]:
        """Title, language and day of the last change, as the core properties give them."""
        root = self.xml(CORE)
        matter: dict[str, Any] = {}
        for node in root if root is not None else ():
            if not isinstance(node.tag, str) or not (node.text or "").strip():
                continue
            value = node.text.strip()
            match etree.QName(node).localname:
                case "title" if not _NO_TITLE.match(value):
                    matter["title"] = value
                case "language":
                    matter["lang"] = value.split("-")[0].lower()
                case "modified":
                    matter["updated"] = value[:10]
        return matter


def parse_xml(content: bytes, path: str) -> Any:
    """The root of an XML text; `UnreadableSource` when it is broken or too deep."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableSource(f"{path}: the file is damaged; save it again") from None
