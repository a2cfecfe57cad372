"""A sentence encoder in a folder, run by onnxruntime: no network, no torch.

The folder holds `model.onnx` (inputs `input_ids`, `attention_mask` and, if it wants them,
`token_type_ids`; first output of shape (batch, tokens, dims), or (batch, dims) when the model
pools itself), `tokenizer.json`, and perhaps `embedder.json` (see `recipe`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from careloop.kit.ai.ports import BadAnswer, TextKind, Vectors
from careloop.kit.errors import Misconfigured
from careloop.knowledge.embedders.recipe import read_recipe

WEIGHTS = "model.onnx"
TOKENIZER = "tokenizer.json"
BATCH = 32

Ids = npt.NDArray[np.int64]


class OnnxEmbedder:
    """Fulfils `kit.ai.ports.Embedder`; loads when first used, safe to share between threads."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        """`Misconfigured` when the folder does not hold such a model."""
        for name in (WEIGHTS, TOKENIZER):
            if not (folder / name).is_file():
                raise Misconfigured(f"The folder {folder} for the vector model lacks {name}")
        self._folder = folder
        self._threads = threads
        self._recipe = read_recipe(folder)
        self._loading = Lock()

    @cached_property
    def id(self) -> str:
        return self._recipe.named(self._folder / WEIGHTS)

    @cached_property
    def dims(self) -> int:
        return int(self.embed(["dimensions"]).shape[1])

    def embed(self, texts: Sequence[str], kind: TextKind = "query") -> Vectors:
        """See `ports.Embedder`; text beyond the recipe's `max_tokens` is not read."""
        if not texts:
            return np.zeros((0, self.dims), dtype=np.float32)
        encodings = self._tokenizer.encode_batch(
            [self._recipe.prepared(text, kind) for text in texts]
        )
        # Texts of like length share a batch, so that little is computed for padding.
        order = sorted(range(len(texts)), key=lambda at: len(encodings[at].ids))
        rows = [
            self._run([encodings[place].ids for place in order[at : at + BATCH]])
            for at in range(0, len(order), BATCH)
        ]
        vectors = np.concatenate(rows)
        placed = np.empty_like(vectors)
        placed[order] = vectors
        return placed

    def _run(self, lists: Sequence[Sequence[int]]) -> Vectors:
        width = max(map(len, lists))
        ids: Ids = np.zeros((len(lists), width), dtype=np.int64)
        mask: Ids = np.zeros((len(lists), width), dtype=np.int64)
        for row, tokens in enumerate(lists):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        session, names = self._session
        output = session.run(None, {name: given[name] for name in names})[0]
        pooled = self._pooled(np.asarray(output, dtype=np.float32), mask)
        if not np.isfinite(pooled).all():
            raise BadAnswer("The vector model gave no finite numbers")
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        scaled: Vectors = pooled / np.maximum(lengths, np.float32(1e-9))
        return scaled

    def _pooled(self, output: Vectors, mask: Ids) -> Vectors:
        if output.ndim == 2:
            return output
        if self._recipe.pooling == "cls":
            return output[:, 0]
        weights = mask[:, :, None].astype(np.float32)
        mean: Vectors = (output * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
        return mean

    @property
    def _tokenizer(self) -> Any:
        return self._loaded[0]

    @property
    def _session(self) -> tuple[Any, list[str]]:
        return self._loaded[1], self._loaded[2]

    @property
    def _loaded(self) -> tuple[Any, Any, list[str]]:
        with self._loading:
            return self._parts

    @cached_property
    def _parts(self) -> tuple[Any, Any, list[str]]:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError:
            raise Misconfigured("The vector model needs: pip install 'careloop[embed]'") from None
        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.enable_truncation(self._recipe.max_tokens)
        tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            str(self._folder / WEIGHTS), options, providers=["CPUExecutionProvider"]
        )
        return tokenizer, session, [item.name for item in session.get_inputs()]
