"""Web pages (.html) to manuscripts."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Tag

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.formats.html.encoding import decode_page
from careloop.knowledge.ingest.formats.html.page import Page
from careloop.knowledge.ingest.formats.html.pruning import main_content
from careloop.knowledge.ingest.formats.html.questions import (
    linked_data,
    stated_day,
    stated_questions,
)
from careloop.knowledge.ingest.formats.typed_steps import find_typed_lists
from careloop.knowledge.ingest.manuscript import Manuscript
from careloop.knowledge.ingest.source import SourceFile

MAX_PAGE = 10_000_000
"""Bytes of one page; the tree of a longer one would fill the memory."""

_DAY_NAMES = (
    "article:modified_time", "og:updated_time", "last-modified", "dcterms.modified",
    "dc.date.modified", "revised", "article:published_time", "dcterms.date", "dc.date", "date",
    "pubdate",
)  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SITE = re.compile(r"\s+[|–—»·]\s+|\s+-\s+")


def read(source: SourceFile) -> Manuscript:
    """The main content of a page. Nothing is fetched: pictures count only as `data:` addresses."""
    if len(source.content) > MAX_PAGE:
        raise UnreadableSource(
            f"{source.path}: a web page may have at most {MAX_PAGE // 1_000_000} MB; "
            "save it in parts or without its pictures"
        )
    try:
        text = decode_page(source.content)
    except ValueError as error:
        raise UnreadableSource(f"{source.path}: {error}") from None
    soup = parse_html(text)
    matter, data = _matter(soup), linked_data(soup)
    if not matter.get("updated") and stated_day(data):
        matter["updated"] = stated_day(data)
    main = main_content(soup)
    title = main.find("h1")
    if isinstance(title, Tag) and len(main.find_all("h1")) == 1:
        matter["title"] = title.get_text(" ", strip=True) or matter.get("title", "")
    page = Page(matter.get("lang", ""))
    page.read(main)
    _add_stated(page, stated_questions(data))
    page.draft.entries = find_typed_lists(page.draft.entries)
    return Manuscript(page.draft.markdown(), matter, figures=page.draft.figures)


def parse_html(text: str) -> BeautifulSoup:
    """The tree of a page; no address in it is opened."""
    return BeautifulSoup(text.replace("\x00", ""), "lxml")


def _add_stated(page: Page, questions: list[tuple[str, str]]) -> None:
    """Questions the page states for search engines but does not show."""
    shown = _bare(" ".join(entry.text for entry in page.draft.entries))
    for question, answer in questions:
        body = parse_html(answer)
        if _bare(question) in shown and _bare(body.get_text(" "))[:60] in shown:
            continue
        page.question(parse_html(question).get_text(" ", strip=True))
        page.read(body.body or body)


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _matter(soup: BeautifulSoup) -> dict[str, Any]:
    matter: dict[str, Any] = {}
    named = {
        str(tag.get("name") or tag.get("property") or tag.get("http-equiv") or "").lower():
        str(tag.get("content") or "").strip()
        for tag in soup.find_all("meta")
    }  # fmt: skip
    title = named.get("og:title") or ""
    if not title and soup.title is not None:
        # The name of the site behind a bar is not the name of the page.
        title = _SITE.split(soup.title.get_text(" ", strip=True))[0]
    if title:
        matter["title"] = " ".join(title.split())
    root = soup.find("html")
    lang = str(root.get("lang") or root.get("xml:lang") or "") if isinstance(root, Tag) else ""
    lang = lang or named.get("content-language", "")
    if re.match(r"^[A-Za-z]{2}(?:[-_]|$)", lang):
        matter["lang"] = lang[:2].lower()
    for name in _DAY_NAMES:
        match = _DAY.search(named.get(name, ""))
        if match:
            matter["updated"] = match[0]
            break
    return matter
