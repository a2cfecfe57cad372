"""Countries, languages, currencies and time zones by code or by name in any of our languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from zoneinfo import available_timezones

from babel.core import Locale, get_global

from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.folding import fold_name
from careloop.crm_core.intake.tables import Cell
from careloop.crm_core.intake.values import as_text, listed
from careloop.kit.text import LANGUAGES, base

# Unions, outlying areas and codes for tests, which CLDR lists among the territories.
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
# What CLDR does not list: short forms in daily use.
_COUNTRIES = {
    "uk": "GB", "england": "GB", "america": "US", "usa": "US", "unitedstatesofamerica": "US",
    "prchina": "CN", "prc": "CN", "mainlandchina": "CN", "中国大陆": "CN", "大陆": "CN",
    "中华人民共和国": "CN", "台湾": "TW", "台湾省": "TW", "中国台湾": "TW", "香港": "HK",
    "中国香港": "HK", "澳门": "MO", "中国澳门": "MO", "南韩": "KR", "韩国": "KR", "korea": "KR",
    "southkorea": "KR", "russia": "RU", "俄国": "RU", "holland": "NL", "uae": "AE",
    "阿联酋": "AE", "czechrepublic": "CZ", "turkey": "TR",
}  # fmt: skip
_LANGUAGES = {
    "英文": "en", "德文": "de", "法文": "fr", "日文": "ja", "韩文": "ko", "西语": "es",
    "葡语": "pt", "俄文": "ru", "汉语": "zh", "普通话": "zh", "简体中文": "zh", "繁体中文": "zh",
    "mandarin": "zh", "越南文": "vi", "泰文": "th", "阿语": "ar",
}  # fmt: skip
_CURRENCIES = {
    "rmb": "CNY", "cnh": "CNY", "人民币": "CNY", "元": "CNY", "人民币元": "CNY", "€": "EUR",
    "欧元": "EUR", "euro": "EUR", "us$": "USD", "$": "USD", "美金": "USD", "美元": "USD",
    "£": "GBP", "英镑": "GBP", "日元": "JPY", "日圆": "JPY",
}  # fmt: skip


def country(cell: Cell) -> str:
    """ISO 3166-1 alpha-2 of a code (`DE`, `DEU`) or a name (`德国`, `Germany`, `Deutschland`)."""
    return _looked_up(cell, _countries(), "is not a country; write its ISO code, such as CN")


def language(cell: Cell) -> str:
    """ISO 639 code of a code (`zh`, `zh-CN`) or a name (`英语`, `German`); region is dropped."""
    written = as_text(cell).strip()
    code = base(written)
    if code in Locale("en").languages:
        return code
    return _looked_up(written, _languages(), "is not a language; write its ISO code, such as zh")


def languages(cell: Cell) -> list[str]:
    """A list of languages, no one twice."""
    return list(dict.fromkeys(language(item) for item in listed(cell)))


def currency(cell: Cell) -> str:
    """ISO 4217 code of a code or a common name."""
    written = as_text(cell).strip()
    code = written.upper()
    if code in get_global("all_currencies"):
        return code
    found = _CURRENCIES.get(written.casefold()) or _CURRENCIES.get(fold_name(written))
    if found is None:
        raise BadCell("is not a currency; write its ISO code, such as CNY")
    return found


def time_zone(cell: Cell) -> str:
    """An IANA time zone."""
    written = as_text(cell).strip()
    if written not in _zones():
        raise BadCell("is not an IANA time zone, such as Asia/Shanghai")
    return written


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _looked_up(cell: Cell, names: Mapping[str, str], reason: str) -> str:
    found = names.get(fold_name(as_text(cell)))
    if found is None:
        raise BadCell(reason)
    return found


@cache
def _countries() -> dict[str, str]:
    names = _names("territories", _is_country)
    codes = {str(code) for code in Locale("en").territories if _is_country(str(code))}
    aliases = get_global("territory_aliases")
    alpha3 = {
        str(alias).lower(): str(found[0])
        for alias, found in aliases.items()
        if len(str(alias)) == 3 and len(found) == 1 and found[0] in codes
    }
    own = {code.lower(): code for code in codes}
    return {**names, **alpha3, **own, **_COUNTRIES}


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES


@cache
def _languages() -> dict[str, str]:
    return {**_names("languages", lambda code: len(code) == 2), **_LANGUAGES}


def _names(kind: str, wanted: Callable[[str], bool]) -> dict[str, str]:
    """CLDR's names in our languages, folded, to codes; a name of two things is left out."""
    found: dict[str, str] = {}
    double: set[str] = set()
    for locale in LANGUAGES:
        for code, name in getattr(Locale(locale), kind).items():
            if not wanted(code):
                continue
            key = fold_name(name)
            if found.setdefault(key, code) != code:
                double.add(key)
    return {key: code for key, code in found.items() if key not in double}
