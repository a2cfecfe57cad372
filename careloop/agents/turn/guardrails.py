"""The last look at what is about to be said, the same for every mind.

Links lead to the maker's own sites only: an address that somebody planted in an article, a file
name or a message is never handed on to a customer, whatever scheme or mark-up it hides in. Letters
that turn the direction of a line or carry unseen text are taken out, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from careloop.agents.mind.ports import Say
from careloop.kit.messages import Part, Picture, Reply, Source, Sources, StepCard

# No word boundary: Chinese and Japanese write an address straight after a word.
_REST = r"[^\s<>()\[\]\"'，。；、）】！？：》」』”’]"
_LINK = re.compile(
    rf"(?i)(?:[a-z][a-z0-9+.\-]{{0,20}}://|(?<![a-z0-9])www\.|(?<![\w:/])//(?=[^\s/]+\.)"
    rf"|(?<![a-z])(?:javascript|vbscript|data|blob|file):(?=\S)){_REST}+"
)
_BARE = re.compile(
    r"(?i)(?<![\w@.\-/])(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+"
    r"(?:com|net|org|info|biz|top|xyz|shop|site|online|link|click|club|vip|cc|icu|live|store|app"
    rf"|ru|cn|tk|io|co)(?![\w\-])(?:/{_REST}*)?"
)
"""A host without scheme, in domains that messengers turn into links."""
_TAG = re.compile(
    r"(?i)</?\s*(?:a|img|script|iframe|object|embed|form|input|button|link|meta|style|svg|base"
    r"|video|audio)\b[^>]{0,2000}>?"
)
_UNSEEN = re.compile("[\u202a-\u202e\U000e0000-\U000e007f]")
_SCHEMES = frozenset({"http", "https"})
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

    text = _TAG.sub(" ", _UNSEEN.sub("", text))
    return _BARE.sub(kept, _LINK.sub(kept, text))


def _host(address: str) -> str:
    """The host that a browser would go to; empty for an address that is none."""
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.\-]*(?=:)", address)
    if scheme and scheme[0].lower() not in _SCHEMES:
        return ""
    try:
        parts = urlsplit(address if "//" in address[:8] else f"https://{address}")
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
        title = without_foreign_links(part.title, own_hosts)
        return part.model_copy(update={"title": title, "text": text, "hazards": hazards})
    if isinstance(part, Picture):
        caption = without_foreign_links(part.caption, own_hosts)
        return part.model_copy(update={"caption": caption})
    if isinstance(part, Sources):
        return part.model_copy(update={"items": [_source(i, own_hosts) for i in part.items]})
    return part


def _source(item: Source, own_hosts: Sequence[str]) -> Source:
    told = {"title": item.title, "section": item.section, "excerpt": item.excerpt}
    return item.model_copy(
        update={name: without_foreign_links(text, own_hosts) for name, text in told.items()}
    )
