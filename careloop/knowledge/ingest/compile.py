"""From a source file to a compiled article: everything heavy happens here, not at the query."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from careloop.knowledge.ingest.frontmatter import FrontMatter, split_front_matter
from careloop.knowledge.ingest.manuscript import Figure
from careloop.knowledge.ingest.markdown import Piece, read_markdown
from careloop.knowledge.ingest.read import format_of, read_source
from careloop.knowledge.ingest.source import SourceFile
from careloop.knowledge.language.detect import detect
from careloop.knowledge.language.identifiers import find_codes
from careloop.knowledge.language.termbase import Termbase, termbase
from careloop.knowledge.language.tokens import tokenize
from careloop.knowledge.language.units import MEASURED, measured

_FORMAT = "8"
_MANUALS = frozenset({"pdf", "docx", "pptx", "image"})


@dataclass(slots=True)
class CompiledPassage:
    """A piece with what the index needs; see `models.Passage` for the meaning of `search`."""

    piece: Piece
    search: str
    concepts: list[str]
    codes: list[str]


@dataclass(slots=True)
class CompiledDocument:
    """An article ready to be stored; `body` is the manuscript below its front matter."""

    matter: FrontMatter
    body: str
    content_hash: str
    passages: list[CompiledPassage]
    format: str = "md"
    pages: int = 0
    figures: list[Figure] = field(default_factory=list)
    attachments: list[SourceFile] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def compiler_version(terms: Termbase | None = None) -> str:
    """Changes when the same content would compile to something else."""
    return f"{_FORMAT}-{(terms or termbase()).fingerprint}"


def content_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def compile_file(
    source: SourceFile, terms: Termbase | None = None, defaults: Mapping[str, Any] | None = None
) -> CompiledDocument:
    """Read, cut and index one file; `UnreadableSource` when it cannot be read.

    `defaults` are keys of the front matter that hold where the file itself is silent.
    """
    manuscript = read_source(source)
    matter, body = split_front_matter(manuscript.text, {**manuscript.matter, **(defaults or {})})
    form = format_of(source)
    name = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    matter.id = matter.id or source.path
    matter.type = matter.type or ("manual" if form in _MANUALS else "faq")
    passages, warnings = compile_body(body, matter, name, terms)
    if not passages:
        warnings.append("no text was found in it")
    return CompiledDocument(
        matter, body, content_hash(source.content), passages, form, manuscript.pages,
        manuscript.figures, manuscript.attachments,
        [*manuscript.warnings, *matter.warnings, *warnings],
    )  # fmt: skip


def compile_body(
    body: str, matter: FrontMatter, name: str = "", terms: Termbase | None = None
) -> tuple[list[CompiledPassage], list[str]]:
    """The passages of a text and what is wrong with it; missing title and language are filled."""
    article = read_markdown(body, matter.title, matter.type)
    matter.title = matter.title or article.title or name
    matter.lang = matter.lang or detect(f"{matter.title}\n{body[:4000]}").code
    terms = terms or termbase()
    passages = [compile_piece(item, matter.title, matter.lang, terms) for item in article.pieces]
    return passages, article.warnings


def compile_piece(piece: Piece, title: str, lang: str, terms: Termbase) -> CompiledPassage:
    """Tokens, concepts and codes of one piece in the context of its title and section."""
    if piece.figures:
        piece.data["figures"] = piece.figures
    context = " ".join(
        part for part in (piece.section, piece.context, _headers(piece.data)) if part
    )
    head = _concepts(terms, f"{title}\n{context}", lang)
    body = _concepts(terms, piece.text, lang)
    values = measured(piece.text)
    body += [name for name in values if name not in body]
    own = dict.fromkeys(_concepts(terms, f"{piece.section}\n{piece.context}", lang) + body)
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


def _concepts(terms: Termbase, text: str, lang: str) -> list[str]:
    return [match.concept for match in terms.concepts(text, lang, nested=True)]


def _headers(data: dict[str, Any]) -> str:
    return " ".join(data.get("headers", ())) if "cells" in data else ""
