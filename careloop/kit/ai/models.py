"""The models that the settings name, joined to their limits: one for the whole process."""

from __future__ import annotations

from careloop.kit.ai.budget import Allowance, UsageBook
from careloop.kit.ai.client import OpenAIChat, OpenAIEmbedder
from careloop.kit.ai.guarded import GuardedChat, GuardedEmbedder
from careloop.kit.ai.ports import Chat, Embedder
from careloop.kit.ai.transport import Patience, Transport
from careloop.kit.db import Database
from careloop.kit.settings import Settings


class Models:
    """Gives each tenant its guarded model, or None where the settings name none."""

    def __init__(self, settings: Settings, database: Database | None = None) -> None:
        self.book = UsageBook(database)
        patience = Patience(seconds=settings.llm_seconds)
        self._allowance = Allowance(
            settings.llm_seconds, settings.llm_tokens_per_call, settings.llm_tokens_per_day
        )
        self._chat: OpenAIChat | None = None
        self._embedder: OpenAIEmbedder | None = None
        if settings.llm_base_url and settings.llm_model:
            transport = Transport(settings.llm_base_url, settings.llm_api_key, patience)
            self._chat = OpenAIChat(transport, settings.llm_model)
        if settings.embed_provider == "openai" and settings.embed_model:
            address = settings.embed_base_url or settings.llm_base_url
            # The key of one server is never sent to another.
            key = settings.embed_api_key if settings.embed_base_url else settings.llm_api_key
            embeds = Transport(address, key, patience)
            self._embedder = OpenAIEmbedder(embeds, settings.embed_model, settings.embed_prefixes)

    def chat(self, tenant_id: str) -> Chat | None:
        """The language model, for this tenant."""
        if self._chat is None:
            return None
        return GuardedChat(self._chat, tenant_id, self.book, self._allowance)

    def embedder(self, tenant_id: str) -> Embedder | None:
        """The embedding model on another's server, for this tenant."""
        if self._embedder is None:
            return None
        return GuardedEmbedder(self._embedder, tenant_id, self.book, self._allowance)

    def close(self) -> None:
        """Save what is counted."""
        self.book.save()
