"""Two documents that say different things about the same matter: both are shown, with dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from careloop.knowledge.language.model_names import canonical_model
from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.language.tokens import tokenize
from careloop.knowledge.retrieve.rank import Ranked, Ranking
from careloop.knowledge.retrieve.snapshot import Snapshot, SourcePassage

NEAR, COVERED = 0.7, 0.8
"""A rival must come this close to the best in score, and in what it covers of the question."""
ALIKE = 0.6
"""Two statements are about the same when they share this much of their words."""
RIVALS = 12

_STATEMENT = re.compile(r"[^。；;！？!?\n]+?(?:[。；;！？!?\n]|\.(?=\s|$)|$)")
_QUANTITY = re.compile(
    r"(?<![\w.,-])([-+±]?\d[\d.,]*)(?:\s*[-–~～至]\s*[-+]?\d[\d.,]*)?\s*"
    r"([a-z°℃%µμ·/²³]{1,8}|[一-鿿]{1,2}|[ぁ-んァ-ヶ]{1,2}|[가-힣]{1,2})",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d[\d.,]*")


def contradicting(snapshot: Snapshot, text: str, lang: str, ranking: Ranking) -> Ranked | None:
    """The passage of another document that says otherwise than the best one, if any.

    Only documents for the same models count: what is said of one model alone goes before what is
    said of all, and a document that is replaced has been left out before.
    """
    if not ranking.ranked:
        return None
    best = ranking.ranked[0]
    asked = set(tokenize(text, lang))
    said = _closest(snapshot, best, asked)
    for rival in ranking.ranked[1:RIVALS]:
        if rival.score < best.score * NEAR or rival.covered < best.covered * COVERED:
            continue
        if not _comparable(snapshot, best, rival):
            continue
        other = _closest(snapshot, rival, asked)
        if said and other and _differ(said, other, _language(snapshot, best), text):
            return rival
    return None


def _comparable(snapshot: Snapshot, best: Ranked, rival: Ranked) -> bool:
    first, second = (snapshot.passages[item.passage] for item in (best, rival))
    documents = [snapshot.documents[item.document] for item in (first, second)]
    if documents[0].key == documents[1].key or documents[0].lang != documents[1].lang:
        return False
    models = [
        {canonical_model(name) for name in item.models or document.models}
        for item, document in zip((first, second), documents, strict=True)
    ]
    return bool(models[0] & models[1]) or not (models[0] or models[1])


def _language(snapshot: Snapshot, item: Ranked) -> str:
    return snapshot.documents[snapshot.passages[item.passage].document].lang


def _closest(snapshot: Snapshot, item: Ranked, asked: set[str]) -> str:
    """The statement of the passage that shares most words with the question."""
    passage = snapshot.passages[item.passage]
    lang = _language(snapshot, item)

    def shared(statement: str) -> int:
        return len(asked & set(tokenize(statement, lang)))

    return max(_statements(passage), key=shared, default="")


def _statements(passage: SourcePassage) -> Iterator[str]:
    if passage.kind in ("table", "procedure", "step_list", "figure"):
        return
    if passage.kind == "table_row":
        yield passage.text
        return
    for match in _STATEMENT.finditer(passage.text):
        if match[0].strip():
            yield match[0].strip()


def _differ(first: str, second: str, lang: str, question: str) -> bool:
    """Whether two statements say the same of other figures, or one denies the other."""
    words = [set(tokenize(_FIGURE.sub(" ", text), lang)) for text in (first, second)]
    union = words[0] | words[1]
    if not union or len(words[0] & words[1]) / len(union) < ALIKE:
        return False
    quantities = [_quantities(text, question) for text in (first, second)]
    shared = set(quantities[0]) & set(quantities[1])
    if any(not quantities[0][unit] & quantities[1][unit] for unit in shared):
        return True
    denied = [_denied(text, lang) for text in (first, second)]
    return not quantities[0] and not quantities[1] and denied[0] != denied[1]


def _quantities(text: str, question: str) -> dict[str, set[str]]:
    """Figures by unit, without those that the question itself names."""
    named = set(_FIGURE.findall(question))
    found: dict[str, set[str]] = {}
    for match in _QUANTITY.finditer(text):
        if match[1] not in named:
            found.setdefault(match[2].casefold(), set()).add(match[0].replace(" ", ""))
    return found


def _denied(text: str, lang: str) -> frozenset[str]:
    matches = termbase().concepts(text, lang)
    return frozenset(match.concept for match in matches if match.negated)
