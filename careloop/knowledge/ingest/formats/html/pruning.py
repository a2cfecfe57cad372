"""What on a web page is content: menus, banners, scripts and hidden text go."""

from __future__ import annotations

import re
from itertools import islice

from bs4 import BeautifulSoup, Comment, Tag

_DROPPED = [
    "script", "style", "noscript", "template", "iframe", "svg", "canvas", "object", "embed",
    "input", "select", "textarea", "video", "audio", "map", "head", "link", "meta", "nav",
    "frame", "frameset", "applet", "datalist", "progress", "dialog", "math-field",
]  # fmt: skip
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog",
          "menu", "menubar", "toolbar"}  # fmt: skip
_FURNITURE = re.compile(
    r"^(?:.*[-_])?(?:cookies?|cookie-?(?:banner|bar|consent|notice|popup)|consent|gdpr|onetrust|"
    r"breadcrumbs?|crumbs?|sidebar|side-bar|sidenav|toc|table-of-contents|menu|submenu|navbar|"
    r"topbar|nav|navigation|footer|site-footer|page-footer|site-header|masthead|social|share|"
    r"sharing|advert|ads?|newsletter|related|related-(?:posts|articles)|pagination|pager|"
    r"skip-?link|skip-to-content|sr-only|visually-hidden|screen-reader-text|headerlink|"
    r"anchor-?link|edit-?link|print-?button|feedback|comments?|search-?(?:form|box)|"
    r"language-?(?:switcher|selector)|back-to-top|modal|popup)(?:[-_](?:banner|bar|container|"
    r"wrapper|list|links|inner|content|section|box|area|popup|overlay|message|text))*$",
    re.IGNORECASE,
)
_PANEL = re.compile(r"accordion|collaps|faq|toggle|panel|answer|tab|expand", re.IGNORECASE)
ADMONITION = re.compile(
    r"(?<![a-z0-9])(?P<kind>danger|error|warning|warn|caution|attention|notice|note|tip|hint|info|"
    r"important|admonition|callout|alert)(?![a-z0-9])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])",
                     re.IGNORECASE)  # fmt: skip
_LEAST_SHARE = 0.25


def names(tag: Tag) -> list[str]:
    """The classes and the id of an element."""
    classes = tag.get("class")
    found = classes.split() if isinstance(classes, str) else list(classes or ())
    return [name for name in [*found, str(tag.get("id") or "")] if name]


def admonition(tag: Tag) -> str:
    """`danger`, `warning`, `caution` or `note` when an element is a box of that kind, else ''."""
    if tag.name not in ("div", "aside", "section", "p", "blockquote", "dl", "span", "table"):
        return ""
    kinds = [
        match["kind"].lower() for name in names(tag)
        for match in ADMONITION.finditer(name) if len(name) <= 40
    ]  # fmt: skip
    for kinds_of, kind in (
        (("danger", "error"), "danger"), (("warning", "warn"), "warning"),
        (("caution", "attention"), "caution"),
    ):  # fmt: skip
        if any(found in kinds_of for found in kinds):
            return kind
    return "note" if kinds else ""


def main_content(soup: BeautifulSoup) -> Tag:
    """Remove what is no content and return the element that holds the text."""
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    title = soup.find("h1")
    _prune(soup, title if isinstance(title, Tag) else None)
    body = soup.body or soup
    whole = _length(body)
    candidates = [*soup.find_all("main"), *soup.find_all(role="main")]
    articles = soup.find_all("article")
    if len(articles) == 1:
        candidates += articles
    best = max(candidates, key=_length, default=None)
    # A page whose `main` holds next to nothing keeps its text elsewhere.
    return best if best is not None and _length(best) >= whole * _LEAST_SHARE else body


def _length(tag: Tag) -> int:
    return len(tag.get_text())


def _prune(soup: BeautifulSoup, title: Tag | None) -> None:
    waiting: list[Tag] = [soup]
    while waiting:
        for tag in [node for node in waiting.pop().children if isinstance(node, Tag)]:
            if _is_dropped(tag):
                _remove(tag, title)
            else:
                waiting.append(tag)


def _is_dropped(tag: Tag) -> bool:
    if tag.name in ("html", "body", "main", "article"):
        return False
    if tag.name in _DROPPED or _is_furniture(tag):
        return True
    if tag.name in ("header", "footer", "aside"):
        inside = tag.name == "header" and tag.find_parent(["main", "article"]) is not None
        return not inside and not admonition(tag)
    return _is_hidden(tag)


def _remove(tag: Tag, title: Tag | None) -> None:
    """Take an element out, but leave the page's title in its place."""
    if title is not None and any(holder is tag for holder in title.parents):
        tag.insert_before(title.extract())
    tag.decompose()


def _is_furniture(tag: Tag) -> bool:
    if str(tag.get("role") or "").lower() in _ROLES:
        return True
    if tag.name in ("h1", "table", "td", "tr", "tbody", "li", "p", "pre", "code"):
        return False
    if admonition(tag) and not any("cookie" in name.lower() for name in names(tag)):
        return False
    if not any(_FURNITURE.match(name) for name in names(tag)):
        return False
    # Some page frames call the whole page a menu or a panel.
    return tag.find(["main", "article", "h1"]) is None


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "")
    hidden = (
        tag.has_attr("hidden") or tag.get("aria-hidden") == "true"
        or (bool(style) and _HIDDEN.search(style) is not None)
    )  # fmt: skip
    if not hidden:
        return False
    held = [tag, *islice(tag.parents, 3)]
    return not any(
        _PANEL.search(name) for item in held if isinstance(item, Tag) for name in names(item)
    ) and tag.get("role") not in ("region", "tabpanel")
