"""Stems of the words that the termbase knows, read from a table instead of reckoned at start.

`term_stems.txt` is made by `python -m careloop.knowledge.language.term_stems`; `--check` exits
with 1 when it is out of date. A word that is not in it, or a table of another stemmer, costs time
and nothing else: the stemmer itself is asked.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path

from careloop.knowledge.language.tokens import stem

STEMMED = ("en", "es", "de", "fr", "pt", "ru")
_FILE = "term_stems.txt"


def stem_of(word: str, lang: str) -> str:
    """The same as `tokens.stem`."""
    known = _table().get(lang)
    found = known.get(word) if known is not None else None
    return stem(word, lang) if found is None else found


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    source = resources.files("careloop.knowledge.language") / _FILE
    if not source.is_file():
        return {}
    lines = source.read_text(encoding="utf-8").splitlines()
    if not lines or lines[0] != _heading():
        return {}
    found: dict[str, dict[str, str]] = {}
    for line in lines[1:]:
        lang, stemmed, *written = line.split(" ")
        table = found.setdefault(lang, {})
        for word in written:
            table[word] = stemmed
    return found


def _heading() -> str:
    return f"# snowballstemmer {metadata.version('snowballstemmer')}"


def render(words: Iterable[tuple[str, str]]) -> str:
    """The text of the table for these (language, word)."""
    groups: dict[tuple[str, str], list[str]] = {}
    for lang, word in sorted(set(words)):
        groups.setdefault((lang, stem(word, lang)), []).append(word)
    lines = [f"{lang} {stemmed} {' '.join(found)}" for (lang, stemmed), found in groups.items()]
    return "\n".join([_heading(), *sorted(lines), ""])


def main(arguments: list[str] | None = None) -> int:
    """Write the table, or compare it."""
    from careloop.knowledge.language.name_index import stemmed_words
    from careloop.knowledge.language.term_tables import shipped_concepts

    parser = argparse.ArgumentParser(description="Write the stems of the termbase's words.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on drift")
    text = render(stemmed_words(shipped_concepts()))
    path = Path(__file__).with_name(_FILE)
    if parser.parse_args(arguments).check:
        drifted = not path.exists() or path.read_text(encoding="utf-8") != text
        if drifted:
            sys.stderr.write(f"{path.name} is out of date; run it without --check\n")
        return int(drifted)
    path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{path.name}: {len(text) // 1000} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
