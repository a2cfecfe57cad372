"""Units that a question names without a number ("how many hours") and a statement with one."""

from __future__ import annotations

import re
from functools import lru_cache

_MANY = r"(?:几|多少|何|幾|몇 ?|多长|每|毎|/ ?)个?"
"""What stands before a unit that is asked for, where words are not parted by spaces."""
_ASKED: dict[str, str] = {
    "second": rf"{_MANY}秒|몇 ?초|\bseconds?\b|\bsegundos?\b|\bsekunden?\b|\bsecondes?\b|"
    r"секунд\w*|ثواني|ثانية|\bgiây\b|วินาที",
    "minute": rf"{_MANY}分|分毎|몇 ?분|분당|\bmin(?:ute|uten|utes|utos?)?\b|минут\w*|دقيقة|دقائق|"
    r"\bphút\b|นาที",
    "hour": rf"{_MANY}(?:小时|钟头|時間)|時間以内|몇 ?시간|시간당|\bhours?\b|\bhoras?\b|"
    r"\bstunden?\b|\bheures?\b|\bчас(?:а|ов|у)?\b|ساعة|ساعات|\btiếng\b|\bgiờ\b|ชั่วโมง",
    "day": rf"{_MANY}(?:天|日|工作日|営業日)|営業日|工作日|며칠|몇 ?일|영업일|\bdays?\b|"
    r"\bd[ií]as?\b|\b\w*tage?n?\b|\bjours?\b|\bдн(?:я|ей|и)\b|يوم|أيام|\bngày\b|กี่วัน|วันทำการ",
    "week": rf"{_MANY}(?:周|星期|週)|몇 ?주|\bweeks?\b|\bsemanas?\b|\bwochen?\b|\bsemaines?\b|"
    r"недел\w*|أسبوع|أسابيع|\btuần\b|สัปดาห์",
    "month": rf"{_MANY}(?:月|[かヶカ箇]月)|몇 ?(?:개월|달)|개월|\bmonths?\b|\bmes(?:es)?\b|"
    r"\bmonaten?\b|\bmonate?\b|\bmois\b|месяц\w*|شهر|أشهر|\btháng\b|เดือน",
    "year": rf"{_MANY}年|몇 ?년|\byears?\b|\baños?\b|\banos?\b|\bjahren?\b|\bjahre?\b|\bans\b|"
    r"\bannées?\b|\bлет\b|\bгод(?:а|ы)?\b|سنة|سنوات|\bnăm\b|กี่ปี",
    "clock": r"几点|何時(?!間)|몇 ?시(?!간)|what time|opening hours|business hours|qu[eé] hora|"
    r"que horas|uhrzeit|wie viel uhr|um wie ?viel|quelle heure|который час|во сколько|"
    r"до скольки|часы работы|الساعة كم|كم الساعة|mấy giờ|กี่โมง",
    "degree": r"(?:几|多少|何)度|몇 ?도|\bdegrees?\b|\bgrados?\b|\bgrad\b|\bdegrés?\b|\bgraus?\b|"
    r"градус\w*|درجة|\bđộ\b|องศา",
    "metre": rf"{_MANY}(?:厘米|毫米|米|メートル|センチ|ミリ)|몇 ?(?:미터|센티|밀리)|"
    r"\b(?:centi|milli)?met(?:er|re)s?\b|\b(?:cent[ií]|mil[ií])?metros?\b|метр\w*|"
    r"ميليمتر|متر|\bmét\b|เมตร",
    "litre": rf"{_MANY}(?:升|リットル)|몇 ?리터|\blit(?:er|re)s?\b|\blitros?\b|литр\w*|لتر|"
    r"\blít\b|ลิตร",
    "kilogram": rf"{_MANY}(?:公斤|千克|キロ)|몇 ?킬로|\bkilos?\b|килограмм\w*|كيلو|\bký\b|กิโล",
    "person": rf"{_MANY}人|몇 ?명|\bhow many people\b|\bcuánt[ao]s personas\b|"
    r"\bwie ?viele personen\b|\bcombien de personnes\b|\bquantas pessoas\b|"
    r"сколько человек|كم شخص|\bmấy người\b|กี่คน",
    "part": r"(?:零件|备件|部件|配件|料)(?:号|编号)|哪个(?:零件|备件|配件)|"
    r"(?:part|spare) ?(?:no|num)|which part|quelle pièce|r[ée]f[ée]rence|"
    r"ersatzteil|teile?nummer|welches teil|"
    r"n[uú]mero de (?:pieza|parte|peça)|qu[eé] (?:pieza|repuesto)|qual (?:é a )?peça|"
    r"номер (?:детали|запчасти)|какая (?:деталь|запчасть)|部番|部品番号|品番|부품 ?번호|"
    r"رقم القطعة|mã (?:phụ tùng|linh kiện|số)|รหัสอะไหล่|หมายเลขอะไหล่",
}
_SAID: dict[str, str] = {
    "second": r"[\d/]\s?(?:s|秒|sec(?:onds?)?|초)(?![a-z])|second|segundo|sekunde|seconde|секунд",
    "minute": r"[\d/每]\s?(?:min|分钟?|分間?|분)(?![a-z])|minut|دقيق|دقائق|phút|นาที|минут",
    "hour": r"[\d/每]\s?(?:h|hrs?|个?小时|時間|시간)(?![a-z])|hour|hora|stunde|heure|час|ساع|giờ"
    r"|ชั่วโมง",
    "day": r"\d\s?(?:d|天|日|个?工作日|営業日|일|영업일)(?![a-z])|\bday|\bd[ií]a|tage?n?\b|\bjour"
    r"|\bдн|يوم|أيام|ngày|วัน",
    "week": r"\d\s?(?:个?星期|周|週間|주)|week|semana|woche|semaine|недел|أسبوع|أسابيع|tuần"
    r"|สัปดาห์",
    "month": r"\d\s?(?:个月|[かヶカ箇]月|개월|달)|month|\bmes(?:es)?\b|monat|\bmois\b|месяц|شهر"
    r"|أشهر|tháng|เดือน",
    "year": r"\d\s?(?:年|년)(?!\d)|year|años?|\banos?\b|jahr|\bans?\b|année|\bлет\b|\bгод|سن"
    r"|năm|ปี",
    "clock": r"\d{1,2}[:：]\d{2}|\d\s?(?:点|時|시)(?!间|間|간)|\d\s?(?:am|pm|uhr)\b",
    "degree": r"\d\s?(?:[°℃℉º]|度|도)",
    "angle": r"\d\s?(?:[°º](?!\s?[CF])|度(?!数))",
    "metre": r"\d\s?(?:mm|cm|m|米|毫米|厘米|メートル)(?![a-z²³/])",
    "litre": r"\d\s?(?:m?[lL]|升|毫升|リットル|리터)(?![a-z/])",
    "kilogram": r"\d\s?(?:kg|公斤|千克|キロ)",
    "person": r"\d\s?(?:人|名|명)|people|persona|personen|personne|pessoa|человек|người|คน",
    "part": r"\b[A-Z]{1,5}-[A-Z0-9]{1,4}-?\d{2,}\b",
}
_NAMED = {unit: re.compile(pattern, re.IGNORECASE) for unit, pattern in _ASKED.items()}
_STATED = {
    unit: re.compile(pattern, 0 if unit == "part" else re.IGNORECASE)
    for unit, pattern in _SAID.items()
}
_COUNTED = re.compile(r"\d[\d.,]*\s?$")
_FIGURE = re.compile(r"\d")


def units_asked(text: str) -> frozenset[str]:
    """Units that the question names, but not those it gives a number of ("after 30 days").

    `clock` is a time of the day, `part` the number of a spare part.
    """
    return frozenset(
        unit
        for unit, pattern in _NAMED.items()
        for match in pattern.finditer(text)
        if not _COUNTED.search(text[: match.start()])
    )


@lru_cache(maxsize=16384)
def units_in(text: str) -> frozenset[str]:
    """Units that stand in a statement that has figures."""
    if not _FIGURE.search(text):
        return frozenset()
    return frozenset(unit for unit, pattern in _STATED.items() if pattern.search(text))
