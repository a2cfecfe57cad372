"""Mails (.eml) to manuscripts: the newest words, the subject as title, attachments apart."""

from __future__ import annotations

import re
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime

from bs4 import Tag

from careloop.knowledge.ingest.formats.draft import Draft, Entry
from careloop.knowledge.ingest.formats.html.encoding import decode_charset
from careloop.knowledge.ingest.formats.html.page import Page
from careloop.knowledge.ingest.formats.html.pruning import main_content
from careloop.knowledge.ingest.formats.html.reader import parse_html
from careloop.knowledge.ingest.formats.personal_data import masked
from careloop.knowledge.ingest.formats.pictures import Pictures
from careloop.knowledge.ingest.formats.quoted_mail import newest_text
from careloop.knowledge.ingest.formats.typed_steps import find_typed_lists
from careloop.knowledge.ingest.manuscript import Manuscript
from careloop.knowledge.ingest.source import SourceFile, decode

READABLE = frozenset(
    {".md", ".markdown", ".txt", ".html", ".htm", ".pdf", ".docx", ".pptx", ".xlsx", ".csv",
     ".tsv", ".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"}
)  # fmt: skip
MAX_PARTS = 200
_PREFIX = re.compile(
    r"^\s*(?:(?:re|fw|fwd|aw|wg|rv|tr|sv|antwort|回复|答复|转发|回覆|轉寄)\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)
_QUOTED = (
    "blockquote[type=cite]", ".gmail_quote", ".gmail_signature", "#Signature", ".moz-signature",
    ".moz-cite-prefix", "#divRplyFwdMsg", "#appendonsend", ".yahoo_quoted", ".protonmail_quote",
    "#mail-editor-reference-message-container", ".qmbox", "includetail", "#isReplyContent",
    ".ntes_signature", ".WordSection1 > div[style*='border-top']",
)  # fmt: skip
_CUTS_REST = ("#divRplyFwdMsg", "#appendonsend")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w\-]+)", re.IGNORECASE)


def read(source: SourceFile) -> Manuscript:
    """The newest part of a mail. Names and addresses of its people are not in the text."""
    message = BytesParser(policy=policy.default).parsebytes(source.content)
    people = _people(message)
    manuscript = Manuscript("")
    subject = _PREFIX.sub("", _header(message, "subject")).strip()
    if subject:
        manuscript.matter["title"] = masked(subject, people)
    _date(message, manuscript)
    manuscript.matter["audience"] = "internal"
    text, page, pictures = _parts(message, manuscript)
    draft = _from_page(page, pictures) if _prefers_page(text, page) else _from_text(text)
    draft.entries = find_typed_lists(draft.entries)
    for entry in draft.entries:
        if entry.kind not in ("figure", "page"):
            entry.text = masked(entry.text, people)
    body = draft.markdown()
    heading = Draft()
    heading.heading(manuscript.matter.get("title", ""), 1)
    manuscript.text = "\n".join(part for part in (heading.markdown(), body) if part)
    manuscript.figures = draft.figures
    if not body:
        manuscript.warnings.append("the mail has no text of its own")
    return manuscript


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = str(message.get(name) or "")
    except (MessageError, ValueError, IndexError, AttributeError, TypeError, LookupError):
        # The standard library stumbles over some malformed headers.
        return ""
    if "\ufffd" in value or any(0xDC80 <= ord(letter) <= 0xDCFF for letter in value):
        raw = value.encode("utf-8", "surrogateescape")
        value = decode(raw)[0] if b"\x00" not in raw else ""
    return " ".join(value.split())


def _people(message: EmailMessage) -> list[str]:
    values = [_header(message, name) for name in ("from", "to", "cc", "reply-to", "sender")]
    return [name for name, _ in getaddresses([value for value in values if value]) if name]


def _date(message: EmailMessage, manuscript: Manuscript) -> None:
    try:
        moment = parsedate_to_datetime(_header(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return
    manuscript.matter["updated"] = moment.date().isoformat()


def _parts(message: EmailMessage, manuscript: Manuscript) -> tuple[str, str, dict[str, bytes]]:
    """Text, page and pictures by address; attachments go to the manuscript."""
    text, page, pictures = "", "", dict[str, bytes]()
    for number, part in enumerate(_walk(message)):
        if number >= MAX_PARTS:
            manuscript.warnings.append(f"only the first {MAX_PARTS} parts are read")
            break
        kind, name = part.get_content_type(), _filename(part)
        attached = part.get_content_disposition() == "attachment"
        if kind in ("text/plain", "text/html") and not attached and not (name and text + page):
            words = _words(part)
            text, page = (
                (f"{text}\n{words}", page) if kind == "text/plain" else (text, page + words)
            )
            continue
        content = _bytes(part)
        place = _header(part, "content-id").strip("<> ")
        if kind.startswith("image/") and not attached and place:
            pictures[f"cid:{place}"] = content
        elif content:
            _attach(name, content, manuscript)
    return text.strip("\n"), page, pictures


def _walk(message: EmailMessage) -> list[EmailMessage]:
    """The leaves of a mail; a mail inside it is an attachment, not text."""
    leaves: list[EmailMessage] = []
    waiting = [message]
    while waiting and len(leaves) <= MAX_PARTS:
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting += [item for item in reversed(payload) if isinstance(item, EmailMessage)]
        else:
            leaves.append(part)
    return leaves


def _attach(name: str, content: bytes, manuscript: Manuscript) -> None:
    clean = re.sub(r"[\x00-\x1f/\\:]+", "_", name).strip("._ ")[:120]
    source = SourceFile(clean, content)
    if clean and source.suffix in READABLE:
        manuscript.attachments.append(source)
    else:
        manuscript.warnings.append(f"attachment left out: {clean or 'without a name'}")


def _filename(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (MessageError, ValueError, IndexError, AttributeError, TypeError, LookupError):
        return ""


def _bytes(part: EmailMessage) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def _words(part: EmailMessage) -> str:
    content = _bytes(part)
    try:
        declared = part.get_content_charset()
    except (ValueError, LookupError, AttributeError, TypeError):
        declared = None
    inner = _CHARSET.search(content[:2000]) if part.get_content_type() == "text/html" else None
    for charset in (declared, inner[1].decode("ascii") if inner else None):
        text = decode_charset(content, charset)
        if text is not None:
            return text
    if b"\x1b$" in content[:4000]:
        return content.decode("iso2022_jp", errors="replace")
    try:
        return decode(content)[0]
    except ValueError:
        return ""


def _prefers_page(text: str, page: str) -> bool:
    """Whether the HTML part says more than the plain one: a table, a list, inline pictures."""
    if not page.strip():
        return False
    return not text.strip() or re.search(r"<(?:table|ol|ul|img)\b", page, re.IGNORECASE) is not None


def _from_text(text: str) -> Draft:
    draft = Draft()
    block: list[str] = []
    for line in [*newest_text(text.replace("\r", "").split("\n")), ""]:
        if line.strip():
            block.append(line.strip())
        elif block:
            draft.add("paragraph", "\n".join(_unwrapped(block)))
            block = []
    return draft


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines that a mail client broke at its width, made whole again."""
    joined: list[str] = []
    for line in lines:
        if joined and 60 <= len(joined[-1].rsplit("\n", 1)[-1]) <= 80 and line[:1].islower():
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def _from_page(page: str, pictures: dict[str, bytes]) -> Draft:
    soup = parse_html(page)
    for selector in _QUOTED:
        for tag in soup.select(selector):
            if selector in _CUTS_REST:
                for after in list(tag.find_next_siblings()):
                    after.decompose()
            if not tag.decomposed:
                tag.decompose()
    reader = Page(embedded=pictures, pictures=Pictures())
    body = main_content(soup)
    reader.read(body if isinstance(body, Tag) else soup)
    _cut(reader.draft)
    return reader.draft


def _cut(draft: Draft) -> None:
    """Cut quoted mail and signature from a draft as from plain text."""
    lines: list[str] = []
    owners: list[int] = []
    for place, entry in enumerate(draft.entries):
        own = entry.text.split("\n") if entry.kind in ("paragraph", "note") else ["\u2060"]
        lines += own
        owners += [place] * len(own)
    kept = newest_text(lines)
    if lines[: len(kept)] != kept or len(kept) == len(lines):
        return
    last = owners[len(kept)] if len(kept) < len(owners) else len(draft.entries)
    part = [line for line, owner in zip(kept, owners, strict=False) if owner == last]
    entries: list[Entry] = draft.entries[:last]
    if part:
        draft.entries[last].text = "\n".join(part)
        entries.append(draft.entries[last])
    names = " ".join(entry.text for entry in entries if entry.kind == "figure")
    draft.entries = entries
    draft.figures = [figure for figure in draft.figures if f"figure:{figure.name})" in names]
