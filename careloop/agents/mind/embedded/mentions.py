"""Ticket, contract and part numbers, error codes, phones and mail addresses in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers

from careloop.agents.mind.embedded.atoms import flatten
from careloop.agents.mind.embedded.book import IdentifierBook
from careloop.crm_core.assets.serials import fold, plain
from careloop.knowledge.language.identifiers import is_serial, match_codes
from careloop.knowledge.language.normalize import normalize

Span = tuple[int, int]

_MAIL = re.compile(
    r"(?<![\w.+\-])[A-Za-z0-9][\w.+\-]{0,63}@(?:[A-Za-z0-9\-]{1,63}\.)+[A-Za-z]{2,24}(?![\w\-])"
)
_LINK = re.compile(r"https?://[^\s<>]{1,2000}|www\.[^\s<>]{1,500}")
_OWN_TICKET = re.compile(
    r"(?<![A-Za-z0-9])TK[\s\-_/.]{0,2}([0-9O]{4})[\s\-_/.]{0,2}([0-9OIl]{6})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NUMBER = (
    r"((?:(?:[A-Za-z]{1,6}[\-_/ ]?)?\d[A-Za-z0-9]*(?:[\-_/.][A-Za-z0-9]+)*)"
    r"|[A-Za-z]{1,6}[A-Za-z0-9]{0,20}(?:[\-_/][A-Za-z0-9]{1,20}){0,4}[\-_/]?\d[A-Za-z0-9\-_/]{0,20})"
)
_LINKING = (
    r"(?:\s*(?:numbers?|num|no|nr|nummer|number is|nº|n°|n\.º|id|号码|编号|号|番号|번호|номер|"
    r"№|#|رقم|số|เลขที่|หมายเลข)\.?)?"
    r"[\s:：#.№\-是为は은는]{0,4}"
)
_TICKET = re.compile(
    r"(?:(?<![A-Za-z])(?:ticket|case|work order|service request|service order|incident|rma|vorgang|"
    r"auftragsnummer|servicefall|incidencia|caso|orden de trabajo|orden de servicio|aviso|"
    r"chamado|ordem de serviço|"
    r"dossier|bon d'intervention|тикет\w*|заявк\w*|обращени\w*|инцидент\w*|phiếu|yêu cầu)|"
    r"工单|报修单|服务单|维修单|チケット|受付|案件|修理依頼|티켓|접수|작업지시|تذكرة|التذكرة|بلاغ|ใบงาน|ตั๋ว|ใบแจ้งซ่อม)"
    + _LINKING + _NUMBER + r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)  # fmt: skip
_CONTRACT = re.compile(
    r"(?:(?<![A-Za-z])(?:contract|agreement|vertrag|vertragsnummer|wartungsvertrag|"
    r"servicevertrag|contrato|contrat|договор\w*|контракт\w*|hợp đồng)|"
    r"合同|协议|维保合同|契約|契約書|계약|عقد|العقد|สัญญา)"
    + _LINKING + _NUMBER + r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)  # fmt: skip
_CODE_LIKE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]+(?:[\-_/.][A-Za-z0-9]+)*(?![A-Za-z0-9])")
_REGIONS = {
    "zh": ("CN", "TW", "HK"), "en": ("US", "GB", "IN", "AU"), "es": ("ES", "MX", "AR", "CO", "CL"),
    "de": ("DE", "AT", "CH"), "fr": ("FR", "BE", "CH", "CA"), "pt": ("BR", "PT"), "ru": ("RU",
    "KZ"),
    "ja": ("JP",), "ko": ("KR",), "ar": ("SA", "AE", "EG"), "vi": ("VN",), "th": ("TH",),
}  # fmt: skip
_PHONE_CUE = re.compile(
    r"(?:tel|phone|call|ring|reach|mobile|cell|whatsapp|fax|contact|number|电话|手机|联系|致电|拨打|móvil|movil|"
    r"llam\w+|teléfono|telefono|anruf\w*|telefon\w*|handy|erreich\w*|rückruf|téléphone|appel\w*|joindre|portable|"
    r"telefone|celular|lig\w+|телефон\w*|тел|звон\w*|номер\w*|電話|携帯|連絡|전화|연락|핸드폰|هاتف|جوال|اتصل|"
    r"điện thoại|gọi|số|โทร|เบอร์|มือถือ)\W{0,3}(?:\w+\W{1,3}){0,3}$",
    re.IGNORECASE,
)
_MAX_PHONE_TEXT = 4000
_MAX_CODES = 20


def overlaps(start: int, end: int, taken: list[Span]) -> bool:
    return any(start < other_end and other < end for other, other_end in taken)


def find_mails(text: str) -> tuple[list[str], list[Span]]:
    """Mail addresses, domain in lower case, and the spans of addresses and links."""
    flat = flatten(text)
    mails, spans = [], [match.span() for match in _LINK.finditer(flat)]
    for match in _MAIL.finditer(flat):
        name, _, domain = match[0].rpartition("@")
        mails.append(f"{name}@{domain.lower()}")
        spans.append(match.span())
    return list(dict.fromkeys(mails)), spans


def find_tickets(
    text: str, book: IdentifierBook, taken: list[Span]
) -> tuple[list[str], list[Span]]:
    """Ticket numbers: our pattern in any spelling, those on file, those called a ticket."""
    flat = flatten(text)
    found: list[tuple[int, int, str]] = []
    for match in _OWN_TICKET.finditer(flat):
        digits = (match[1] + match[2]).upper().replace("O", "0").replace("I", "1").replace("L", "1")
        found.append((*match.span(), f"TK-{digits[:4]}-{digits[4:]}"))
    tokens = {match.span(): match[0].upper() for match in _tokens(flat)}
    known = book.known_tickets(set(tokens.values())) if tokens else set()
    found += [(*span, number) for span, number in tokens.items() if number in known]
    found += _called(_TICKET, flat)
    return _apart(found, taken)


def find_contracts(
    text: str, book: IdentifierBook, taken: list[Span]
) -> tuple[list[str], list[Span]]:
    """Contract numbers: those on file and those called a contract."""
    flat = flatten(text)
    tokens = {match.span(): match[0].upper() for match in _tokens(flat)}
    known = book.known_contracts(set(tokens.values())) if tokens else set()
    found = [(*span, number) for span, number in tokens.items() if number in known]
    return _apart(found + list(_called(_CONTRACT, flat)), taken)


def find_parts(text: str, book: IdentifierBook, taken: list[Span]) -> tuple[list[str], list[Span]]:
    """Part numbers on file, in any spelling that folds to one of them alone."""
    index = _part_index(tuple(book.parts()))
    if not index:
        return [], []
    flat = flatten(text)
    tokens = list(_tokens(flat))
    found: list[tuple[int, int, str]] = []
    for at, first in enumerate(tokens):
        for last in tokens[at : at + 4]:
            start, end = first.start(), last.end()
            written = flat[start:end]
            if len(written) > 40 or re.search(r"[^A-Za-z0-9\-_/. ]", written):
                break
            part = _part(index, written)
            if part:
                found.append((start, end, part))
    found.sort(key=lambda item: item[0] - item[1])
    return _apart(found, taken)


def find_error_codes(text: str, taken: list[Span]) -> list[str]:
    """Error codes as written, upper case without spaces, outside the spans of other identifiers."""
    blanked = normalize(_blank(text, taken))
    codes: dict[str, str] = {}
    for match in match_codes(blanked):
        if not is_serial(match.code) and len(match.code) <= 12:
            written = re.sub(r"\s+", "", blanked[match.start : match.end]).upper()
            codes.setdefault(match.code, written)
    return list(codes.values())[:_MAX_CODES]


def find_phones(text: str, lang: str, taken: list[Span]) -> tuple[list[str], list[Span]]:
    """Phone numbers as E.164. National ones are read for the countries of the language."""
    flat = _blank(flatten(text[:_MAX_PHONE_TEXT]), taken)
    if sum(char.isdigit() for char in flat) < 7:
        return [], []
    phones: list[str] = []
    spans: list[Span] = []
    for region in _REGIONS.get(lang, ("US",)):
        for match in phonenumbers.PhoneNumberMatcher(
            flat, region, phonenumbers.Leniency.POSSIBLE, max_tries=200
        ):
            believed = phonenumbers.is_valid_number(match.number) or (
                region == _REGIONS.get(lang, ("US",))[0]
                and _PHONE_CUE.search(flat[max(0, match.start - 40) : match.start])
            )
            if believed and not overlaps(match.start, match.end, spans) and _dialled(match):
                spans.append((match.start, match.end))
                e164 = phonenumbers.PhoneNumberFormat.E164
                phones.append(phonenumbers.format_number(match.number, e164))
    return list(dict.fromkeys(phones)), spans


def _dialled(match: phonenumbers.PhoneNumberMatch) -> bool:
    """Not a date or a plain year range: `2026-11-22` is none."""
    return re.match(r"^(?:19|20)\d\d[\-/.]\d{1,2}[\-/.]\d{1,2}", match.raw_string) is None


def _tokens(flat: str) -> Iterator[re.Match[str]]:
    for match in _CODE_LIKE.finditer(flat):
        if any(char.isdigit() for char in match[0]) and 4 <= len(match[0]) <= 32:
            yield match


def _called(pattern: re.Pattern[str], flat: str) -> Iterator[tuple[int, int, str]]:
    for match in pattern.finditer(flat):
        number = match[1].upper().strip(" -_/.")
        if sum(char.isdigit() for char in number) >= 3:
            yield match.start(1), match.end(1), re.sub(r"\s+", "-", number)


def _apart(found: list[tuple[int, int, str]], taken: list[Span]) -> tuple[list[str], list[Span]]:
    spans: list[Span] = []
    kept: list[tuple[int, str]] = []
    for start, end, number in found:
        if not overlaps(start, end, taken) and not overlaps(start, end, spans):
            spans.append((start, end))
            kept.append((start, number))
    return list(dict.fromkeys(number for _, number in sorted(kept))), spans


def _blank(text: str, taken: list[Span]) -> str:
    for start, end in taken:
        text = text[:start] + " " * (min(end, len(text)) - start) + text[end:]
    return text


@lru_cache(maxsize=8)
def _part_index(parts: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for part in parts:
        key = fold(part)
        if key:
            index[key] = (*index.get(key, ()), part)
    return index


def _part(index: dict[str, tuple[str, ...]], written: str) -> str | None:
    candidates = index.get(fold(written), ())
    exact = [part for part in candidates if plain(part) == plain(written)]
    chosen = exact or list(candidates)
    return chosen[0] if len(chosen) == 1 else None
