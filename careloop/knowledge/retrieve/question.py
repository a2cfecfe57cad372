"""A question taken apart: terms, concepts, codes, models, what kind of answer it wants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from careloop.knowledge.language.detect import detect
from careloop.knowledge.language.identifiers import is_serial, match_codes
from careloop.knowledge.language.model_names import ModelNames
from careloop.knowledge.language.negation import UNSPACED
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.termbase import ConceptMatch, termbase
from careloop.knowledge.language.tokens import commonness, content_words, tokenize
from careloop.knowledge.retrieve.scope import find_firmware


class Wants(StrEnum):
    """What would answer the question."""

    STEPS = "steps"
    VALUE = "value"
    CAUSE = "cause"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one expression may mean: concepts of its whole, and of its parts."""

    whole: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for. `words` and `concepts` are distinct and in order.

    `in_concept` are the words that a concept already stands for; `unknown_model` is set when
    the text names a variant of a known model that nobody knows. `content` are the words that no
    concept stands for, each as its tokens with a weight of 0..1: ordinary words weigh less.
    `cued` are codes that the text itself calls a code, an error or an alarm. `names` are content
    words that every language writes alike: abbreviations, and Latin words among other letters.
    `meanings` groups the concepts by the words that name them.
    """

    lang: str
    words: tuple[str, ...]
    concepts: tuple[str, ...]
    codes: tuple[str, ...]
    in_concept: frozenset[str]
    models: tuple[str, ...]
    unknown_model: bool
    firmware: str | None
    wants: Wants
    content: tuple[tuple[tuple[str, ...], float], ...] = ()
    cued: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    meanings: tuple[Meaning, ...] = ()


_STEPS = re.compile(
    r"怎么(?:办|做|换|装|调|清|洗|拆|设|校|重|用|开|关|操作|处理|排|弄|更|安|恢复|进行|"
    r"才能)|如何|怎样|步骤|流程|方法|"
    r"\bhow (?:do|can|should|to|must|would)\b|\bsteps?\b|procedure|instructions|what should "
    r"i do|what to do|what do i do|"
    r"\bcomo\b|\bpasos\b|procedimiento|que hago|que debo|\bwie (?!viel|oft|lang|hoch|schwer|"
    r"gross|groß|weit|schnell|breit)|anleitung|schritte|was tun|was mache|"
    r"\bcomment\b|etapes|procedure|que faire|passos|o que (?:fazer|faco)|\bкак\b(?! част| "
    r"долго| быстро| много)|порядок|что делать|"
    r"方法|手順|どうすれば|どうやって|どのように|어떻게|방법|절차|كيف|làm (?:thế nào|sao)|"
    r"cách|các bước|อย่างไร|ยังไง|วิธี"
)
_VALUE = re.compile(
    r"多少|多久|几[个次天年月小分度]|多长|多大|多重|多高|多快|间隔|周期|范围|上限|下限|规格|参数|"
    r"\bhow (?:much|many|long|often|heavy|high|large|big|fast|far|wide|hot|cold|soon)\b|"
    r"what (?:is|are) the|which value|interval|range|limit|"
    r"cuant[oa]s?\b|cada cuanto|que (?:rango|valor|potencia|temperatura|peso|tension)|\bwie "
    r"(?:viel|oft|lang|hoch|schwer|gross|groß|weit|schnell|breit)|welche[rsn]? |"
    r"combien|quel(?:le)?s? |quant[oa]s?\b|qual \b|сколько|как (?:част|долго|быстро)|какой|"
    r"какая|какое|какие|"
    r"いくつ|いくら|何(?:分|時間|日|年|kg|度|回|v|w)|どのくらい|どれくらい|何\w|얼마|몇|كم|"
    r"bao nhiêu|bao lâu|mấy|เท่าไร|เท่าไหร่|กี่|นานแค่ไหน"
)
_CAUSE = re.compile(
    r"为什么|为何|原因|什么意思|含义|是什么|怎么回事|\bwhy\b|cause|reason|\bmean|por que|"
    r"causa|motivo|significa|warum|wieso|"
    r"ursache|grund|bedeut|pourquoi|raison|signifi|почему|причин|означа|なぜ|原因|意味|왜|"
    r"원인|의미|뜻|لماذا|سبب|معنى|"
    r"tại sao|vì sao|nguyên nhân|nghĩa|ทำไม|สาเหตุ|หมายถึง"
)


_OTHER_LETTERS = frozenset({"zh", "ja", "ko", "ru", "ar", "th"})
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z\-]+")
_ABBREVIATION = re.compile(r"\b[A-Z]{2,6}\b")


def read_question(text: str, lang: str | None, names: ModelNames, hints: Sequence[str]) -> Question:
    """Take `text` apart in the light of the tenant's model names."""
    lang = lang or detect(text, hints).code
    matches = names.matches(text)
    masked = names.mask(text)
    codes, cued, bare = [], set(), masked
    for match in match_codes(masked):
        if match.cued:
            cued.add(match.code)
        bare = bare[: match.start] + " " * (match.end - match.start) + bare[match.end :]
        if not is_serial(match.code):
            codes.append(match.code)
    words = dict.fromkeys(tokenize(bare, lang))
    base = termbase()
    text_of_concepts = normalize(bare, lang)
    found = base.concepts(bare, lang, nested=True)
    covered: set[str] = set()
    rest = text_of_concepts
    for concept in found:
        span = text_of_concepts[concept.start : concept.end]
        covered.update(tokenize(span, lang))
        if lang in UNSPACED:
            covered.update(word for word in words if len(word) > 1 and word in span)
        rest = rest[: concept.start] + " " * len(span) + rest[concept.end :]
    content = {
        tuple(unit): 1.0 - 0.8 * commonness(_joined(unit)) if lang == "zh" else 1.0
        for unit in content_words(rest, lang)
    }
    return Question(
        lang,
        tuple(words),
        tuple(dict.fromkeys(concept.concept for concept in found)),
        tuple(dict.fromkeys(codes)),
        frozenset(covered),
        tuple(dict.fromkeys(m.name for m in matches if m.name is not None)),
        any(m.name is None for m in matches),
        find_firmware(text),
        wanted(normalize(text, lang)),
        tuple(content.items()),
        frozenset(cued),
        frozenset(
            token
            for word in (_LATIN_WORD if lang in _OTHER_LETTERS else _ABBREVIATION).findall(text)
            for token in tokenize(word, lang)
        ),
        _meanings(found),
    )


def _meanings(found: Sequence[ConceptMatch]) -> tuple[Meaning, ...]:
    """One meaning for each outermost span; each set of concepts once."""
    outer: list[tuple[int, int]] = []
    for match in found:
        if not any(start <= match.start and match.end <= end for start, end in outer):
            outer.append((match.start, match.end))
    meanings = []
    for start, end in outer:
        inside = [match for match in found if start <= match.start and match.end <= end]
        whole = tuple(m.concept for m in inside if (m.start, m.end) == (start, end))
        parts = tuple(m.concept for m in inside if (m.start, m.end) != (start, end))
        meanings.append(Meaning(tuple(dict.fromkeys(whole)), tuple(dict.fromkeys(parts))))
    return tuple(dict.fromkeys(meanings))


def _joined(pairs: Sequence[str]) -> str:
    """The word that overlapping character pairs were made of."""
    return pairs[0] + "".join(pair[-1] for pair in pairs[1:])


def joined(question: Question, earlier: Question) -> Question:
    """A follow-up together with what was asked before it."""
    return replace(
        question,
        words=tuple(dict.fromkeys(question.words + earlier.words)),
        concepts=tuple(dict.fromkeys(question.concepts + earlier.concepts)),
        codes=tuple(dict.fromkeys(question.codes + earlier.codes)),
        in_concept=question.in_concept | earlier.in_concept,
        content=tuple(dict.fromkeys(question.content + earlier.content)),
        cued=question.cued | earlier.cued,
        names=question.names | earlier.names,
        meanings=tuple(dict.fromkeys(question.meanings + earlier.meanings)),
    )


def wanted(text: str) -> Wants:
    """What kind of answer a normalised question asks for."""
    if _VALUE.search(text) and not _STEPS.search(text):
        return Wants.VALUE
    if _CAUSE.search(text):
        return Wants.CAUSE
    if _STEPS.search(text):
        return Wants.STEPS
    return Wants.ANY
