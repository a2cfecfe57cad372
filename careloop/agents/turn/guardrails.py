"""The last look at what is about to be said, the same for every mind.

Links lead to the maker's own sites only: an address that somebody planted in an article, a file
name or a message is never handed on to a customer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from careloop.agents.mind.ports import Say
from careloop.kit.messages import Part, Reply, Source, Sources, StepCard

# No word boundary: Chinese and Japanese write an address straight after a word.
_LINK = re.compile(
    r"(?i)(?:https?://|(?<![a-z0-9])www\.)[^\s<>()\[\]\"'，。；、）】！？：》」』”’]+"
)
REMOVED = "[…]"


def check(said: Say, own_hosts: Sequence[str]) -> Say:
    """The same turn without foreign links."""
    return replace(said, replies=tuple(_checked(reply, own_hosts) for reply in said.replies))


def without_foreign_links(text: str, own_hosts: Sequence[str]) -> str:
    """The text with links to hosts other than `own_hosts` (and below) taken out."""

    def kept(match: re.Match[str]) -> str:
        host = _host(match.group())
        own = any(host == name or host.endswith(f".{name}") for name in own_hosts if name)
        return match.group() if host and own else REMOVED

    return _LINK.sub(kept, text)


def _host(address: str) -> str:
    """The host that a browser would go to; empty for an address that is none."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
    except ValueError:  # brackets or letters that stand in no host name
        return ""
    return (parts.hostname or "").rstrip(".")


def _checked(reply: Reply, own_hosts: Sequence[str]) -> Reply:
    text = without_foreign_links(reply.text, own_hosts)
    parts = [_checked_part(part, own_hosts) for part in reply.parts]
    return reply.model_copy(update={"text": text, "parts": parts})


def _checked_part(part: Part, own_hosts: Sequence[str]) -> Part:
    if isinstance(part, StepCard):
        hazards = [without_foreign_links(line, own_hosts) for line in part.hazards]
        text = without_foreign_links(part.text, own_hosts)
        return part.model_copy(update={"text": text, "hazards": hazards})
    if isinstance(part, Sources):
        return part.model_copy(update={"items": [_excerpt(i, own_hosts) for i in part.items]})
    return part


def _excerpt(item: Source, own_hosts: Sequence[str]) -> Source:
    excerpt = without_foreign_links(item.excerpt, own_hosts)
    return item.model_copy(update={"excerpt": excerpt})
