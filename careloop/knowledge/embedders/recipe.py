"""How a model in a folder wants its text, and how a sentence is made of its words: `embedder.json`.

    {"id": "multilingual-e5-small", "pooling": "mean", "max_tokens": 512,
     "query_prefix": "query: ", "passage_prefix": "passage: "}

Every key may be left out, and the file too.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from careloop.kit.ai.ports import TextKind
from careloop.kit.errors import Misconfigured

FILE = "embedder.json"
_EDGE_BYTES = 1 << 20


class Recipe(BaseModel):
    """The contents of `embedder.json`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = ""
    pooling: Literal["mean", "cls"] = "mean"
    max_tokens: int = Field(256, ge=8, le=8192)
    query_prefix: str = ""
    passage_prefix: str = ""

    def prepared(self, text: str, kind: TextKind) -> str:
        """The text with the words that the model was trained to see before it."""
        return (self.query_prefix if kind == "query" else self.passage_prefix) + text

    def named(self, weights: Path) -> str:
        """The id of model and preparation; a changed file or recipe is another model."""
        told = f"{self.model_dump_json()}|{fingerprint(weights)}"
        name = self.id or weights.parent.name
        return f"{name[:80]}-{sha256(told.encode()).hexdigest()[:12]}"


def read_recipe(folder: Path) -> Recipe:
    """The folder's recipe, the default where it has none; `Misconfigured` when it is wrong."""
    path = folder / FILE
    if not path.is_file():
        return Recipe()
    try:
        return Recipe.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, ValidationError) as error:
        raise Misconfigured(f"{path} cannot be read: {error}") from None


def fingerprint(path: Path) -> str:
    """Tells two files of weights apart by size, beginning and end, without reading all of it."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        digest = sha256(f"{size}".encode() + stream.read(_EDGE_BYTES))
        stream.seek(max(0, size - _EDGE_BYTES))
        digest.update(stream.read(_EDGE_BYTES))
    return digest.hexdigest()
