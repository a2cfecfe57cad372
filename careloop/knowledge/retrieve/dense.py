"""The dense channel: how near each passage stands to the question in a model's space.

It joins the lexical score as one more array, after the scope has been applied, and only where an
embedder is configured and the passages have vectors. A model that fails is left alone for a while;
the search goes on without it.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property

import numpy as np
import numpy.typing as npt
import structlog

from careloop.kit.ai.ports import AiFailure, Embedder
from careloop.kit.errors import Misconfigured
from careloop.knowledge.retrieve.nearest import MANY, NEAREST, Approximate, faiss_index

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

log = structlog.get_logger(__name__)

DENSE_WEIGHT = 0.4
"""What the nearest document gains, as a share of the best lexical score. Tuned on the halves `tune`
of `training/`; figures in `docs/generated/retrieval.md`."""
PAUSE_SECONDS = 30.0
REMEMBERED = 256


class Dense:
    """Vectors of one snapshot's passages by one model; `present` marks those that have one,
    `first` and `document_of` are those of the snapshot."""

    def __init__(
        self, model: str, matrix: Floats, present: Mask, first: Ints, document_of: Ints
    ) -> None:
        self.model = model
        self._matrix = matrix
        self._present = present
        self._first = first
        self._document_of = document_of
        self._index: Approximate | None = None

    def prepare(self) -> None:
        """Make the index that many vectors want; takes seconds, and searches are exact until it
        is there."""
        self._index = faiss_index(self._matrix)

    def standing(self, question: Floats, visible: Mask) -> Floats:
        """For each passage how near the nearest visible passage of its document is: 0 for no
        nearer than the mean of all, 1 for the nearest of all.

        By document, since vectors tell well what an article is about and badly which of its
        sentences holds the value: inside a document the words decide. Exact up to `nearest.MANY`
        visible passages; beyond, where faiss is installed, only the nearest few hundred are told
        apart from 0.
        """
        allowed = visible & self._present
        result = np.zeros(len(self._matrix), dtype=np.float32)
        places, near, mean = self._near(question, allowed)
        if not len(places):
            return result
        span = float(near.max()) - mean
        if span > 1e-6:
            result[places] = np.clip((near - mean) / span, 0.0, 1.0)
        # The zero at the end is for documents without passages, whose first is behind the last.
        best = np.maximum.reduceat(np.append(result, np.float32(0)), self._first[:-1])
        lifted: Floats = best[self._document_of]
        return lifted

    def _near(self, question: Floats, allowed: Mask) -> tuple[npt.NDArray[np.int64], Floats, float]:
        places = np.flatnonzero(allowed)
        if not len(places):
            return places, np.zeros(0, dtype=np.float32), 0.0
        if len(places) > MANY and self._index is not None:
            places, near = self._index.nearest(question, allowed, NEAREST)
            return places, near, float(self._centre @ question)
        if len(places) * 2 < len(allowed):
            near = self._matrix[places] @ question
        else:
            near = (self._matrix @ question)[places]
        return places, near, float(near.mean())

    @cached_property
    def _centre(self) -> Floats:
        centre: Floats = self._matrix[self._present].mean(axis=0)
        return centre


class QuestionVectors:
    """Vectors of questions by one embedder; the latest are remembered, since one turn may search
    for the same words several times. Safe to share between threads."""

    def __init__(self, embedder: Embedder, clock: Callable[[], float] = time.monotonic) -> None:
        self._embedder = embedder
        self.model = embedder.id
        self._clock = clock
        self._known: OrderedDict[str, Floats] = OrderedDict()
        self._lock = threading.Lock()
        self._rest_until = 0.0

    def of(self, text: str) -> Floats | None:
        """The question's vector; None when the model fails, and for a while after that."""
        with self._lock:
            if text in self._known:
                self._known.move_to_end(text)
                return self._known[text]
            if self._clock() < self._rest_until:
                return None
        try:
            vector: Floats = self._embedder.embed([text], "query")[0]
        except (AiFailure, Misconfigured) as error:
            log.warning("question_not_embedded", reason=error.message)
            with self._lock:
                self._rest_until = self._clock() + PAUSE_SECONDS
            return None
        with self._lock:
            self._known[text] = vector
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return vector


def fused(scores: Floats, standing: Floats | None, visible: Mask) -> Floats:
    """Lexical scores of visible passages with what their standing adds."""
    if standing is None:
        return scores
    top = float(scores.max(initial=0.0)) or 1.0
    joined: Floats = scores + np.float32(DENSE_WEIGHT * top) * standing
    joined[~visible] = 0.0
    return joined
