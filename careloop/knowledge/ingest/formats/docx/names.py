"""Names of WordprocessingML, and the small questions that every part of the reader asks."""

from __future__ import annotations

from typing import Any

_W = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)


def local(node: Any) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    tag = node.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def child(node: Any, *path: str) -> Any | None:
    """The first element down a path of local names."""
    for name in path:
        node = next((item for item in node if local(item) == name), None)
        if node is None:
            return None
    return node


def value(node: Any | None, name: str = "val") -> str | None:
    """An attribute of the Word namespace, in the transitional or the strict form."""
    if node is None:
        return None
    for space in _W:
        found: str | None = node.get(f"{{{space}}}{name}")
        if found is not None:
            return found
    return None


def number(text: str | None) -> int | None:
    """A whole number in an attribute; None when it is missing or no number."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def switched_on(node: Any | None) -> bool:
    """Whether a toggle such as `w:b` is there and not switched off."""
    return node is not None and value(node) not in ("0", "false", "off", "none")
