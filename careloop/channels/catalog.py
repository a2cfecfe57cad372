"""Every channel there is; a new one is a folder and one line here."""

from __future__ import annotations

from careloop.channels.contract import Adapter, Manifest
from careloop.channels.web.adapter import WebAdapter

CHANNELS: dict[str, Adapter] = {"web": WebAdapter()}

PLAIN = Manifest("plain", text_limit=100_000, cards=False, buttons=0)
"""Where only text can be shown: the shell, a log, `ask`."""
