"""Short replies to the bot's last question or step, and the choice among its offered options."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from careloop.agents.mind.reading import Answer
from careloop.knowledge.language.normalize import fold_accents, simplify

_SIGNS = re.compile(r"[^\w\s'/]+|_", re.UNICODE)
_SPACES = re.compile(r"\s+")
_CLAUSE_END = re.compile(r"[,.;:!?，。；：！？、…\n—]|\s-\s")
_POLITE = re.compile(
    r"\b(?:please|pls|thanks|thank you|thx|sir|madam|mate|bitte|danke|por favor|gracias|merci|"
    r"s'il vous plait|obrigad[oa]|спасибо|пожалуйста)\b"
    r"|谢谢(?:您|你)?|请|ありがとうございます|감사합니다|شكرا|من فضلك|cam on|ạ$|(?:ครับ|ค่ะ|คะ|"
    r"นะครับ|นะคะ)$"
    r"|(?<=.)[啊呀呢吧啦哦喔哈嘛]$"
)
_LONGEST = 60
_STRONG_OPENING = frozenset({Answer.YES, Answer.NO, Answer.DONE})
# A clause behind a plain yes or no says more than the word itself.
_MORE_TELLING = (Answer.NOT_SOLVED, Answer.SOLVED, Answer.STUCK, Answer.DONE, Answer.UNKNOWN_VALUE)

_THUMBS = {"👍": Answer.YES, "👌": Answer.YES, "✅": Answer.DONE, "👎": Answer.NO,
"❌": Answer.NO, "🤷": Answer.UNKNOWN_VALUE}  # fmt: skip

_ORDINALS = (
    "1 1st first one erste ersten erster erstes primero primera premier première primeiro "
    "primeira первый первая первое "
    "第一 一番目 첫번째 첫째 الأول الاول الأولى đầu tiên thứ nhất แรก ที่หนึ่ง",
    "2 2nd second two zweite zweiten zweiter zweites segundo segunda deuxième second seconde "
    "второй вторая второе "
    "第二 二番目 두번째 둘째 الثاني الثانية thứ hai ที่สอง",
    "3 3rd third three dritte dritten dritter drittes tercero tercera tercer troisième "
    "terceiro terceira третий третья "
    "третье 第三 三番目 세번째 셋째 الثالث الثالثة thứ ba ที่สาม",
    "4 4th fourth four vierte vierten vierter viertes cuarto cuarta quatrième quarto quarta "
    "четвертый четвертая 第四 "
    "四番目 네번째 넷째 الرابع الرابعة thứ tư ที่สี่",
    "5 5th fifth five fünfte fünften fünfter fünftes quinto quinta cinquième пятый пятая 第五 "
    "五番目 다섯번째 "
    "الخامس الخامسة thứ năm ที่ห้า",
)
_LAST = frozenset(
    [
        "last",
        "letzte",
        "letzter",
        "último",
        "última",
        "dernier",
        "dernière",
        "последний",
        "последняя",
        "最后",
        "最後",
        "마지막",
        "الأخير",
        "cuối",
        "สุดท้าย",
    ]
)
_ORDINAL_NOISE = re.compile(
    r"\b(?:the|number|no|option|one|choice|please|der|die|das|nummer|el|la|lo|opción|opcion|número|numero|le|option|"
    r"o|a|opção|opcao|вариант|номер|번|الخيار|số|cái|ข้อ|อัน)\b|个|個|项|項|种|台|号|番|選|选|我选|번|です|로|으로"
)


def read_answer(text: str) -> Answer | None:
    """The reply, if the whole message is one or clearly opens with one; None otherwise."""
    for sign, answer in _THUMBS.items():
        if text.strip().startswith(sign) and len(text.strip()) <= 4:
            return answer
    if len(text) > 400:
        return None
    clauses = [clause for part in _CLAUSE_END.split(text) if (clause := _plain(part))]
    if not clauses:
        return None
    whole = _phrases().get(_plain(text))
    if whole is not None:
        return whole
    if len(text) > _LONGEST * 2:
        return None
    first = _phrases().get(clauses[0])
    if first is None:
        return _opening_word(clauses[0]) if len(text) <= _LONGEST else None
    if first in (Answer.YES, Answer.NO, Answer.DONE):
        later = [_phrases().get(clause) for clause in clauses[1:]]
        return next((answer for answer in later if answer in _MORE_TELLING), first)
    return first


def match_option(text: str, labels: Sequence[str]) -> int | None:
    """Index of the label the reply picks: its text, its number or its place; None if unclear."""
    said = _plain(text)
    if not said or len(said) > 200:
        return None
    plain_labels = [_plain(label) for label in labels]
    if said in plain_labels:
        return plain_labels.index(said)
    place = _place(said, len(labels))
    if place is not None:
        return place
    inside = [at for at, label in enumerate(plain_labels) if label and _contains(said, label)]
    if len(inside) > 1:
        # `GS-2000 Pro` also contains the label `GS-2000`; the longest label is meant.
        longest = max(inside, key=lambda at: len(plain_labels[at]))
        if all(plain_labels[at] in plain_labels[longest] for at in inside):
            return longest
        return None
    if inside:
        return inside[0]
    around = [
        at for at, label in enumerate(plain_labels) if len(said) >= 2 and _contains(label, said)
    ]
    return around[0] if len(around) == 1 else None


def _opening_word(clause: str) -> Answer | None:
    """`yes it is plugged in`, `да горит`: the first word alone decides, if it is a plain one."""
    words = clause.split(" ")
    if len(words) < 2:
        return None
    answer = _phrases().get(words[0])
    unclear = words[0] in (
        "no",
        "so",
        "right",
        "of",
        "n",
        "k",
        "s",
        "не",
        "не",
        "si",
        "can",
        "a",
        "o",
    )
    if answer in _STRONG_OPENING and not unclear:
        return answer
    return None


def _place(said: str, count: int) -> int | None:
    bare = _SPACES.sub(" ", _ORDINAL_NOISE.sub(" ", said)).strip() or said
    for at, names in enumerate(_ORDINAL_SETS[:count]):
        if bare in names or said in names or bare.replace(" ", "") in names:
            return at
    if bare in _LAST and count:
        return count - 1
    return None


def _contains(outer: str, inner: str) -> bool:
    if not inner:
        return False
    if inner.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(inner)}(?![a-z0-9])", outer) is not None
    return inner in outer


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    text = simplify(text) if not re.search("[ぁ-ヿ]", text) else text
    text = fold_accents(text)
    text = _SPACES.sub(" ", _SIGNS.sub(" ", text)).strip()
    shorter = _SPACES.sub(" ", _POLITE.sub(" ", text)).strip()
    return shorter or text


_ORDINAL_SETS = [frozenset(map(_plain, names.split(" "))) for names in _ORDINALS]


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Answer]:
    source = resources.files("careloop.agents.mind.embedded") / "replies.txt"
    found: dict[str, Answer] = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        head, colon, phrases = line.partition(":")
        if colon and not head.startswith("#"):
            answer = Answer(head.split()[0])
            for phrase in phrases.split("|"):
                found.setdefault(_plain(phrase), answer)
    return found
