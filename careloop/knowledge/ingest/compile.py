"""From a source file to a compiled article: everything heavy happens here, not at the query."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.frontmatter import FrontMatter, split_front_matter
from careloop.knowledge.ingest.markdown import Piece, read_markdown
from careloop.knowledge.ingest.source import SourceFile, decode
from careloop.knowledge.language.detect import detect
from careloop.knowledge.language.identifiers import find_codes
from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.language.tokens import tokenize
from careloop.knowledge.language.units import MEASURED, measured

TEXT_SUFFIXES = (".md", ".markdown", ".mdown", ".txt", "")
_FORMAT = "7"


@dataclass(slots=True)
class CompiledPassage:
    """A piece with what the index needs; see `models.Passage` for the meaning of `search`."""

    piece: Piece
    search: str
    concepts: list[str]
    codes: list[str]


@dataclass(slots=True)
class CompiledDocument:
    """An article ready to be stored."""

    matter: FrontMatter
    body: str
    content_hash: str
    passages: list[CompiledPassage]
    warnings: list[str] = field(default_factory=list)


def compiler_version() -> str:
    """Changes when the same content would compile to something else."""
    return f"{_FORMAT}-{termbase().fingerprint}"


def content_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def compile_file(source: SourceFile) -> CompiledDocument:
    """Read, cut and index one file; `UnreadableSource` when it is not text we understand."""
    if source.suffix not in TEXT_SUFFIXES:
        raise UnreadableSource(f"{source.path}: files ending in {source.suffix} are not read")
    try:
        text, encoding = decode(source.content)
    except ValueError as error:
        raise UnreadableSource(f"{source.path}: {error}") from None
    matter, body = split_front_matter(text)
    warnings = matter.warnings + ([f"not UTF-8; read as {encoding}"] if encoding else [])
    article = read_markdown(body, matter.title, matter.type)
    _complete(matter, source, body, article.title)
    warnings += article.warnings
    if not article.pieces:
        warnings.append("no text below the front matter")
    passages = [compile_piece(piece, matter.title, matter.lang) for piece in article.pieces]
    return CompiledDocument(matter, body, content_hash(source.content), passages, warnings)


def _complete(matter: FrontMatter, source: SourceFile, body: str, heading: str) -> None:
    name = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    matter.id = matter.id or source.path
    matter.title = matter.title or heading or name
    matter.type = matter.type or "faq"
    matter.lang = matter.lang or detect(f"{matter.title}\n{body[:4000]}").code


def compile_piece(piece: Piece, title: str, lang: str) -> CompiledPassage:
    """Tokens, concepts and codes of one piece in the context of its title and section."""
    context = " ".join(
        part for part in (piece.section, piece.context, _headers(piece.data)) if part
    )
    head = _concepts(f"{title}\n{context}", lang)
    body = _concepts(piece.text, lang)
    values = measured(piece.text)
    body += [name for name in values if name not in body]
    own = dict.fromkeys(_concepts(f"{piece.section}\n{piece.context}", lang) + body)
    fields: list[list[str]] = [
        tokenize(title, lang), tokenize(context, lang), tokenize(piece.text, lang), head, body,
        [*own, *(f"{MEASURED}{name}" for name in values)],
    ]  # fmt: skip
    return CompiledPassage(
        piece,
        "\n".join(" ".join(tokens) for tokens in fields),
        list(dict.fromkeys(head + body)),
        find_codes(f"{title}\n{context}\n{piece.text}"),
    )


def _concepts(text: str, lang: str) -> list[str]:
    return [match.concept for match in termbase().concepts(text, lang, nested=True)]


def _headers(data: dict[str, Any]) -> str:
    return " ".join(data.get("headers", ())) if "cells" in data else ""
