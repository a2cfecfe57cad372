"""The characters of a web page: byte order mark, declared charset, then what fits."""

from __future__ import annotations

import codecs
import re

from careloop.knowledge.ingest.source import decode

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w\-]{2,24})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w\-]{2,24})", re.IGNORECASE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "iso-8859-1": "cp1252",
          "latin1": "cp1252", "us-ascii": "utf-8", "shift_jis": "cp932", "shift-jis": "cp932",
          "sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949"}  # fmt: skip
_NEVER = {"utf-7", "utf7", "unicode-1-1-utf-7"}


def decode_charset(content: bytes, charset: str | None) -> str | None:
    """The text when `charset` is known and fits the bytes (a few broken ones may be lost)."""
    name = (charset or "").strip().lower()
    if not name or name in _NEVER:
        return None
    try:
        codec = codecs.lookup(_WIDER.get(name, name))
        if not getattr(codec, "_is_text_encoding", True):
            return None
        return content.decode(codec.name)
    except LookupError:
        return None
    except (UnicodeDecodeError, ValueError):
        text = content.decode(codec.name, errors="replace")
        return text if text.count("\ufffd") * 200 <= len(text) else None


def decode_page(content: bytes) -> str:
    """The text of a page; ValueError when the bytes are no text."""
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(content)[0]
    head = content[:8192]
    declared = _DECLARED.search(head) or _XML.search(head)
    for charset in ("utf-8", declared[1].decode("ascii") if declared else None):
        try:
            text = content.decode("utf-8") if charset == "utf-8" else None
        except UnicodeDecodeError:
            text = None
        text = text or decode_charset(content, charset if charset != "utf-8" else None)
        if text is not None and "\x00" not in text[:4096]:
            return text
    return decode(content)[0]
