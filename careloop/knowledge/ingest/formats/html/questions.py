"""Questions and answers on a page: accordions, definition lists, schema.org data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from careloop.knowledge.ingest.formats.html.pruning import names

_QUESTION_CLASS = re.compile(
    r"^(?:.*[-_])?(?:(?:faq|accordion|accordeon|collapse|collapsible|collaps|toggle|qa|expander|"
    r"panel)[-_]*(?:item|elementor)?[-_]*(?:title|header|heading|head|question|button|btn|trigger|"
    r"label|toggle|summary|q)|question|question[-_](?:title|text)|ask)$",
    re.IGNORECASE,
)
_LONGEST = 300


def is_question(tag: Tag) -> bool:
    """Whether an element is what one presses to see an answer, or is marked up as a question."""
    if tag.name in ("details", "li", "ul", "ol", "table", "dl", "form"):
        return False
    by_role = tag.name in ("button", "a", "div", "span") and (
        tag.has_attr("aria-expanded")
        or "collapse" in (tag.get("data-toggle"), tag.get("data-bs-toggle"))
    )
    by_class = any(_QUESTION_CLASS.match(name) for name in names(tag) if len(name) < 60)
    by_data = tag.get("itemprop") == "name" and _in_question(tag)
    if not (by_role or by_class or by_data):
        return False
    text = tag.get_text(" ", strip=True)
    inner = tag.find(["p", "ul", "ol", "table", "details"])
    return 2 <= len(text) <= _LONGEST and (inner is None or len(text) < 120)


def _in_question(tag: Tag) -> bool:
    holder = tag.find_parent(attrs={"itemtype": True})
    return holder is not None and str(holder.get("itemtype")).rstrip("/").endswith("Question")


def linked_data(soup: BeautifulSoup) -> list[Any]:
    """The JSON-LD blocks of a page; broken ones are left out."""
    found = []
    for script in soup.find_all("script", type=re.compile(r"^application/ld\+json", re.I)):
        try:
            found.append(json.loads(script.get_text()))
        except (ValueError, RecursionError):
            continue
    return found


def stated_questions(data: list[Any]) -> list[tuple[str, str]]:
    """Questions and answers (HTML) of every FAQPage in JSON-LD."""
    found = []
    for node in _nodes(data, 0):
        if _is_type(node, "Question"):
            question, answer = node.get("name"), node.get("acceptedAnswer")
            answers = answer if isinstance(answer, list) else [answer]
            texts = [item.get("text") for item in answers if isinstance(item, dict)]
            words = [text for text in texts if isinstance(text, str) and text.strip()]
            if isinstance(question, str) and question.strip() and words:
                found.append((question.strip(), "\n".join(words)))
    return found


def stated_day(data: list[Any]) -> str:
    """The day of the last change in JSON-LD, '' when there is none."""
    for key in ("dateModified", "datePublished"):
        for node in _nodes(data, 0):
            if isinstance(node.get(key), str):
                return str(node[key])[:10]
    return ""


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 12:
        return
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _nodes(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)


def _is_type(node: dict[str, Any], name: str) -> bool:
    kind = node.get("@type")
    return name in (kind if isinstance(kind, list) else [kind])
