"""A question taken apart: terms, concepts, codes, models, what kind of answer it wants."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from careloop.knowledge.language.detect import detect
from careloop.knowledge.language.everyday import topicality
from careloop.knowledge.language.identifiers import is_serial, match_codes
from careloop.knowledge.language.model_names import ModelNames
from careloop.knowledge.language.negation import UNSPACED
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.termbase import ConceptMatch, termbase
from careloop.knowledge.language.tokens import content_words, tokenize
from careloop.knowledge.retrieve.focus import AROUND, AROUND_VALUE, CHATTER, clauses
from careloop.knowledge.retrieve.properties import properties
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
    `meanings` groups the concepts by the words that name them. `among` are the models that a part
    of a name leaves open. `properties` are the measurable properties whose value is asked for.
    `focus` is the weight 0..1 of words and concepts that stand beside the part that asks, or are
    said every day; what is not in it weighs 1.
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
    among: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    focus: Mapping[str, float] = field(default_factory=dict)


_STEPS = re.compile(
    r"怎么(?:办|做|换|装|调|清|洗|拆|设|校|重|用|开|关|操作|处理|排|弄|更|安|恢复|进行|"
    r"才能)|如何|怎样|步骤|流程|方法|"
    r"\bhow (?:do|can|should|to|must|would)\b|\bsteps?\b|procedure|instructions|what should "
    r"i do|what to do|what do i do|"
    r"\bcomo\b|\bpasos\b|procedimiento|que hago|que debo|\bwie (?!viel|oft|lang|hoch|schwer|"
    r"gross|groß|weit|schnell|breit|laut|fest|dick|tief|heiß|heiss|"
    r"kalt|warm|stark)|anleitung|schritte|was tun|was mache|"
    r"\bcomment\b|etapes|procedure|que faire|passos|o que (?:fazer|faco)|\bкак\b(?! част| "
    r"долго| быстро| много)|порядок|что делать|"
    r"方法|手順|どうすれば|どうやって|どのように|어떻게|방법|절차|كيف|làm (?:thế nào|sao)|"
    r"cách|các bước|อย่างไร|ยังไง|วิธี"
)
_VALUE = re.compile(
    r"多少|多久|多响|多吵|多宽|多厚|多深|多粗|多紧|几[个次天年月小分度升根片瓶]|"
    r"多长|多大|多重|多高|多快|间隔|周期|范围|上限|下限|规格|参数|"
    r"\bhow (?:much|many|long|often|heavy|high|large|big|fast|far|wide|hot|cold|soon|"
    r"loud|tight|deep|thick|tall|strong|near|close|late|old)\b|"
    r"what(?:'?s| is| are) the|\bwhat (?:\w+ ){1,3}(?:do|does|is|has|are|have)\b|"
    r"which value|interval|range|limit|"
    r"cuant[oa]s?\b|cada cuanto|que (?:rango|valor|potencia|temperatura|peso|tension)|\bwie "
    r"(?:viel|oft|lang|hoch|schwer|gross|groß|weit|schnell|breit|laut|fest|dick|tief|heiß|heiss|"
    r"kalt|warm|stark)|wieviel|welche[rsn]? |"
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


EVERYDAY = 0.5
"""The weight of an everyday word among the search terms."""
_ILL = frozenset({"low", "full", "overheating", "measurement_inaccurate", "display_blank"})
_OTHER_LETTERS = frozenset({"zh", "ja", "ko", "ru", "ar", "th"})
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z\-]+")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,6}\d?|[A-Z]{1,2}\d)\b")


def read_question(text: str, lang: str | None, names: ModelNames, hints: Sequence[str]) -> Question:
    """Take `text` apart in the light of the tenant's model names."""
    lang = lang or detect(text, hints).code
    matches = names.spoken(text)
    masked = normalize(text)
    for item in matches:
        masked = masked[: item.start] + " " * (item.end - item.start) + masked[item.end :]
    codes, cued, bare = [], set(), masked
    for match in match_codes(masked):
        if match.cued:
            cued.add(match.code)
        bare = bare[: match.start] + " " * (match.end - match.start) + bare[match.end :]
        if not is_serial(match.code):
            codes.append(match.code)
    reader = _Reader(lang)
    reader.read(normalize(bare, lang), [match.start for match in match_codes(masked)])
    known = tuple(dict.fromkeys(m.name for m in matches if m.name is not None))
    wants, asked = reader.wants(normalize(text, lang), bool(codes))
    return Question(
        lang,
        tuple(reader.words),
        tuple(reader.concepts),
        tuple(dict.fromkeys(codes)),
        frozenset(reader.covered),
        known,
        any(m.name is None and not m.among for m in matches),
        find_firmware(text),
        wants,
        tuple(reader.content.items()),
        frozenset(cued),
        frozenset(
            token
            for word in (_LATIN_WORD if lang in _OTHER_LETTERS else _ABBREVIATION).findall(text)
            for token in tokenize(word, lang)
        ),
        tuple(dict.fromkeys(reader.meanings)),
        () if known else tuple(dict.fromkeys(m for item in matches for m in item.among)),
        asked,
        reader.focus,
    )


class _Reader:
    """Reads a normalised question clause by clause."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.words: dict[str, None] = {}
        self.concepts: dict[str, None] = {}
        self.covered: set[str] = set()
        self.content: dict[tuple[str, ...], float] = {}
        self.meanings: list[Meaning] = []
        self.focus: dict[str, float] = {}
        self._asked: list[ConceptMatch] = []

    def read(self, text: str, code_places: Sequence[int]) -> None:
        """Take the terms of each clause; clauses beside the asking ones weigh less."""
        found: list[tuple[str, list[ConceptMatch], bool]] = []
        value = False
        for start, end, asks in clauses(text):
            part = text[start:end]
            matches = termbase().concepts(part, self.lang, nested=True)
            told = any(start <= place <= end for place in code_places)
            ill = any(match.kind == "symptom" for match in matches)
            topical = any(match.concept in properties() for match in matches)
            value = value or (topical and not ill)
            found.append((part, matches, asks or told or ill or topical))
        some = any(weighty for _, _, weighty in found)
        for part, matches, weighty in found:
            around = AROUND_VALUE if value else AROUND if matches else CHATTER
            self._clause(part, matches, 1.0 if weighty or not some else around)

    def _clause(self, text: str, found: list[ConceptMatch], weight: float) -> None:
        words = tokenize(text, self.lang)
        rest = text
        for match in found:
            span = text[match.start : match.end]
            self.covered.update(tokenize(span, self.lang))
            if self.lang in UNSPACED:
                self.covered.update(word for word in words if len(word) > 1 and word in span)
            rest = rest[: match.start] + " " * len(span) + rest[match.end :]
        common: set[str] = set()
        for unit in content_words(rest, self.lang):
            if len(unit[0]) == 1 and unit[0].isascii():
                continue
            topical = topicality(unit, self.lang)
            share = weight * topical
            self.content[tuple(unit)] = max(share, self.content.get(tuple(unit), 0.0))
            common.update(unit if topical < 0.5 else ())
        for name in (*words, *(match.concept for match in found)):
            share = weight * (EVERYDAY if name in common else 1.0)
            self.focus[name] = max(share, self.focus.get(name, 0.0))
        self.words.update(dict.fromkeys(words))
        self.concepts.update(dict.fromkeys(match.concept for match in found))
        self.meanings += _meanings(found)
        if weight == 1.0:
            self._asked += found

    def wants(self, text: str, coded: bool) -> tuple[Wants, tuple[str, ...]]:
        """What is wanted, and the properties asked for."""
        wants = wanted(text)
        ill = coded or any(
            match.kind == "symptom" or match.concept in _ILL for match in self._asked
        )
        asked = tuple(dict.fromkeys(m.concept for m in self._asked if m.concept in properties()))
        if wants is not Wants.VALUE and (ill or not asked or wants is Wants.STEPS):
            return wants, ()
        return Wants.VALUE, asked


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
        properties=question.properties or earlier.properties,
        focus={**earlier.focus, **question.focus},
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
