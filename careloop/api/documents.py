"""Files for the knowledge base: which of them speak for another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from careloop.knowledge.ingest.frontmatter import read_sidecar
from careloop.knowledge.ingest.source import decode

SIDECARS = (".yaml", ".yml")


def with_sidecars(contents: Mapping[str, bytes]) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """(name, content, front matter beside it) of each document.

    `manual.pdf.yaml`, or `manual.yaml`, beside `manual.pdf` holds its front matter. A YAML file
    that stands alone is no document and is left out.
    """
    for name, content in contents.items():
        if not name.lower().endswith(SIDECARS):
            yield name, content, _sidecar(contents, name)


def _sidecar(contents: Mapping[str, bytes], name: str) -> dict[str, Any]:
    stem = name.rsplit(".", 1)[0]
    for beside in (base + ending for base in (name, stem) for ending in SIDECARS):
        if beside in contents:
            try:
                return _plain(read_sidecar(decode(contents[beside])[0]))
            except ValueError:
                return {}
    return {}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Days become text, so that the delivery can be stored as JSON."""
    return {
        key: value
        if isinstance(value, str | int | float | bool | list | dict) or value is None
        else str(value)
        for key, value in values.items()
    }
