"""Endings of Korean predicates, so that one form of a name finds the others."""

from __future__ import annotations

_FIRST, _LAST = 0xAC00, 0xD7A3
_VOWELS, _FINALS = 21, 28
_NONE, _N, _L, _M, _B, _SS = 0, 4, 8, 16, 17, 20
_I, _EO, _YEO, _A, _WA, _O, _U, _WO, _AE, _EU = 20, 4, 6, 0, 9, 8, 13, 14, 1, 18
_CONTRACTED = {_I: _YEO, _O: _WA, _U: _WO, _EU: _EO, _A: _A, _EO: _EO, _AE: _AE}
_HA = "하"


def predicate_forms(name: str) -> tuple[str, ...]:
    """Beginnings of the spoken forms of a name that ends in the noun form of a predicate.

    `안 걸림` gives `안 걸리`, `안 걸립`, `안 걸려` and others, `지 않음` gives `지 않`; a name
    that is no such form gives nothing.
    """
    last = name[-1:]
    if not last or not _FIRST <= ord(last) <= _LAST:
        return ()
    if last == "음":
        before = name[-2:-1]
        closed = before and _FIRST <= ord(before) <= _LAST and (ord(before) - _FIRST) % _FINALS
        return (name[:-1],) if closed and len(name) > 2 else ()
    place = ord(last) - _FIRST
    if place % _FINALS != _M or len(name) < 3:
        return ()
    head, vowel, first = name[:-1], place // _FINALS % _VOWELS, place // (_VOWELS * _FINALS)
    open_forms = [_syllable(first, vowel, final) for final in (_NONE, _N, _L, _B, _SS)]
    short = _AE if _syllable(first, vowel, _NONE) == _HA else _CONTRACTED.get(vowel)
    if short is not None:
        open_forms += [_syllable(first, short, final) for final in (_NONE, _SS)]
    return tuple(dict.fromkeys(head + syllable for syllable in open_forms))


def _syllable(first: int, vowel: int, final: int) -> str:
    return chr(_FIRST + (first * _VOWELS + vowel) * _FINALS + final)
