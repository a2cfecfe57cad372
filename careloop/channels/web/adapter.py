"""The web channel: the widget shows cards itself and fetches its messages by `seq`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from careloop.channels.contract import Manifest
from careloop.kit.messages import InboundMessage

CHANNEL = "web"


class WebAdapter:
    """Translates what the widget posts; who is speaking was settled by the chat token."""

    manifest = Manifest(CHANNEL, text_limit=20_000, cards=True, buttons=12, pulls=True)

    def parse(self, payload: Mapping[str, Any], sender: str) -> InboundMessage:
        """One message of the widget; `client_msg_id` makes a repeated post harmless."""
        return InboundMessage(
            channel=CHANNEL,
            sender=sender,
            external_id=str(payload["client_msg_id"]),
            text=str(payload.get("text", "")),
            attachment_ids=list(payload.get("attachment_ids", [])),
            action=str(payload.get("action", "")),
        )
