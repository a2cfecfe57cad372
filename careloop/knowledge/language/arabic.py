"""Arabic words without article, attached prepositions, possessives and common endings.

The light stemming of the retrieval literature (Larkey, Ballesteros, Connell 2002, "light10"),
on text that `normalize` has folded: ة is ه and ى is ي. What may or may not belong to the word
gives further readings.
"""

from __future__ import annotations

_ARTICLES = ("وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "ال", "لل")
_ATTACHED = ("وب", "ول", "فب", "فل", "و", "ف", "ب", "ل", "ك")
# With the fewest letters they leave: كرتون is no plural of كرت.
_ENDINGS = (("ها", 3), ("ات", 3), ("ان", 4), ("ون", 4), ("ين", 4), ("يه", 3), ("ه", 3), ("ي", 3))
_OWNERS = ("كم", "هم", "نا", "تنا", "تكم", "تها", "ته", "تي", "ا", "ك")
_PERSONS = "يتن"
_SHORTEST = 3


def arabic_keys(word: str) -> tuple[str, ...]:
    """The stem, then its other readings: without what may be attached, without an owner."""
    bare = _without(word, _ARTICLES)
    readings = [bare]
    readings += [_without(bare[len(b) :], _ARTICLES) for b in _ATTACHED if _left(bare, b)]
    keys = [_ended(reading) for reading in readings]
    for ending in _OWNERS:
        keys += [
            _ended(reading[: -len(ending)])
            for reading in readings
            if reading.endswith(ending) and len(reading) - len(ending) >= _SHORTEST
        ]
    return tuple(dict.fromkeys(keys))


def present_tense(word: str) -> str:
    """A verb in the present without its person: يعمل and تعمل are one."""
    if len(word) > _SHORTEST and word[0] in _PERSONS:
        word = "ي" + word[1:]
    return _ended(word)


def _without(word: str, beginnings: tuple[str, ...]) -> str:
    return next((word[len(b) :] for b in beginnings if _left(word, b)), word)


def _left(word: str, beginning: str) -> bool:
    return word.startswith(beginning) and len(word) - len(beginning) >= _SHORTEST


def _ended(word: str) -> str:
    for ending, left in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return word[: -len(ending)]
    return word
