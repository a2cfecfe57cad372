"""Serial numbers in a text: those on file however they are written, and those that are not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from careloop.agents.mind.embedded.atoms import Atom, atoms, flatten
from careloop.agents.mind.embedded.book import IdentifierBook, shape
from careloop.agents.mind.reading import SerialCandidate
from careloop.crm_core.assets.serials import fold, plain

_MAX_KEYS = 20_000
_BATCH = 400
_MAX_GAP = 6
_MAX_UNVERIFIED = 10
_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]+(?:[\-_/.][A-Za-z0-9]+)*(?![A-Za-z0-9])")
_CUE = re.compile(
    r"(?:(?<![A-Za-z])s[./ ]?n(?![A-Za-z])\.?|serials?|seriennr|serien-?nummer|gerätenummer|"
    r"maschinennummer|"
    r"fabriknummer|fabriknr|"
    r"序列号|序号|出厂编号|机身号|机身编号|机器编号|设备编号|设备号|机号|编号|"
    r"número de serie|numero de serie|n[.º°]{1,2} de serie|nº serie|numéro de série|"
    r"n° de série|numero de serie|"
    r"número de série|nº de série|matrícula|серийн\w*|заводской|с/н|зав\. ?№|"
    r"シリアル|製造番号|機番|製番|시리얼|일련번호|제조번호|기번|الرقم التسلسلي|رقم التسلسل|"
    r"التسلسلي|"
    r"số sê-?ri|số seri|sê-?ri|seri|หมายเลขเครื่อง|ซีเรียล|หมายเลขซีเรียล|nameplate|铭牌)"
    r"(?:\s*(?:number|no|num|nr|numbers|番号|ナンバー|번호|nummer|号码|номер|n[º°])\b\.?)?"
    r"(?:\s+(?:is|are|was|of|the|my|our|unit|it's|its|lautet|ist|es|est|é|é o|la|el|o|là|คือ|هو))*"
    r"[\s:：#=.\-–是为は은는이가 ]{0,5}$",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"(?:order|purchase order|\bpo|invoice|bill|tracking|waybill|delivery note|tel|phone|call|"
    r"fax|mobile|cell|"
    r"ticket|case|contract|quote|batch|lot|account|customer|"
    r"订单|订单号|采购单|发票|运单|快递单|单号|电话|手机|工单|合同|批号|客户|账号|"
    r"pedido|factura|teléfono|telefono|móvil|contrato|guía|bestell\w*|auftrag\w*|rechnung\w*|telefon|vertrag\w*|"
    r"commande|facture|téléphone|contrat|encomenda|fatura|nota fiscal|telefone|celular|"
    r"заказ\w*|счет\w*|счёт\w*|"
    r"телефон|тел|договор\w*|накладн\w*|注文|請求書|電話|伝票|契約|주문|송장|전화|계약|طلب|فاتورة|هاتف|عقد|"
    r"đơn hàng|hóa đơn|điện thoại|hợp đồng|ใบสั่งซื้อ|คำสั่งซื้อ|โทร|สัญญา)"
    r"(?:\s*(?:number|no|nr|num|nº|n°|号码|号|番号|번호|номер|№|#))?[\s:：#.№\-是]{0,4}$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"^(?:(?:19|20)\d\d[\-/.]?(?:0?[1-9]|1[0-2])[\-/.]?(?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])[\-/.](?:0?[1-9]|1[0-2])[\-/.](?:19|20)?\d\d)$"
)
_FOLDED_ALPHABET = "0123456789ACDEFGHJKMNPRTUVWXY"


class SerialSpan(NamedTuple):
    """A candidate and where it stands in the text."""

    candidate: SerialCandidate
    start: int
    end: int


class _Window(NamedTuple):
    """A stretch of the text that could be a serial. `spelled` is what it spells, without signs."""

    spelled: str
    start: int
    end: int
    spoken: bool


def find_serials(text: str, book: IdentifierBook) -> list[SerialSpan]:
    """Serials on file that the text names, in order, without overlap.

    A serial spelled exactly is taken at once. One that differs in look-alikes alone is taken if
    no other serial on file folds alike; else the candidate is unverified with all alternatives.
    """
    lengths = book.serial_lengths()
    if not lengths:
        return []
    flat = flatten(text)
    windows = _windows(flat, lengths)
    rows = _look_up(book, {fold(window.spelled) for window in windows})
    found = []
    for window in windows:
        on_file = rows.get(fold(window.spelled))
        if on_file and _stands_alone(flat, window) and not _is_other_number(flat, window, on_file):
            found.append((window, on_file))
    # Exactly spelled ones first, then longer ones: a serial inside another is not meant.
    found.sort(key=lambda item: (not _exact(item[0], item[1]), -len(item[0].spelled)))
    taken: list[SerialSpan] = []
    for window, on_file in found:
        if not any(window.start < span.end and span.start < window.end for span in taken):
            written = text[window.start : window.end]
            taken.append(SerialSpan(_resolved(written, window, on_file), window.start, window.end))
    return sorted(taken, key=lambda span: span.start)


def find_unverified(
    text: str, book: IdentifierBook, taken: list[tuple[int, int]], *, expected: bool = False
) -> list[SerialSpan]:
    """Tokens that look like serials but are not on file, outside the spans in `taken`.

    They need a cue such as `S/N`, the shape of a serial on file, or `expected`: the bot has just
    asked for one. `alternatives` are serials on file one typing mistake away.
    """
    flat = flatten(text)
    shapes, lengths = book.serial_shapes(), book.serial_lengths()
    found: list[SerialSpan] = []
    for match in _TOKEN.finditer(flat):
        if len(found) >= _MAX_UNVERIFIED:
            break
        start, end = match.span()
        if any(start < other_end and other < end for other, other_end in taken):
            continue
        before = flat[max(0, start - 40) : start]
        spelled = plain(match[0])
        digits = sum(char.isdigit() for char in spelled)
        cued = _CUE.search(before) is not None
        if not 5 <= len(spelled) <= 32 or digits < 2 or (_DATE.match(match[0]) and not cued):
            continue
        if not cued and _OTHER_NUMBER.search(before):
            continue
        near = _near(spelled, lengths)
        alike = digits < len(spelled) and len(spelled) >= 6 and shape(spelled) in shapes
        alternatives = _alternatives(book, spelled) if near and (
            cued or alike or expected or digits < len(spelled)
        ) else ()  # fmt: skip
        if cued or alike or (expected and near) or (alternatives and len(spelled) >= 8):
            candidate = SerialCandidate(match[0], alternatives=alternatives)
            found.append(SerialSpan(candidate, start, end))
    return found


def _windows(flat: str, lengths: set[int]) -> list[_Window]:
    longest = max(lengths)
    apart = atoms(flat)
    summed = atoms(flat, summed=True)
    found: list[_Window] = []
    # "two hundred twenty three" may stand for 20023 and for 223; the book decides.
    for row in (apart,) if summed == apart else (apart, summed):
        for at, first in enumerate(row):
            if first.value:
                found += _windows_from(flat, row, at, longest, lengths)
            if len(found) > _MAX_KEYS:
                break
    return list(dict.fromkeys(found))


def _windows_from(
    flat: str, row: list[Atom], at: int, longest: int, lengths: set[int]
) -> Iterator[_Window]:
    spelled, spoken, end = "", False, row[at].start
    for atom in row[at:]:
        if atom.value is None or not _joins(flat[end : atom.start]):
            return
        spelled += atom.value
        spoken = spoken or (atom.spoken and bool(atom.value))
        end = atom.end
        if len(spelled) > longest:
            break
        if atom.value and len(spelled) in lengths and sum(c.isdigit() for c in spelled) >= 2:
            yield _Window(spelled, row[at].start, end, spoken)
    if spelled.startswith("SN") and len(row[at].value or "") > 4 and len(spelled) - 2 in lengths:
        yield _Window(spelled[2:], row[at].start + 2, end, spoken)


def _joins(gap: str) -> bool:
    return len(gap) <= _MAX_GAP and not any(char in "!?;！？；" for char in gap)


def _look_up(book: IdentifierBook, keys: set[str]) -> dict[str, list[tuple[str, str]]]:
    rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
    ordered = sorted(keys)
    for at in range(0, len(ordered), _BATCH):
        for serial, model in book.serials_by_key(set(ordered[at : at + _BATCH])):
            rows[fold(serial)].append((serial, model))
    return rows


def _exact(window: _Window, on_file: list[tuple[str, str]]) -> bool:
    return any(plain(serial) == window.spelled for serial, _ in on_file)


def _resolved(written: str, window: _Window, on_file: list[tuple[str, str]]) -> SerialCandidate:
    exact = [row for row in on_file if plain(row[0]) == window.spelled]
    chosen = exact or on_file
    if len(chosen) != 1:
        return SerialCandidate(written, alternatives=tuple(sorted(serial for serial, _ in on_file)))
    serial, model = chosen[0]
    others = tuple(sorted(other for other, _ in on_file if other != serial))
    return SerialCandidate(written, serial, model, not exact or window.spoken, others)


def _stands_alone(flat: str, window: _Window) -> bool:
    """Whether the window is not the inside of a longer number."""
    before = flat[max(0, window.start - 40) : window.start]
    after = flat[window.end : window.end + 40]
    left = re.search(r"([A-Za-z0-9]+)[\-_/.]$", before)
    if left and any(char.isdigit() for char in left[1]) and not before.endswith("/"):
        return False
    if re.match(r"[\-_](?=[A-Za-z0-9])", after) or re.match(r"\.\d", after):
        return False
    if not window.spelled.isdigit() or window.spoken:
        return True
    return not re.search(r"(?:\+|\d[ \-./]?)$", before) and not re.match(r"[ \-./]?\d", after)


def _is_other_number(flat: str, window: _Window, on_file: list[tuple[str, str]]) -> bool:
    """Whether it is called an order, a phone number, a date; a mixed exact serial is believed."""
    before = flat[max(0, window.start - 40) : window.start]
    if _CUE.search(before):
        return False
    written = flat[window.start : window.end]
    if window.spelled.isdigit() and _DATE.match(written):
        return True
    believed = _exact(window, on_file) and not window.spelled.isdigit()
    return not believed and _OTHER_NUMBER.search(before) is not None


def _near(spelled: str, lengths: set[int]) -> bool:
    return any(abs(len(spelled) - length) <= 1 for length in lengths)


def _alternatives(book: IdentifierBook, spelled: str) -> tuple[str, ...]:
    """Serials on file one wrong, missing, extra or swapped character away; at most five."""
    keys = _one_edit(fold(spelled))
    rows = _look_up(book, keys)
    serials = sorted({serial for found in rows.values() for serial, _ in found})
    return tuple(serials[:5])


def _one_edit(key: str) -> set[str]:
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    edits = {left + right[1:] for left, right in cuts if right}
    edits |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    for letter in _FOLDED_ALPHABET:
        edits |= {left + letter + right[1:] for left, right in cuts if right}
        edits |= {left + letter + right for left, right in cuts}
    return edits | {key}
