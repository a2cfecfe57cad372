"""Markdown as a flat list of blocks of plain text; what is only markup is gone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from careloop.knowledge.language.normalize import HAN, KANA

Kind = Literal["heading", "paragraph", "quote", "ordered", "bullets", "table", "code", "figure"]

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_PAGE_MARK = re.compile(r"^[ \t>]*<!--\s*page:\s*(\d{1,6})\s*-->[ \t]*$")
_COMMENT = re.compile(r"<!--(?!\s*page:\s*\d{1,6}\s*-->).*?-->", re.DOTALL)
_FIGURE = "figure:"
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_WIDE = re.compile(f"[{HAN}{KANA}\u3000-\u303f\uff00-\uffef]")


@dataclass(slots=True)
class Block:
    """One block. `level` is that of a heading; `start` the first number of an ordered list.

    `page` is where it begins, `row_pages` where each row of a table stands. `figures` are the
    names of the pictures inside; a block of kind `figure` is one picture, `text` its caption.
    """

    kind: Kind
    text: str = ""
    level: int = 0
    start: int = 1
    strong_lead: bool = False
    items: list[list[Block]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    page: int | None = None
    row_pages: list[int | None] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)


Pages = Sequence[int | None]
"""The page of each line of a text without its page marks."""


def parse_blocks(markdown: str) -> list[Block]:
    """Blocks in reading order. Never fails: CommonMark gives every text a meaning."""
    text, pages = without_page_marks(_COMMENT.sub("", markdown))
    return _blocks(SyntaxTreeNode(_PARSER.parse(text)), pages)


def without_page_marks(markdown: str) -> tuple[str, Pages]:
    """The text without the lines that open a page, so that a list or a table goes on across
    them; and the page of every line that is left."""
    lines: list[str] = []
    pages: list[int | None] = []
    page: int | None = None
    for line in markdown.split("\n"):
        mark = _PAGE_MARK.match(line)
        if mark:
            page = int(mark[1])
        else:
            lines.append(line)
            pages.append(page)
    return "\n".join(lines), pages


def figures_in(blocks: Iterable[Block]) -> list[str]:
    """The names of all pictures in the blocks and below them, in order."""
    return [
        name
        for block in blocks
        for name in [*block.figures, *(n for item in block.items for n in figures_in(item))]
    ]


def plain(block: Block, depth: int = 0) -> str:
    """The block as text for a person; lists keep their marks and nesting."""
    if block.kind in ("ordered", "bullets"):
        lines = []
        for number, item in enumerate(block.items, block.start):
            mark = f"{number}. " if block.kind == "ordered" else "- "
            body = "\n".join(plain(child, depth + 1) for child in item)
            lines.append(mark + body.replace("\n", "\n" + " " * len(mark)))
        return "\n".join(lines)
    if block.kind == "table":
        return "\n".join(" | ".join(row) for row in [block.headers, *block.rows])
    return block.text


def _blocks(parent: SyntaxTreeNode, pages: Pages) -> list[Block]:
    found: list[Block] = []
    for node in parent.children:
        for block in [_block(node, pages)] if node.type != "paragraph" else _paragraph(node):
            if block is not None:
                block.page = _page(node, pages)
                found.append(block)
    return found


def _page(node: SyntaxTreeNode, pages: Pages) -> int | None:
    return pages[node.map[0]] if node.map and node.map[0] < len(pages) else None


def _paragraph(node: SyntaxTreeNode) -> list[Block | None]:
    """The text with its inline pictures; pictures that stand alone are blocks of their own."""
    figures = _figures(node)
    text = _inline(node)
    if figures and text == " ".join(caption for _, caption in figures if caption).strip():
        return [Block("figure", caption, figures=[name]) for name, caption in figures]
    if not text and not figures:
        return []
    return [
        Block(
            "paragraph",
            text,
            strong_lead=_strong_lead(node),
            figures=[name for name, _ in figures],
        )
    ]


def _figures(node: SyntaxTreeNode) -> list[tuple[str, str]]:
    """Name and caption of each picture of this document."""
    inline = next((child for child in node.children if child.type == "inline"), None)
    tokens = inline.token.children if inline and inline.token else None
    return [
        (source.removeprefix(_FIGURE), token.content)
        for token in tokens or []
        if token.type == "image" and (source := str(token.attrs.get("src", ""))).startswith(_FIGURE)
    ]


def _block(node: SyntaxTreeNode, pages: Pages) -> Block | None:
    match node.type:
        case "heading":
            return Block("heading", _inline(node), level=int(node.tag[1]))
        case "blockquote":
            inner = _blocks(node, pages)
            return Block("quote", "\n".join(map(plain, inner)), figures=figures_in(inner))
        case "ordered_list" | "bullet_list":
            ordered = node.type == "ordered_list"
            return Block(
                "ordered" if ordered else "bullets",
                start=int(node.attrs.get("start", 1)) if ordered else 1,
                items=[_blocks(item, pages) for item in node.children],
            )
        case "table":
            return _table(node, pages)
        case "fence" | "code_block":
            return Block("code", node.content.rstrip("\n"))
        case "html_block":
            text = _without_tags(node.content)
            return Block("paragraph", text) if text else None
    return None


def _table(node: SyntaxTreeNode, pages: Pages) -> Block:
    nodes = [row for part in node.children for row in part.children]
    rows = [[_inline(cell) for cell in row.children] for row in nodes]
    return Block(
        "table", headers=rows[0] if rows else [], rows=rows[1:],
        row_pages=[_page(row, pages) for row in nodes[1:]],
    )  # fmt: skip


def _inline(node: SyntaxTreeNode) -> str:
    inline = next((child for child in node.children if child.type == "inline"), None)
    if inline is None or inline.token is None:
        return ""
    return _join(inline.token.children or []).strip()


def _join(tokens: list[Token]) -> str:
    text = ""
    for token in tokens:
        if token.type in ("text", "code_inline"):
            text += token.content
        elif token.type == "softbreak":
            # A hard-wrapped Chinese or Japanese line goes on without a space.
            text += "" if text and _WIDE.match(text[-1]) else "\n"
        elif token.type == "hardbreak":
            text += "\n"
        elif token.type == "image":
            text += token.content
        elif token.type == "html_inline" and _BREAK.match(token.content):
            text += "\n"
    return re.sub(r"[ \t]*\n[ \t]*", lambda _: " ", text) if "\n" in text else text


def _strong_lead(node: SyntaxTreeNode) -> bool:
    inline = next((child for child in node.children if child.type == "inline"), None)
    tokens = inline.token.children if inline and inline.token else None
    return bool(tokens) and next((t.type for t in tokens or [] if t.content or t.nesting), "") == (
        "strong_open"
    )


def _without_tags(source: str) -> str:
    return html.unescape(_TAG.sub(" ", _BREAK.sub("\n", source))).strip()
