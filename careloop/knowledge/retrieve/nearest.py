"""The nearest of many vectors by inverted lists (faiss), where comparing with all is too slow."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

MANY = 50_000
"""From here on an index is made, if faiss is installed."""
NEAREST = 400
LISTS_VISITED = 24
_SAMPLE = 40


class Approximate:
    """An inverted-file index: the vectors by the nearest of some centres."""

    def __init__(self, index: Any) -> None:
        self._index = index

    def nearest(
        self, vector: Floats, allowed: Mask, count: int
    ) -> tuple[npt.NDArray[np.int64], Floats]:
        """Places and inner products of about the nearest `count` among the allowed."""
        faiss = _faiss()
        bits = np.packbits(allowed, bitorder="little")
        wanted = faiss.SearchParametersIVF(sel=faiss.IDSelectorBitmap(bits), nprobe=LISTS_VISITED)
        near, places = self._index.search(vector[None, :], count, params=wanted)
        found = places[0] >= 0
        return places[0][found].astype(np.int64), near[0][found].astype(np.float32)


def faiss_index(matrix: Floats) -> Approximate | None:
    """An index over the rows, None when they are few or faiss is not installed."""
    if len(matrix) <= MANY or (faiss := _faiss()) is None:
        return None
    lists = int(np.sqrt(len(matrix)))
    centres = faiss.IndexFlatIP(matrix.shape[1])
    index = faiss.IndexIVFFlat(centres, matrix.shape[1], lists, faiss.METRIC_INNER_PRODUCT)
    step = max(1, len(matrix) // (lists * _SAMPLE))
    index.train(np.ascontiguousarray(matrix[::step]))
    index.add(np.ascontiguousarray(matrix))
    return Approximate(index)


@lru_cache(maxsize=1)
def _faiss() -> Any:
    """The module, None where it is not installed; its own stubs are wrong, so it is untyped."""
    try:
        return import_module("faiss")
    except ImportError:
        return None
