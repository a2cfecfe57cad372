"""Whether a translation says what its original says, as far as code can tell.

Numbers with their units, codes and names of models and parts, terms, and structure are compared
block by block; a block whose fellow is missing is a fault of structure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from pydantic import BaseModel

from careloop.knowledge.hazard import classify, is_hazard_note, needs_engineer
from careloop.knowledge.ingest.blocks import Block, parse_blocks, plain
from careloop.knowledge.ingest.procedure import read_branch
from careloop.knowledge.language.detect import detect
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.termbase import Termbase
from careloop.knowledge.translate.numbers import in_words, numbers
from careloop.knowledge.translate.protect import IDENTIFIER, QUANTITY

Kind = Literal["number", "code", "term", "structure"]
GRAVE = frozenset({"number", "code", "structure"})
"""Kinds that a machine's translation must not have to be trusted."""
MAX_PROBLEMS = 200
SHOWN = 160
_IDENTIFIER = re.compile(IDENTIFIER)
_QUANTITY = re.compile(QUANTITY)
_KINDS = frozenset({"component", "symptom", "cause"})
"""Kinds of concepts whose names are held to; others are said in too many ways."""
MIN_NAME = {"zh": 3, "ja": 3, "ko": 3}
"""Shorter names, in letters, mean too many things."""
_LETTERS = re.compile(r"[^\W\d_]")


class Problem(BaseModel):
    """Where original and translation differ: both places, and what is wrong."""

    kind: Kind
    source: str
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """A text in one language."""

    title: str
    body: str
    lang: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block without blocks inside; `shape` is what a translation must keep."""

    shape: str
    text: str


def check(
    source: Version, target: Version, terms: Termbase, models: Sequence[str] = ()
) -> list[Problem]:
    """What is wrong, in the order of the text; at most `MAX_PROBLEMS`."""
    before, after = _leaves(source), _leaves(target)
    found: list[Problem] = []
    shapes = SequenceMatcher(
        None, [leaf.shape for leaf in before], [leaf.shape for leaf in after], autojunk=False
    )
    for verb, low, high, start, end in shapes.get_opcodes():
        if verb == "equal":
            for one, other in zip(before[low:high], after[start:end], strict=True):
                found += _compared(one, other, source.lang, target.lang, terms, models)
            continue
        lost = before[low:high] or [Leaf("", "")]
        made = after[start:end] or [Leaf("", "")]
        found.append(_problem("structure", lost[0].text, made[0].text, _told(lost, made)))
    if len(after) > 1 and _in_other_language(target):
        text = f"The text does not read as {target.lang}"
        found.append(_problem("structure", source.title, target.title, text))
    return found[:MAX_PROBLEMS]


def is_grave(problems: Sequence[Problem]) -> bool:
    """Whether a number, a code or the structure is wrong."""
    return any(problem.kind in GRAVE for problem in problems)


def _leaves(version: Version) -> list[Leaf]:
    return [Leaf("title", version.title), *_flat(parse_blocks(version.body), "")]


def _flat(blocks: Sequence[Block], path: str) -> Iterator[Leaf]:
    for block in blocks:
        match block.kind:
            case "ordered" | "bullets":
                mark = f"{block.kind} from {block.start}" if block.kind == "ordered" else "bullets"
                yield Leaf(f"{path}{mark} of {len(block.items)}", "")
                for item in block.items:
                    yield from _item(item, f"{path}{block.kind} > ", block.kind == "bullets")
            case "table":
                yield Leaf(f"{path}table {len(block.headers)} x {len(block.rows)}", "")
                for row in [block.headers, *block.rows]:
                    yield from (Leaf(f"{path}cell", cell) for cell in row)
            case "quote":
                yield Leaf(f"{path}{_hazard(block.text)}", block.text)
            case "heading":
                yield Leaf(f"{path}heading {block.level}", block.text)
            case "figure":
                yield Leaf(f"{path}figure {','.join(block.figures)}", block.text)
            case _:
                pictures = f" {','.join(block.figures)}" if block.figures else ""
                yield Leaf(f"{path}{block.kind}{pictures}", plain(block))


def _item(item: Sequence[Block], path: str, bullet: bool) -> Iterator[Leaf]:
    branch = read_branch(plain(item[0])) if bullet and item else None
    if branch is None:
        yield from _flat(item, path)
        return
    yield Leaf(f"{path}branch to {branch.target}", plain(item[0]))
    yield from _flat(item[1:], path)


def _hazard(text: str) -> str:
    if not (is_hazard_note(text) or needs_engineer(text)):
        return "quote"
    return f"hazard note for {classify(text).role}"


def _compared(
    one: Leaf, other: Leaf, source: str, target: str, terms: Termbase, models: Sequence[str]
) -> Iterator[Problem]:
    if bool(_LETTERS.search(one.text)) and not other.text.strip():
        yield _problem("structure", one.text, "", "This is empty in the translation")
        return
    yield from _numbers(one.text, other.text, source, target)
    yield from _codes(one.text, other.text, models)
    if one.shape != "title":
        yield from _terms(one.text, other.text, source, target, terms)


def _numbers(one: str, other: str, source: str, target: str) -> Iterator[Problem]:
    wanted, given = numbers(one, source), numbers(other, target)
    for number in list(wanted):
        same = next((item for item in given if number.same(item)), None)
        if same is not None:
            wanted.remove(number)
            given.remove(same)
    for number in wanted:
        if not any(in_words(value, other, target) for value in number.values):
            yield _problem("number", one, other, f"{number.text} is missing, or its unit differs")
    for number in given:
        if not any(in_words(value, one, source) for value in number.values):
            yield _problem("number", one, other, f"{number.text} is not in the original")


def _codes(one: str, other: str, models: Sequence[str]) -> Iterator[Problem]:
    wanted, given = _identifiers(one), _identifiers(other)
    for model in models:
        if _named(model, one) != _named(model, other):
            yield _problem("code", one, other, f"{model} is named in one of the two only")
    for code in wanted - given:
        yield _problem("code", one, other, f"{code.upper()} is missing")
    for code in given - wanted:
        yield _problem("code", one, other, f"{code.upper()} is not in the original")


def _identifiers(text: str) -> Counter[str]:
    bare = _QUANTITY.sub(" ", text)
    found = {re.sub(r"[-_/.]", "", match[0]).casefold() for match in _IDENTIFIER.finditer(bare)}
    return Counter(found)


def _named(model: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(model)}(?![\w-])", text, re.IGNORECASE) is not None


def _terms(one: str, other: str, source: str, target: str, terms: Termbase) -> Iterator[Problem]:
    """Each name of the original is in the translation by one of the names of its concept, or by a
    part of one ("tips" for "pipette tips"). Names that several concepts share are not judged."""
    spans: dict[tuple[int, int], list[str]] = {}
    for match in terms.concepts(one, source):
        spans.setdefault((match.start, match.end), []).append(match.concept)
    said: set[str] | None = None
    text, there = normalize(one, source), normalize(other, target)
    for (start, end), keys in spans.items():
        name = text[start:end]
        if len(keys) > 1 or len(name) < MIN_NAME.get(source, 4):
            continue
        if not _is_held(terms, keys[0], target):
            continue
        if said is None:
            said = {match.concept for match in terms.concepts(other, target, nested=True)}
        names = terms.concepts_by_key[keys[0]].names[target]
        inner = {match.concept for match in terms.concepts(name, source, nested=True)}
        if said & inner or any(_partly(normalize(item, target), there, target) for item in names):
            continue
        told = f"{name!r}: {' / '.join(names[:3])}"
        yield _problem("term", one, other, f"The termbase has {told}")


def _partly(name: str, text: str, lang: str) -> bool:
    """Whether a word of the name, or most of one, stands in the text."""
    if lang in ("zh", "ja", "ko", "th"):
        return any(name[at : at + 2] in text for at in range(max(1, len(name) - 1)))
    words = re.findall(r"[^\W\d_]{4,}", name)
    return any(
        word[:5] in text
        or word[-5:] in text
        or any(len(other) > 4 and other[:5] in word for other in re.findall(r"[^\W\d_]{5,}", text))
        for word in words
    )


def _is_held(terms: Termbase, key: str, target: str) -> bool:
    concept = terms.concepts_by_key[key]
    return concept.kind in _KINDS and bool(concept.names.get(target))


def _in_other_language(target: Version) -> bool:
    """Whether the whole is surely in another language: a translator that only repeats."""
    words = f"{target.title}\n{target.body}"[:6000]
    found = detect(words, (target.lang,))
    return found.code != target.lang and found.confidence > 0.8 and len(words) > 80


def _told(lost: Sequence[Leaf], made: Sequence[Leaf]) -> str:
    def names(leaves: Sequence[Leaf]) -> str:
        shapes = [leaf.shape for leaf in leaves if leaf.shape]
        return ", ".join(shapes[:3]) + (" ..." if len(shapes) > 3 else "") or "nothing"

    return f"The original has {names(lost)}, the translation {names(made)}"


def _problem(kind: Kind, source: str, target: str, text: str) -> Problem:
    def short(words: str) -> str:
        line = " ".join(words.split())
        return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"

    return Problem(kind=kind, source=short(source), target=short(target), text=text)
