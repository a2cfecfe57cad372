"""Pictures inside files: only those a browser shows, told by their first bytes."""

from __future__ import annotations

import re

from careloop.knowledge.ingest.manuscript import Figure

MAX_PICTURE = 20_000_000
_SMALLEST = 200
"""Bytes below which a picture is a bullet, a rule or a tracking dot."""

_TYPES = ((b"\x89PNG\r\n\x1a\n", "image/png", ".png"), (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
          (b"GIF87a", "image/gif", ".gif"), (b"GIF89a", "image/gif", ".gif"),
          (b"BM", "image/bmp", ".bmp"), (b"II*\x00", "image/tiff", ".tif"),
          (b"MM\x00*", "image/tiff", ".tif"))  # fmt: skip
_NO_CAPTION = re.compile(
    r"^(?:image|img|picture|图片|圖片|grafik|bild|imagen|pic|photo|figure)?[\s_\-]*\d*(?:\.\w{3,4})?$|"
    r"^[\w\-]+\.(?:png|jpe?g|gif|bmp|tiff?|webp|svg|emf|wmf)$",
    re.IGNORECASE,
)


def picture_type(data: bytes) -> tuple[str, str] | None:
    """Media type and file ending by content; None when it is no picture we show."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp", ".webp"
    return next(((kind, end) for magic, kind, end in _TYPES if data.startswith(magic)), None)


def said(alt: str) -> str:
    """The alternative text when it says anything; a file name or `Image 3` does not."""
    text = " ".join(alt.split())
    return "" if _NO_CAPTION.match(text) else text[:300]


class Pictures:
    """Names the pictures of one manuscript, each use of one under a name of its own."""

    def __init__(self) -> None:
        self._count = 0

    def figure(self, data: bytes, caption: str = "", page: int | None = None) -> Figure | None:
        """A figure for these bytes; None when they are too small, too large or no picture."""
        kind = picture_type(data[:16])
        if kind is None or not _SMALLEST <= len(data) <= MAX_PICTURE:
            return None
        self._count += 1
        return Figure(f"picture-{self._count}{kind[1]}", data, kind[0], page, None, said(caption))
