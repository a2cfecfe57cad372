"""Markdown as a flat list of blocks of plain text; what is only markup is gone."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from careloop.knowledge.language.normalize import HAN, KANA

Kind = Literal["heading", "paragraph", "quote", "ordered", "bullets", "table", "code"]

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_WIDE = re.compile(f"[{HAN}{KANA}\u3000-\u303f\uff00-\uffef]")


@dataclass(slots=True)
class Block:
    """One block. `level` is that of a heading; `start` the first number of an ordered list."""

    kind: Kind
    text: str = ""
    level: int = 0
    start: int = 1
    strong_lead: bool = False
    items: list[list[Block]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def parse_blocks(markdown: str) -> list[Block]:
    """Blocks in reading order. Never fails: CommonMark gives every text a meaning."""
    tree = SyntaxTreeNode(_PARSER.parse(_COMMENT.sub("", markdown)))
    return _blocks(tree)


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


def _blocks(parent: SyntaxTreeNode) -> list[Block]:
    found: list[Block] = []
    for node in parent.children:
        block = _block(node)
        if block is not None:
            found.append(block)
    return found


def _block(node: SyntaxTreeNode) -> Block | None:
    match node.type:
        case "heading":
            return Block("heading", _inline(node), level=int(node.tag[1]))
        case "paragraph":
            text = _inline(node)
            return Block("paragraph", text, strong_lead=_strong_lead(node)) if text else None
        case "blockquote":
            return Block("quote", "\n".join(plain(child) for child in _blocks(node)))
        case "ordered_list" | "bullet_list":
            ordered = node.type == "ordered_list"
            return Block(
                "ordered" if ordered else "bullets",
                start=int(node.attrs.get("start", 1)) if ordered else 1,
                items=[_blocks(item) for item in node.children],
            )
        case "table":
            return _table(node)
        case "fence" | "code_block":
            return Block("code", node.content.rstrip("\n"))
        case "html_block":
            text = _without_tags(node.content)
            return Block("paragraph", text) if text else None
    return None


def _table(node: SyntaxTreeNode) -> Block:
    rows = [
        [_inline(cell) for cell in row.children] for part in node.children for row in part.children
    ]
    return Block("table", headers=rows[0] if rows else [], rows=rows[1:])


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
