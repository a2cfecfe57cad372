"""Whether a text denies what it names."""

from __future__ import annotations

import re

UNSPACED = frozenset({"zh", "ja", "ko", "th"})
"""Languages whose words are not parted by spaces, or join their particles."""

_WORDS_BEFORE = {
    lang: frozenset(cues.split())
    for lang, cues in {
        "en": "not no never without cannot nor neither",
        "es": "no sin nunca ni ningun ninguna",
        "de": "nicht kein keine keinen keiner keinem ohne nie weder",
        "fr": "ne n pas sans jamais aucun aucune ni",
        "pt": "nao sem nunca nem nenhum nenhuma",
        "ru": "не нет без ни",
        "ar": "لا لم لن ليس ليست بدون دون غير ما",
        "vi": "không chưa chẳng khong chua chang",
    }.items()
}
# Said inside a name these deny; before one they may also mean "more".
_INSIDE_ONLY = {"fr": frozenset({"plus"})}
# A negation does not reach beyond these.
_TURNS = {
    lang: frozenset(words.split())
    for lang, words in {
        "en": "but because although however", "es": "pero porque aunque sino",
        "de": "aber weil sondern obwohl denn", "fr": "mais car parce",
        "pt": "mas porque embora", "ru": "но потому хотя", "ar": "لكن لان",
        "vi": "nhưng vì nhung",
    }.items()
}  # fmt: skip
_BEFORE = {
    "zh": re.compile(
        r"(?:没有?|不|未|无|非|不是|不会|不能|无法|不再|不曾)"
        r"(?:发现|出现|发生|看到|看见|听到|检测到|任何|什么|明显的?|再|被|有|在)?$"
    ),
    "ja": re.compile(r"(?:非|無|未|不)$"),
    "ko": re.compile(r"(?:^|[\s,.])(?:안|못|미|무)\s?$"),
    "th": re.compile(r"(?:ไม่|ไม่มี|ไม่ได้|ไม่พบ|ไม่เคย|ยังไม่|ไม่ใช่|ไร้|ปราศจาก)\s?$"),
}  # fmt: skip
_ZH_QUESTION = re.compile(r"(?:有没有|是不是|能不能|会不会|要不要|可不可以|是否)$")
_AFTER = {
    # Characters as `normalize` leaves them: simplified.
    "ja": re.compile(
        r"^(?:が|は|も|を|に|では|でも)?"
        r"(?:起こ|起き|发生|出|见られ|见え|あ|で|さ|し|行|确认|检出|作动)?"
        r"(?:して|でき|され|られ|て|で|し|き|り|ら|わ|か|さ|た|ば|ま|が|く|れ|せ|え)*"
        r"(?:い|おり|は)?(?:ない|なく|なかっ|なけ|なし|无し|无い|ませ[んぬ]|ず[、に。]|ずに)"
    ),
    "ko": re.compile(
        r"^(?:이|가|은|는|도|을|를|에)?\s?(?:없|아니|아닙|못\s?하|(?:아직\s)?안\s?(?:하|되|돼|됐|됩|함|됨))"
        r"|^(?:이|가|은|는|을|를)?\s?(?:하|되|나|발생하|보이)?지\s?(?:는\s?)?(?:않|못|마)"
    ),
    "de": re.compile(r"^\s(?:noch\s|auch\s|leider\s|mehr\s)?nichts?\b"),
    "th": re.compile(r"^\s?(?:ไม่ได้|ไม่ติด|ไม่ขึ้น|ไม่มี)"),
    "en": re.compile(r"^-free\b"),
}  # fmt: skip
_WORD = re.compile(r"\w+")
_SHORT_NOT = re.compile(
    r"\b(?:ca|wo|do|does|did|is|are|was|were|would|could|should|has|have|had)n['’]?t\b"
)
_CLAUSE = re.compile(r"[.,;:!?،؛؟。，；：！？\n]")
_REACH = 40
_REACH_WORDS = 3


def negated(text: str, start: int, end: int, lang: str) -> bool:
    """Whether the name at `start..end` of a normalised text is denied by the words around it.

    A name that says no itself ("does not start") is not denied by its own no.
    """
    if lang in UNSPACED:
        return _denied_before(text, start, lang) or _denied_after(text, end, lang)
    cues = _WORDS_BEFORE.get(lang, frozenset())
    inside = set(_said(text[start:end], lang))
    if inside & cues or inside & _INSIDE_ONLY.get(lang, frozenset()):
        return False
    before = text[max(0, start - _REACH) : start]
    for word in reversed(_said(_CLAUSE.split(before)[-1], lang)[-_REACH_WORDS:]):
        if word in _TURNS.get(lang, ()):
            break
        if word in cues:
            return True
    return _denied_after(text, end, lang)


def _said(text: str, lang: str) -> list[str]:
    """Words of a text; "can't" is "can" with a "not"."""
    return _WORD.findall(_SHORT_NOT.sub("not", text) if lang == "en" else text)


def _denied_before(text: str, start: int, lang: str) -> bool:
    before = text[max(0, start - 12) : start]
    if lang == "zh" and _ZH_QUESTION.search(before):
        return False
    cue = _BEFORE.get(lang)
    return cue is not None and cue.search(before) is not None


def _denied_after(text: str, end: int, lang: str) -> bool:
    cue = _AFTER.get(lang)
    return cue is not None and cue.match(text[end : end + 16]) is not None
