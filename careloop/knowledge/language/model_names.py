"""Product model names in free text, in any spelling; the longest known name wins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from careloop.knowledge.language.model_parts import ModelParts
from careloop.knowledge.language.normalize import normalize

_SEPARATOR = r"[\s\-_/.·]*"
# A word that makes another model out of the name before it.
_VARIANT = re.compile(
    r"[\s\-]{0,2}(?:pro|plus|max|mini|lite|ultra|neo|evo|se|xl|xs|hd|ii|iii|iv|[+])(?![a-z0-9])"
)


_ALSO_WORDS = frozenset({"se", "plus", "max", "mini"})


def canonical_model(name: str) -> str:
    """The name without case, width and separators: `GS-2000 Pro` gives `gs2000pro`."""
    return re.sub(_SEPARATOR, "", normalize(name))


class ModelMatch(NamedTuple):
    """A model in a text; offsets in the normalised text. `name` is None for an unknown variant
    or, with `among`, for a part that several models share."""

    name: str | None
    start: int
    end: int
    among: tuple[str, ...] = ()


class ModelNames:
    """Finds the known models of one maker. Building is cheap; matching is one pass."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_canonical = {canonical_model(name): name for name in names if name.strip()}
        self._by_canonical.pop("", None)
        ordered = sorted(self._by_canonical, key=len, reverse=True)
        self._pattern = (
            re.compile(
                r"(?<![a-z0-9])(?:"
                + "|".join(_spelled(name) for name in ordered)
                + r")(?![a-z0-9])"
            )
            if ordered
            else None
        )
        self._parts = ModelParts(self._by_canonical)

    def __len__(self) -> int:
        return len(self._by_canonical)

    def matches(self, text: str) -> list[ModelMatch]:
        """Models with their places; a known name followed by an unknown variant has no name."""
        if self._pattern is None:
            return []
        written, text = text, normalize(text)
        found = []
        for match in self._pattern.finditer(text):
            variant = _VARIANT.match(text, match.end())
            if variant and len(written) == len(text) and _only_a_word(written, match, variant):
                variant = None
            name = self._by_canonical.get(canonical_model(match[0]))
            end = variant.end() if variant else match.end()
            found.append(ModelMatch(None if variant else name, match.start(), end))
        return found

    def spoken(self, text: str) -> list[ModelMatch]:
        """As `matches`, and models named by a part as people say it: "the 24S", "unser 37er".

        For what people write only: in a table `24 V` is a voltage.
        """
        whole = self.matches(text)
        if not self._by_canonical:
            return whole
        taken = [(match.start, match.end) for match in whole]
        # Letters keep their places under normalisation but for rare ligatures; then no part
        # is looked for, since case cannot be compared.
        parts = [
            ModelMatch(names[0] if len(names) == 1 else None, start, end,
                       () if len(names) == 1 else names)
            for names, start, end in self._parts.find(text, normalize(text))
            if not any(start < other and begin < end for begin, other in taken)
        ]  # fmt: skip
        return sorted([*whole, *parts], key=lambda match: match.start)

    def find(self, text: str) -> list[str]:
        """Known models named in the text, each once, in order."""
        names = (match.name for match in self.matches(text))
        return list(dict.fromkeys(name for name in names if name is not None))

    def resolve(self, name: str) -> str | None:
        """The known spelling of a model name given alone."""
        return self._by_canonical.get(canonical_model(name))

    def mask(self, text: str) -> str:
        """The normalised text with every model name blanked out."""
        text = normalize(text)
        for match in self.matches(text):
            text = text[: match.start] + " " * (match.end - match.start) + text[match.end :]
        return text


def _only_a_word(written: str, name: re.Match[str], variant: re.Match[str]) -> bool:
    """Whether what could be a variant is a word of the sentence: "la GS-200 se paró". A variant
    is written with capitals where its model is."""
    word = written[variant.start() : variant.end()]
    if word.strip(" -").lower() not in _ALSO_WORDS or not word[0].isspace():
        return False
    return word.islower() and any(c.isupper() for c in written[name.start() : name.end()])


def _spelled(canonical: str) -> str:
    return _SEPARATOR.join(re.escape(letter) for letter in canonical)
