"""Reading text in pictures: a port, and RapidOCR behind it with the models of its wheel."""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from PIL import Image

Point = tuple[float, float]
_MIN_SCORE = 0.5
_PROBES = 6


class OcrMissing(RuntimeError):
    """The OCR extra is not installed."""


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A line of text. `box` are its corners in pixels, clockwise from the upper left one as the
    picture is shown; `score` is the engine's own certainty, 0 to 1."""

    text: str
    box: tuple[Point, Point, Point, Point]
    score: float


class Ocr(Protocol):
    """An engine that reads printed text."""

    def turn(self, image: Image.Image) -> int:
        """How many quarter turns clockwise put the picture upright: 0 to 3."""
        ...

    def lines(self, image: Image.Image) -> list[OcrLine]:
        """The lines of an upright picture, in no particular order."""
        ...


class RapidOcr:
    """RapidOCR on the CPU. Models load with the first picture; one picture is read at a time."""

    def __init__(self, threads: int | None = None) -> None:
        try:
            import rapidocr  # noqa: F401
        except ImportError as error:
            raise OcrMissing("install careloop[ocr]") from error
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._lock = threading.Lock()
        self._engine: Any = None

    def turn(self, image: Image.Image) -> int:
        pixels = _pixels(image)
        with self._lock:
            found = self._loaded()(_small(image), use_det=True, use_cls=False, use_rec=False)
            if found.boxes is None or len(found.boxes) < 3:
                return 0
            factor = image.width / _small_size(image)[0]
            boxes = [np.asarray(box, dtype=float) * factor for box in found.boxes]
            rects = [(b[:, 0].min(), b[:, 1].min(), b[:, 0].max(), b[:, 1].max()) for b in boxes]
            tall = sum((r[3] - r[1]) for r in rects if r[3] - r[1] > 1.5 * (r[2] - r[0]))
            wide = sum((r[2] - r[0]) for r in rects if r[2] - r[0] > 1.5 * (r[3] - r[1]))
            turns = (1, 3) if tall > wide else (0, 2)
            rects.sort(key=lambda r: -max(r[2] - r[0], r[3] - r[1]))
            scores = {turn: self._score(pixels, rects[:_PROBES], turn) for turn in turns}
        # Without a clear sign an upright page is left as it is.
        first, second = turns
        return second if scores[second] > scores[first] + 0.05 else first

    def lines(self, image: Image.Image) -> list[OcrLine]:
        with self._lock:
            found = self._loaded()(_pixels(image), use_det=True, use_cls=False, use_rec=True)
        if found.boxes is None or found.txts is None or found.scores is None:
            return []
        lines = []
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
            if score >= _MIN_SCORE and text.strip():
                a, b, c, d = ((float(x), float(y)) for x, y in box)
                lines.append(OcrLine(text.strip(), (a, b, c, d), float(score)))
        return lines

    def _score(self, pixels: Any, rects: list[Any], turn: int) -> float:
        total = 0.0
        for left, top, right, bottom in rects:
            crop = pixels[
                max(int(top) - 2, 0) : int(bottom) + 3, max(int(left) - 2, 0) : int(right) + 3
            ]
            if crop.size == 0:
                continue
            turned = np.ascontiguousarray(np.rot90(crop, -turn))
            read = self._engine(turned, use_det=False, use_cls=False, use_rec=True)
            if read.txts and read.scores:
                total += float(read.scores[0]) * min(len(read.txts[0]), 12) / 12
        return total / max(len(rects), 1)

    def _loaded(self) -> Any:
        if self._engine is None:
            from rapidocr import RapidOCR

            logging.getLogger("RapidOCR").setLevel(logging.ERROR)
            self._engine = RapidOCR(
                params={
                    "Global.log_level": "error",
                    "EngineConfig.onnxruntime.intra_op_num_threads": self._threads,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                }
            )
        return self._engine


@lru_cache(maxsize=1)
def default_ocr() -> Ocr:
    """The one engine of this process; `OcrMissing` when the extra is not installed."""
    return RapidOcr()


def _pixels(image: Image.Image) -> Any:
    """The picture in the order of channels the engine expects: blue, green, red."""
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def _small_size(image: Image.Image) -> tuple[int, int]:
    factor = min(1.0, 1100 / max(image.size))
    return max(int(image.width * factor), 1), max(int(image.height * factor), 1)


def _small(image: Image.Image) -> Any:
    return _pixels(image.resize(_small_size(image)))
