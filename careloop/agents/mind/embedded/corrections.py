"""Serials that the writer takes back: "not X but Y", "X, oops, I mean Y", "不是X，是Y"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from careloop.agents.mind.embedded.serials import SerialSpan

_REACH = 48
_LONGEST_GAP = 160
# Small words that may stand between a negation and the serial it negates.
_NAMING = (
    r"(?:\s*(?:(?:the|that|this|my|our|one|unit|machine|device|serial|number|s/?n|with|no|"
    r"der|die|das|dem|den|gerät|maschine|nummer|seriennummer|mit|um|"
    r"el|la|los|de|del|equipo|máquina|número|serie|con|le|du|numéro|o|a|do|da|"
    r"номер|аппарат|прибор|станок)(?![^\W_])|l'|序列号|编号|机器|那台|这台|设备|是)[.:：# ]*){0,4}"
)
# "It is not X": said of one serial alone this takes it back.
_IS_NOT = re.compile(
    r"(?:(?<![^\W_])(?:(?:is|was|it's|its|that's)\s+not|isn't|isnt|"
    r"wasn't|(?:ist|war|ists|wars)\s+(?:es\s+)?(?:nicht|keine?)|no\s+(?:es|era|son|fue|eran)|"
    r"n'est\s+pas|não\s+(?:é|era)|это\s+не|không\s+phải(?:\s+là)?|ليس|ليست)"
    r"|(?<!是)(?:不是|并不是|并非)|ไม่ใช่)" + _NAMING + r"[ \"'“(]{0,3}$",
    re.IGNORECASE,
)
# "Y, not X": needs the other serial. A verb before it ("läuft nicht X") negates the verb.
_NOT_BEFORE = re.compile(
    r"(?:(?:^|[,.;:–—(]|(?<![^\W_])(?:und|and|aber|but|et|y|e|а|и))\s*"
    r"(?:not|nicht|pas|não|nao|не)|"
    r"(?<![^\W_])(?:instead\s+of|rather\s+than|statt|anstatt|anstelle\s+von|en\s+vez\s+de|"
    r"en\s+lugar\s+de|au\s+lieu\s+de|em\s+vez\s+de|ao\s+invés\s+de|вместо|بدلا\s+من)|"
    r"而不是|而非|不要|(?:^|[，,。；])\s*非)" + _NAMING + r"[ \"'“(]{0,3}$",
    re.IGNORECASE,
)
_NOT_SOMEWHERE = re.compile(
    r"(?<![^\W_])(?:not|nicht|pas|não|no|не)" + _NAMING + r"[ \"'“(]{0,3}$", re.IGNORECASE
)
_BUT_AFTER = re.compile(
    r"^[\s,;)\"']{0,3}(?:(?:sino|but|sondern|mais|mas sim|а)(?![^\W_])|而是)",
    re.IGNORECASE,
)
# "X is not Y": a statement about two devices, both of them meant.
_STATEMENT = re.compile(
    r"^\s*(?:(?:is|was|are)\s+not|isn't|ist\s+nicht|war\s+nicht|no\s+(?:es|era)|n'est\s+pas|"
    r"não\s+é|不是|并不是|并非|không\s+phải(?:\s+là)?|ليس|ไม่ใช่|это\s+не)" + _NAMING + r"\s*$",
    re.IGNORECASE,
)
_END = r"(?=\s*(?:[,.;:!?，。；！？、\n)–—-]|$|sondern|sino|but|aber|it's|es|应该|而是|是))"
# "X is not the one": these need the clause to end there, lest "X is not starting" take X back.
_NOT_IT = (
    r"(?:is|was)(?:\s+not|n't)\s+(?:it|(?:the\s+)?(?:right|correct)(?:\s+one|\s+number)?|the\s+one|"
    r"mine|ours)|(?:is|was)\s+(?:wrong|a\s+(?:typo|mistake)|incorrect)|"
    r"(?:ist|war|stimmt|wars|ists)\s+(?:es\s+)?(?:nicht|falsch)(?:\s+d(?:ie|as|er)\s+richtige)?|"
    r"no\s+(?:es|era)(?:\s+(?:la|el|ese|esa|ese\s+equipo|(?:la\s+|el\s+)?correct[oa]))?|"
    r"está\s+mal|es\s+incorrect[oa]|está\s+equivocad[oa]|"
    r"n'est\s+pas\s+(?:le\s+bon|la\s+bonne|ça)|ce\s+n'est\s+pas(?:\s+ça)?|"
    r"não\s+é(?:\s+(?:esse|essa|o\s+certo))?|está\s+errado|é\s+errado|"
    r"(?:это\s+)?не\s+(?:тот|та|то)|неверн\w+|"
    r"(?:这个|那个|那台)?(?:不是|不对|错了|是错的|写错了|打错了|说错了|弄错了)|không\s+phải|ไม่ใช่"
)
_NOT_AFTER = re.compile(
    rf"^[\s,)\"'”]{{0,3}}(?:(?:{_NOT_IT}){_END}|"
    r"じゃなくて|じゃない|ではなく|ではありません|でなく|(?:이|가)?\s?(?:아니라|아니고|아닙니다|아니에요))",
    re.IGNORECASE,
)
# Words that put a new number in the place of the last.
_I_MEAN = (
    r"(?:oops|ups|hoppla|whoops|i\s+mean|i\s+meant|meant\s+to\s+(?:say|write|type)|scratch\s+that|"
    r"correction|should\s+(?:be|read|say)|make\s+that|typo|"
    r"ich\s+mein(?:e|te)|mein(?:e|te)\s+ich|gemeint\s+(?:ist|war)|korrektur|vielmehr|besser\s+gesagt|"
    r"vertippt|verschrieben|quiero\s+decir|quise\s+decir|mejor\s+dicho|corrijo|corrección|me\s+equivoqué|"
    r"je\s+veux\s+dire|je\s+voulais\s+dire|plutôt|quero\s+dizer|quis\s+dizer|aliás|corrigindo|"
    r"то\s+есть|точнее|вернее|ошибся|ошиблась|опечатка|"
    r"我是说|我的意思是|更正|纠正|说错了?|写错了?|打错了?|发错了?|搞错了?|应该是|而是|"
    r"訂正|間違え\w*|ではなく|じゃなくて|정정|아니라|ý\s+tôi\s+là|nhầm|أقصد|اقصد|عفوا|แก้เป็น|หมายถึง)"
)
_SMALL = (
    r"(?:no|nein|nee|ne|non|não|нет|不|不是|不对|sorry|pardon|entschuldigung|perdón|perdon|disculpe|"
    r"desculpe|извините|抱歉|不好意思|对不起|すみません|죄송|wait|halt|moment|espera|等等|等一下|"
    r"actually|rather|it's|it\s+is|its|is|das\s+ist|es\s+ist|ist|es|es\s+el|the|die|der|das|el|la|"
    r"是|那个|这个|serial|s/?n|number|nummer|número|序列号|ah|oh|ach|uh|um|äh|eh|hm+|呃|哦|啊)"
)
_SIGNS = r"[\s,.;:…!—–\-，。；：！、()（）\"']"
_TAKEN_BACK = re.compile(
    rf"(?<![A-Za-zÀ-ÿ]){_I_MEAN}{_SIGNS}*(?:{_SMALL}{_SIGNS}*){{0,4}}$", re.IGNORECASE
)
_ONLY_SORRY = re.compile(
    rf"^{_SIGNS}*(?:(?:{_SMALL}){_SIGNS}+)*"
    r"(?:no|nein|non|не|нет|不对|不|sorry|pardon|entschuldigung|perdón|perdon|disculpe|desculpe|"
    r"извините|抱歉|不好意思|wait|halt|moment|espera|等等|actually|rather)"
    rf"(?:{_SIGNS}+(?:{_SMALL}))*{_SIGNS}*$",
    re.IGNORECASE,
)


def without_rejected(flat: str, spans: Sequence[SerialSpan]) -> list[SerialSpan]:
    """The serials in the order of the text, less those that the text itself takes back.

    A serial named several times counts as it is named last. `flat` is the flattened text whose
    places the spans give.
    """
    ordered = sorted(spans, key=lambda span: span.start)
    said: dict[str, bool] = {}
    for at, span in enumerate(ordered):
        said[_name(span)] = _rejected(flat, ordered, at)
    return [span for span in ordered if not said[_name(span)]]


def _name(span: SerialSpan) -> str:
    return span.candidate.serial or span.candidate.written


def _rejected(flat: str, ordered: Sequence[SerialSpan], at: int) -> bool:
    span = ordered[at]
    left = ordered[at - 1].end if at else 0
    follows = at + 1 < len(ordered)
    right = ordered[at + 1].start if follows else len(flat)
    before, after = flat[left : span.start], flat[span.end : right]
    if (at and _STATEMENT.match(before)) or (follows and _STATEMENT.match(after)):
        return False
    if _NOT_AFTER.match(after[:_REACH]):
        return True
    if _negated(before[-_REACH:], after, alone=len(ordered) == 1):
        return True
    return follows and _replaced(after)


def _negated(before: str, after: str, *, alone: bool) -> bool:
    if _IS_NOT.search(before):
        # "Isn't it X?" asks.
        return not (alone and re.match(r"\s*[?？]", after))
    if alone:
        return False
    if _NOT_BEFORE.search(before):
        return True
    return bool(_NOT_SOMEWHERE.search(before) and _BUT_AFTER.match(after))


def _replaced(gap: str) -> bool:
    """Whether the words between two serials put the second in the place of the first."""
    if len(gap) > _LONGEST_GAP:
        return False
    return bool(_TAKEN_BACK.search(gap) or (len(gap) <= _REACH and _ONLY_SORRY.match(gap)))
