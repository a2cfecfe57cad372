"""Ticket, contract and part numbers and mail addresses in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from careloop.agents.mind.embedded.atoms import flatten
from careloop.agents.mind.embedded.book import IdentifierBook
from careloop.agents.mind.embedded.number_forms import on_file, stretches
from careloop.crm_core.assets.serials import fold, plain

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
    + _LINKING + _NUMBER + r"(?![A-Za-z0-9])(?:[ ](\d{3,8})(?![\w\-/.,:]))?",
    re.IGNORECASE,
)  # fmt: skip
_CONTRACT = re.compile(
    r"(?:(?<![A-Za-z])(?:contract|agreement|vertrag|vertragsnummer|wartungsvertrag|"
    r"servicevertrag|contrato|contrat|договор\w*|контракт\w*|hợp đồng)|"
    r"合同|协议|维保合同|契約|契約書|계약|عقد|العقد|สัญญา)"
    + _LINKING + _NUMBER + r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)  # fmt: skip
_SHORTEST_SPACED = 5


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
    found += on_file(flat, book.known_tickets)
    found += _called(_TICKET, flat)
    return _apart(found, taken)


def find_contracts(
    text: str, book: IdentifierBook, taken: list[Span]
) -> tuple[list[str], list[Span]]:
    """Contract numbers: those on file and those called a contract."""
    flat = flatten(text)
    found = on_file(flat, book.known_contracts)
    return _apart(found + list(_called(_CONTRACT, flat)), taken)


def find_parts(text: str, book: IdentifierBook, taken: list[Span]) -> tuple[list[str], list[Span]]:
    """Part numbers on file, in any spelling that folds to one of them alone."""
    index = _part_index(tuple(book.parts()))
    if not index:
        return [], []
    flat = flatten(text)
    found: list[tuple[int, int, str]] = []
    for stretch in stretches(flat):
        written = flat[stretch.start : stretch.end]
        spelled = "".join(stretch.groups)
        # A short number needs its own signs: "3 M 5" is no `3M-5`.
        if len(spelled) >= _SHORTEST_SPACED or " " not in written:
            part = _part(index, written)
            if part:
                found.append((stretch.start, stretch.end, part))
    found.sort(key=lambda item: item[0] - item[1])
    return _apart(found, taken)


def _called(pattern: re.Pattern[str], flat: str) -> Iterator[tuple[int, int, str]]:
    for match in pattern.finditer(flat):
        number, end = match[1].upper().strip(" -_/."), match.end(1)
        rest = match[2] if pattern.groups > 1 else None
        # `ticket GD2611 0453`: one number in two groups, unless the second is a year.
        if rest and re.fullmatch(r"[A-Z]+-?\d+", number) and not re.match(r"(?:19|20)\d\d$", rest):
            number, end = f"{number}-{rest}", match.end(2)
        if sum(char.isdigit() for char in number) >= 3:
            yield match.start(1), end, re.sub(r"\s+", "-", number)


def _apart(found: list[tuple[int, int, str]], taken: list[Span]) -> tuple[list[str], list[Span]]:
    spans: list[Span] = []
    kept: list[tuple[int, str]] = []
    for start, end, number in found:
        if not overlaps(start, end, taken) and not overlaps(start, end, spans):
            spans.append((start, end))
            kept.append((start, number))
    return list(dict.fromkeys(number for _, number in sorted(kept))), spans


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
