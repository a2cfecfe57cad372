"""Error codes in a text, kept apart from models, modules, parts and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from careloop.knowledge.language.identifiers import CodeMatch, is_serial, match_codes
from careloop.knowledge.language.model_names import canonical_model
from careloop.knowledge.language.normalize import normalize

Span = tuple[int, int]

_MAX_CODES = 20
_LONGEST = 12
# What makers number their errors with. Such a code is believed beside a module's name too.
_KNOWN_SHAPE = re.compile(
    r"^(?:e|f|er|err|error|al|alm|alarm|ala|flt|fault|w|wrn|warn|fc|ec|dtc)[\-_ .]?\d{1,5}[a-z]?$"
)
# A verb of showing directly before: "it shows MC-5", "zeigt", "marca", "报".
_SHOWN = re.compile(
    r"(?:(?<![^\W_])(?:shows?|showing|displays?|displaying|reports?|throws?|reads|says|"
    r"zeigt|meldet|anzeige|steht|muestra|marca|indica|da|aparece|sale|affiche|mostra|"
    r"показывает|выдает|выдаёт|báo|hiện)|显示|报|提示|出现|跳|弹出|表示|出る|表시|표시|ขึ้น|يظهر)"
    r"[\s:：\"'“«„(]{0,3}$"
)
# What follows or precedes a name of equipment rather than of an error.
_EQUIPMENT = (
    r"(?:controllers?|modules?|units?|boards?|cards?|drives?|pumps?|motors?|sensors?|valves?|"
    r"series|machines?|models?|types?|inverters?|gateways?|panels?|screens?|heads?|axis|axes|"
    r"steuerung\w*|modul\w*|baugruppe\w*|platine\w*|antrieb\w*|pumpe\w*|regler\w*|gerät\w*|typ|"
    r"modell\w*|maschine\w*|baureihe\w*|anlage\w*|"
    r"controlador\w*|módulos?|tarjetas?|placas?|bombas?|modelos?|equipos?|variador\w*|tipo|"
    r"contrôleurs?|cartes?|pompes?|modèles?|appareils?|controladora|"
    r"контроллер\w*|модул\w*|плат\w*|насос\w*|модел\w*|"
    r"控制器|模块|模组|主板|板卡|驱动器|机型|型号|泵|电机|系列|型|コントローラー?|モジュール|基板|型番|機種|"
    r"컨트롤러|모듈|보드|모델|وحدة|موديل|รุ่น|โมดูล)"
)
_EQUIPMENT_AFTER = re.compile(rf"^\s?{_EQUIPMENT}(?![a-zà-ÿа-я])")
_EQUIPMENT_BEFORE = re.compile(rf"(?<![^\W_]){_EQUIPMENT}\s?[:：]?\s?$")
_TIMES_OR_UNIT = re.compile(r"^(?:x\d{1,4}|\d{1,4}x\d{1,5}|[a-z]{1,3}/[a-z]{1,3}[23])$")


def find_error_codes(
    text: str, taken: list[Span], models: Iterable[str] = (), parts: Iterable[str] = ()
) -> list[str]:
    """Error codes as written, upper case without spaces, outside the spans of other identifiers.

    `models` and `parts` are those on file. A token built like one of them or named as equipment
    counts only if a word for error stands before it, or it has a shape that errors have.
    """
    blanked = normalize(_blank(text, taken))
    names, prefixes = _names(tuple(models)), _prefixes(tuple(models), tuple(parts))
    codes: dict[str, str] = {}
    for match in match_codes(blanked):
        raw = blanked[match.start : match.end]
        if is_serial(match.code) or len(match.code) > _LONGEST or canonical_model(raw) in names:
            continue
        if _is_error(blanked, match, raw, prefixes):
            codes.setdefault(match.code, re.sub(r"\s+", "", raw).upper())
    return list(codes.values())[:_MAX_CODES]


def _is_error(text: str, match: CodeMatch, raw: str, prefixes: frozenset[str]) -> bool:
    if match.cued or _KNOWN_SHAPE.match(raw):
        return True
    before = text[max(0, match.start - 32) : match.start]
    after = text[match.end : match.end + 24]
    if _TIMES_OR_UNIT.match(raw) or _EQUIPMENT_AFTER.match(after):
        return False
    if _SHOWN.search(before):
        return True
    return _prefix(raw) not in prefixes and not _EQUIPMENT_BEFORE.search(before)


def _prefix(name: str) -> str:
    letters = re.match(r"[a-z]+", normalize(name))
    return letters[0] if letters else ""


@lru_cache(maxsize=8)
def _names(models: tuple[str, ...]) -> frozenset[str]:
    return frozenset(canonical_model(name) for name in models)


@lru_cache(maxsize=8)
def _prefixes(models: tuple[str, ...], parts: tuple[str, ...]) -> frozenset[str]:
    """Letters that names on file begin with; one letter alone says nothing."""
    found = {_prefix(name) for name in (*models, *parts) if any(map(str.isdigit, name))}
    return frozenset(prefix for prefix in found if len(prefix) > 1)


def _blank(text: str, taken: list[Span]) -> str:
    for start, end in taken:
        text = text[:start] + " " * (min(end, len(text)) - start) + text[end:]
    return text
