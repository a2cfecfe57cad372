"""A model of the library sentence-transformers in a local folder; for those who have torch anyway.

Nothing is ever fetched: a name that is no folder is refused.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from careloop.kit.ai.ports import TextKind, Vectors
from careloop.kit.errors import Misconfigured
from careloop.knowledge.embedders.recipe import read_recipe

MODULES = "modules.json"
BATCH = 32


class SentenceTransformersEmbedder:
    """Fulfils `kit.ai.ports.Embedder`; loads when first used."""

    def __init__(self, folder: Path) -> None:
        """`Misconfigured` when the folder holds no such model."""
        if not (folder / MODULES).is_file():
            raise Misconfigured(f"The folder {folder} for the vector model lacks {MODULES}")
        self._folder = folder
        self._recipe = read_recipe(folder)
        self._lock = Lock()

    @cached_property
    def id(self) -> str:
        weights = next(iter(sorted(self._folder.rglob("*.safetensors"))), self._folder / MODULES)
        return "st-" + self._recipe.named(weights)

    @cached_property
    def dims(self) -> int:
        return int(self.embed(["dimensions"]).shape[1])

    def embed(self, texts: Sequence[str], kind: TextKind = "query") -> Vectors:
        """See `ports.Embedder`; pooling is that of the folder's own `modules.json`."""
        if not texts:
            return np.zeros((0, self.dims), dtype=np.float32)
        prepared = [self._recipe.prepared(text, kind) for text in texts]
        with self._lock:
            vectors = self._model.encode(
                prepared, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False,
                convert_to_numpy=True,
            )  # fmt: skip
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> Any:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            raise Misconfigured(
                "This vector model needs: pip install sentence-transformers"
            ) from None
        json.loads((self._folder / MODULES).read_text(encoding="utf-8"))
        return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
