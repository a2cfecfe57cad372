"""What a channel is: a manifest that says what it can show, and an adapter that translates.

The agent never tests a channel's name; `fit` turns one rich reply into what a channel can carry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from careloop.kit.messages import (
    DeviceCard,
    InboundMessage,
    Part,
    Picture,
    QuickReplies,
    Reply,
    Source,
    Sources,
    StepCard,
    TicketCard,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a channel can do. `text_limit` is in characters; `buttons` is how many fit a message.

    With `cards` the channel shows parts itself; without, they are written out as text.
    `pulls` tells that the customer's side fetches messages and nothing has to be sent.
    """

    channel: str
    text_limit: int
    cards: bool
    buttons: int
    pulls: bool = False


class Adapter(Protocol):
    """Translates between a channel's wire and our messages."""

    manifest: Manifest

    def parse(self, payload: Mapping[str, Any], sender: str) -> InboundMessage:
        """One inbound message; `sender` is the identity the edge has verified."""
        ...


def fit(reply: Reply, manifest: Manifest) -> list[Reply]:
    """The reply as this channel can carry it, in one or more messages, nothing left out."""
    if manifest.cards:
        shown = reply
    else:
        texts = [reply.text, *(_written(part) for part in reply.parts)]
        buttons = [part for part in reply.parts if isinstance(part, QuickReplies)]
        few = [part for part in buttons if len(part.options) <= manifest.buttons]
        parts: list[Part] = [*few]
        shown = Reply(
            text="\n\n".join(text for text in texts if text), language=reply.language, parts=parts
        )
    pieces = split(shown.text, manifest.text_limit)
    fitted = [Reply(text=piece, language=shown.language) for piece in pieces[:-1]]
    last = shown.model_copy(update={"text": pieces[-1] if pieces else ""})
    return [*fitted, last]


def split(text: str, limit: int) -> list[str]:
    """Cut at paragraphs, else lines, else spaces, else anywhere; no piece exceeds `limit`."""
    pieces: list[str] = []
    rest = text
    while len(rest) > limit:
        head = rest[:limit]
        cut = next((at for sign in ("\n\n", "\n", " ") if (at := head.rfind(sign)) > 0), limit)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest else pieces


def _written(part: Part) -> str:
    """A card in words."""
    if isinstance(part, StepCard):
        return "\n".join([*part.hazards, f"{part.index}/{part.total} {part.text}"])
    if isinstance(part, TicketCard):
        return f"{part.number}: {part.state_label}"
    if isinstance(part, DeviceCard):
        return " · ".join(value for value in (part.serial, part.model, part.name) if value)
    if isinstance(part, Picture):
        return f"{part.caption} (p. {part.page})" if part.page else part.caption
    if isinstance(part, Sources):
        return "\n".join(_named(item) for item in part.items)
    return ""


def _named(source: Source) -> str:
    place = f", {source.section}" if source.section else ""
    page = f", p. {source.page}" if source.page else ""
    return f"[{source.document}] {source.title}{place}{page}"
