"""A file as it was handed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below the folder given; `path` is relative to it, with forward slashes."""

    path: str
    content: bytes

    @property
    def suffix(self) -> str:
        """Lower-case ending with the dot, e.g. `.md`; empty when there is none."""
        name = self.path.rsplit("/", 1)[-1]
        return "." + name.rsplit(".", 1)[1].lower() if "." in name else ""


def decode(content: bytes) -> tuple[str, str | None]:
    """The text and the name of the encoding when it is not UTF-8; ValueError if it is no text."""
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("the file is binary")
    for encoding in (
        "utf-8-sig",
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030",
    ):
        try:
            return content.decode(encoding), None if encoding == "utf-8-sig" else encoding
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace"), "cp1252"
