"""Parts of model names as people say them: "the 24S", "8E 旋盖机", "our 37er", "LXG-24".

A part with a digit and a letter stands for the models that end in it; a bare number and the
letters of a series need words around them that speak of a machine. A part shared by several
models means any of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

_SEGMENT = re.compile(r"[a-z]+|\d+|[^\W\d_a-z]+")
_WHOLE = re.compile(
    r"(?<![A-Za-z0-9.,\-/])([A-Za-z]{3,6}[- ]?\d{1,5}[- ]?[A-Za-z]{0,4})(?![A-Za-z0-9])"
)
_PART = re.compile(
    r"(?<![A-Za-z0-9.,\-/])([A-Za-z]{0,3}-?\d{1,5}-?(?:er|[A-Za-z]{0,4}))(?![A-Za-z0-9])"
)
_TYPE = re.compile(r"(?<![A-Za-z0-9])(?:(\d{1,5})[ -])?([A-Za-z]{2,6})(?![A-Za-z0-9])")
_SERIES = re.compile(r"(?<![A-Za-z0-9\-])([A-Z]{2,6})(?![A-Za-z0-9\-]|[ ]?\d)")
_LIKE_UNITS = frozenset(
    [
        "v",
        "a",
        "w",
        "s",
        "m",
        "g",
        "l",
        "h",
        "k",
        "c",
        "f",
        "n",
        "hz",
        "kw",
        "kg",
        "mm",
        "cm",
        "bar",
        "mpa",
        "min",
        "pa",
        "db",
        "gb",
        "mb",
        "tb",
        "x",
    ]
)
_MAINS = frozenset(
    [
        "5v",
        "12v",
        "24v",
        "36v",
        "48v",
        "100v",
        "110v",
        "115v",
        "120v",
        "127v",
        "200v",
        "208v",
        "220v",
        "230v",
        "240v",
        "277v",
        "380v",
        "400v",
        "415v",
        "440v",
        "460v",
        "480v",
        "600v",
        "690v",
    ]
)
_THE = (
    r"(?:\b(?:the|our|my|your|this|that|an?|der|die|das|dem|den|des|unser\w*|mein\w*|eur\w*|vom|"
    r"beim|am|el|la|los|las|nuestr\w+|mi|del|al|le|notre|mon|ma|du|au|cette|cet|o|a|nosso|nossa|"
    r"meu|minha|do|da|no|na|наш\w*|мо[йяе]\w*|model|modell|modelo|modèle|type|typ|tipo|модел\w*|"
    r"máy|cái|con|chiếc|la de|el de|los de)|"
    r"型号|机型|这台|那台|我们的?|我家|咱们?的?|モデル|機種|うちの|우리|모델)\s*[:：]?\s*$"
)
_MACHINE = (
    r"\s?(?:er\b|型|机型|机(?!油)|款|系列|号机|那台|这台|的|[-\s]?(?:series|type|model|machine|unit|"
    r"typ|serie|modell|maschine|gerät|modelo|máquina|série|modèle)\b)"
)
_OF_THE, _OF_MACHINE = re.compile(_THE, re.IGNORECASE), re.compile(_MACHINE, re.IGNORECASE)
_VERB = re.compile(
    r"\s*(?:$|[?!.,;，。？！]|\s(?:is|has|does|doesn|shows?|keeps?|stopp?ed|won|makes?|needs?|runs?|"
    r"ist|hat|zeigt|macht|läuft|braucht|tiene|muestra|hace|est|affiche|fait|tem|mostra|faz|"
    r"inverter|показывает)\b|(?:报|显示|出|老|不|又|开))",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    r"(?:报|显示|后面|前面|里面|上面|下面|旁边|那|这|で|は|の|が|に|も|って|은|는|에|의|도)"
)
"""What follows the name of a machine in languages that do not part words, and no quantity."""
_LEAST_DIGITS = 3


class ModelParts:
    """Finds models by their parts; `models` maps canonical to shown names."""

    def __init__(self, models: Mapping[str, str]) -> None:
        tails: defaultdict[str, list[str]] = defaultdict(list)
        series: defaultdict[str, list[str]] = defaultdict(list)
        longer: defaultdict[str, list[str]] = defaultdict(list)
        types: defaultdict[str, list[str]] = defaultdict(list)
        self._swapped: dict[str, str] = {}
        for canonical, name in models.items():
            segments = _SEGMENT.findall(canonical)
            for at in range(1, len(segments)):
                tail = "".join(segments[at:])
                if any(c.isdigit() for c in tail):
                    tails[tail].append(name)
                if segments[at].isdigit() and tail != segments[at]:
                    longer[segments[at]].append(name)
            if len(segments) > 2 and segments[-1].isalpha() and len(segments[-1]) > 1:
                types[segments[-1]].append(name)
            if len(segments) > 1 and segments[0].isalpha():
                series[segments[0]].append(name)
                for typo in _swaps(segments[0]):
                    self._swapped[typo + "".join(segments[1:])] = name
        # "The 2000" may be the GS-2000 or the GS-2000 Pro: nobody's machine is guessed.
        self._tails = {
            tail: tuple(dict.fromkeys((*tails.get(tail, ()), *longer.get(tail, ()))))
            for tail in (*tails, *longer)
        }
        self._types = {word: tuple(names) for word, names in types.items()}
        self._series = {letters: tuple(names) for letters, names in series.items()}
        self._swapped = {typo: name for typo, name in self._swapped.items() if typo not in models}

    def find(self, text: str, normal: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
        """Models and places; `normal` is the normalised text, of the same length or no use."""
        if len(text) != len(normal):
            text = normal
        for match in _WHOLE.finditer(text):
            name = self._swapped.get(_bare(match[1]))
            if name is not None:
                yield (name,), match.start(1), match.end(1)
        for match in _PART.finditer(text):
            names = self._by_part(text, match)
            if names:
                yield names, match.start(1), match.end(1)
        for match in _TYPE.finditer(text) if self._types else ():
            names = self._by_type(text, match)
            if names:
                yield names, match.start(), match.end()
        for match in _SERIES.finditer(text):
            names = self._series.get(match[1].lower(), ())
            if names:
                yield names, match.start(1), match.end(1)

    def _by_type(self, text: str, match: re.Match[str]) -> tuple[str, ...]:
        """Models by the word behind their number: "the Pro", "Pro那台", "2000 Pro"."""
        number, word = match[1], match[2].lower()
        if number:
            return self._tails.get(number + word, ())
        names = self._types.get(word, ())
        the = _OF_THE.search(text[: match.start()][-24:]) if names else None
        capital = match[2][0].isupper()
        called = the is not None and (capital or not re.search(r"\ban?\s*$", the[0]))
        shown = capital and _OF_MACHINE.match(text[match.end() :][:16])
        return names if called or shown else ()

    def _by_part(self, text: str, match: re.Match[str]) -> tuple[str, ...]:
        written, part = match[1], _bare(match[1])
        if re.fullmatch(r"\d{2,}er", part):
            return self._tails.get(part) or self._tails.get(part[:-2], ())
        names = self._tails.get(part, ())
        called = _OF_THE.search(text[: match.start(1)][-24:]) is not None
        after = text[match.end(1) :][:16]
        machine = _OF_MACHINE.match(after) is not None
        if part.isdigit():
            named = machine or (called and _VERB.match(after) is not None)
            named = named or (len(part) >= _LEAST_DIGITS and _NO_COUNT.match(after) is not None)
            return names if len(part) > 1 and named else ()
        unit = re.sub(r"^\d+", "", part) in _LIKE_UNITS
        if unit and (part in _MAINS or written.upper() != written):
            return names if called or machine else ()
        return names


def _bare(written: str) -> str:
    return re.sub(r"[- ]", "", written).lower()


def _swaps(letters: str) -> Iterator[str]:
    """The letters with two neighbours in the wrong order, the commonest slip of the hand."""
    for at in range(len(letters) - 1):
        if len(letters) > 2 and letters[at] != letters[at + 1]:
            yield letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
