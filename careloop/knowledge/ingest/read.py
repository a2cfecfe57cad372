"""From a file to a manuscript: the guard first, then the reader for what the file is."""

from __future__ import annotations

import csv
import struct
import zipfile
import zlib
from typing import Literal

import structlog

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.guard import SUFFIXES, inspect
from careloop.knowledge.ingest.manuscript import Manuscript
from careloop.knowledge.ingest.source import SourceFile, decode

Format = Literal[
    "md", "html", "pdf", "docx", "pptx", "xlsx", "csv", "image", "eml", "chat", "tickets"
]

__all__ = ["SUFFIXES", "Format", "format_of", "read_source"]

_MARKDOWN = frozenset({".md", ".markdown", ".mdown"})
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_TABLES = frozenset({".csv", ".tsv"})

_BROKEN = (
    ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, OSError,
    EOFError, RuntimeError, SyntaxError, MemoryError, zipfile.BadZipFile, zlib.error, struct.error,
    csv.Error,
)  # fmt: skip
"""What parsers run into when bytes are broken; lxml's are among SyntaxError and ValueError."""

log = structlog.get_logger(__name__)


def read_source(source: SourceFile) -> Manuscript:
    """The file as Markdown with its figures. Raises nothing but `UnreadableSource`."""
    try:
        return _read(source, format_of(source))
    except UnreadableSource:
        raise
    except _BROKEN as error:
        log.warning("unreadable_file", path=source.path, error=repr(error)[:300])
        raise UnreadableSource(
            f"{source.path}: the file is damaged and cannot be read; save it again"
        ) from error


def format_of(source: SourceFile) -> Format:
    """Which reader a file is for, by its content and its ending; refuses what the guard refuses."""
    family = inspect(source)
    match family:
        case "pdf" | "docx" | "pptx" | "image":
            return family
        case "xlsx":
            return "tickets" if _is_tickets(source) else "xlsx"
    return _text_format(source)


def _text_format(source: SourceFile) -> Format:
    suffix = source.suffix
    if suffix in _MARKDOWN:
        return "md"
    if suffix in _PAGES:
        return "html"
    if suffix == ".eml":
        return "eml"
    if suffix in _TABLES:
        return "tickets" if _is_tickets(source) else "csv"
    if _is_chat(source):
        return "chat"
    if suffix != ".json":
        return "md"
    if _is_tickets(source):
        return "tickets"
    raise UnreadableSource(
        f"{source.path}: the JSON is neither a chat nor a ticket export; "
        "save its text as .md or .csv"
    )


def _is_tickets(source: SourceFile) -> bool:
    from careloop.knowledge.ingest.formats import tickets

    try:
        return tickets.is_ticket_export(source)
    except UnreadableSource:
        raise
    except _BROKEN:
        # The reader of the plain format will say what is wrong.
        return False


def _is_chat(source: SourceFile) -> bool:
    from careloop.knowledge.ingest.formats import chat

    return chat.is_chat(source)


def _read(source: SourceFile, format_: Format) -> Manuscript:
    """Readers are imported when they are needed: a service that only answers needs none."""
    match format_:
        case "md":
            return _read_text(source)
        case "html":
            from careloop.knowledge.ingest.formats.html import reader as html

            return html.read(source)
        case "pdf":
            from careloop.knowledge.ingest.formats.pdf import reader as pdf

            return pdf.read(source)
        case "docx":
            from careloop.knowledge.ingest.formats.docx import reader as docx

            return docx.read(source)
        case "pptx":
            from careloop.knowledge.ingest.formats import pptx

            return pptx.read(source)
        case "xlsx" | "csv":
            from careloop.knowledge.ingest.formats.sheet import reader as sheet

            return sheet.read(source) if format_ == "xlsx" else sheet.read_csv(source)
        case "image":
            from careloop.knowledge.ingest.formats import image

            return image.read(source)
        case "eml":
            from careloop.knowledge.ingest.formats import mail

            return mail.read(source)
        case "chat":
            from careloop.knowledge.ingest.formats import chat

            return chat.read(source)
        case "tickets":
            from careloop.knowledge.ingest.formats import tickets

            return tickets.read(source)


def _read_text(source: SourceFile) -> Manuscript:
    try:
        text, encoding = decode(source.content)
    except ValueError as error:
        raise UnreadableSource(f"{source.path}: {error}") from None
    return Manuscript(text, warnings=[f"not UTF-8; read as {encoding}"] if encoding else [])
