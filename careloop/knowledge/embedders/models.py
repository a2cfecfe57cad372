"""Stored vectors of passages."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import TenantRow


class PassageVector(TenantRow):
    """The vector of a text by a model: `dims` numbers of float16, little-endian.

    Keyed by what was embedded and not by the passage, so that an article compiled again, or a
    passage that moves, costs nothing. `text_hash` is the SHA-256 of `vectors.text_of`.
    """

    __tablename__ = "knowledge_vectors"
    audited: ClassVar[bool] = False

    model: Mapped[str] = mapped_column(String(200), primary_key=True)
    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    dims: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)
