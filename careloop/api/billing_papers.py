"""Quotes and invoices as pages to print: one file, no script, in the language of the paper.

Browsers make the PDF. Every text of a person or customer is escaped; amounts are written in the
way of the language from their exact digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from careloop.api.billing_words import words
from careloop.crm_core.billing.amounts import smallest
from careloop.crm_core.billing.invoice_schemas import InvoicePage

PAPER_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


def quote_paper(document: dict[str, Any], draft: bool) -> str:
    """A quote as it was sent, or the draft of one."""
    language = document["language"]
    t = words(language)
    facts = [
        (t["number"], f"{document['number']} / {document['revision']}"),
        (t["valid_until"], _day(document["valid_until"], language)),
        (t["ticket"], document["ticket"]),
    ]
    return _page(
        f"{t['quote']} {document['number']}", language, draft and t["draft"],
        [
            _parties(document["seller"], document["buyer"], t),
            f"<h1>{escape(t['quote'])} <small>{escape(document['number'])}</small></h1>",
            _facts(facts), f"<h2>{escape(document['title'])}</h2>", _words(document["intro"]),
            _lines(document["lines"], document["currency"], language),
            _sums(document, document["taxes"], document["currency"], language),
            _words(document["terms"]), _foot(document["seller"], t),
        ],
    )  # fmt: skip


def invoice_paper(page: InvoicePage) -> str:
    """An invoice or credit note, or the draft of one."""
    t = words(page.language)
    credit = page.kind == "credit_note"
    name = t["credit_note"] if credit else t["invoice"]
    facts = [
        (t["number"], page.number or "-"),
        (t["issued_on"], _day(page.issued_on, page.language)),
        ("" if credit else t["due_on"], _day(page.due_on, page.language)),
        (t["ticket"], ", ".join(page.tickets)), (t["quote"], page.quote),
        (t["credits"], page.credits),
    ]  # fmt: skip
    lines = [line.model_dump(mode="json") for line in page.lines]
    sums = {"net": page.net.amount, "tax": page.tax.amount, "gross": page.gross.amount}
    taxes = [tax.model_dump() for tax in page.taxes]
    cancelled = t["cancelled"].format(number=page.credited_by) if page.credited_by else ""
    return _page(
        f"{name} {page.number}", page.language,
        t["draft"] if page.state in {"draft", "discarded"} else cancelled,
        [
            _parties(page.seller, page.buyer or {"name": page.customer_name}, t),
            f"<h1>{escape(name)} <small>{escape(page.number)}</small></h1>", _facts(facts),
            _words(page.note), _lines(lines, page.currency, page.language),
            _sums(sums, taxes, page.currency, page.language), _foot(page.seller, t),
        ],
    )  # fmt: skip


def _page(title: str, language: str, mark: str | bool, blocks: Sequence[str]) -> str:
    stamp = f'<p class="mark">{escape(str(mark))}</p>' if mark else ""
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{_CSS}</style></head>"
        f"<body><main>{stamp}{''.join(blocks)}</main></body></html>"
    )


def _parties(seller: dict[str, Any], buyer: dict[str, Any], t: dict[str, str]) -> str:
    place = " ".join(str(buyer.get(name) or "") for name in ("city", "country")).strip()
    to = [buyer.get("name"), buyer.get("address"), place]
    tax = f"{t['tax_number']}: {seller['tax_number']}" if seller.get("tax_number") else ""
    return (
        f'<section class="parties"><address><b>{escape(str(seller.get("name") or ""))}</b>'
        f"{_rows([seller.get('address'), tax])}</address>"
        f"<address><b>{escape(str(to[0] or ''))}</b>{_rows(to[1:])}</address></section>"
    )


def _rows(texts: Sequence[Any]) -> str:
    lines = [line for text in texts if text for line in str(text).splitlines()]
    return "".join(f"<span>{escape(line)}</span>" for line in lines)


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    cells = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in facts
        if name and value
    )
    return f"<dl>{cells}</dl>"


def _words(text: str) -> str:
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    return "".join(f"<p>{escape(part)}</p>" for part in paragraphs)


def _lines(lines: Sequence[dict[str, Any]], currency: str, language: str) -> str:
    t = words(language)
    heads = ("position", "what", "quantity", "unit_price", "tax", "net")
    head = "".join(f'<th class="{name}">{escape(t[name])}</th>' for name in heads)
    body = "".join(_line(at, line, currency, language) for at, line in enumerate(lines, 1))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _line(at: int, line: dict[str, Any], currency: str, language: str) -> str:
    t = words(language)
    hours = t.get(f"hours_{line['hours']}", "") if line["hours"] else ""
    share = "" if line.get("share") in (None, "100") else t["share"].format(
        percent=_number(line["share"], language)
    )  # fmt: skip
    discount = "" if line["discount"] == "0" else t["discount"].format(
        percent=_number(line["discount"], language)
    )  # fmt: skip
    day = _day(line.get("on"), language)
    notes = [line["code"], hours, day, line.get("ticket") or "", discount, share]
    quantity, unit = Decimal(line["quantity"]), line["unit"]
    if line["per"] > 1:
        quantity, unit = quantity / line["per"], t["hour"]
    shown = f"{_number(quantity, language)} {t.get(f'unit_{unit}', unit)}".strip()
    rate = "" if line["tax_rate"] is None else f"{_number(line['tax_rate'], language)} %"
    note = " · ".join(escape(text) for text in notes if text)
    return (
        f"<tr><td>{at}</td><td>{escape(line['text'])}<small>{note}</small></td>"
        f'<td class="n">{escape(shown)}</td>'
        f'<td class="n">{escape(_money(line["unit_price"], currency, language))}</td>'
        f'<td class="n">{escape(rate)}</td>'
        f'<td class="n">{escape(_money(line["net"], currency, language))}</td></tr>'
    )


def _sums(
    sums: dict[str, Any], taxes: Sequence[dict[str, Any]], currency: str, language: str
) -> str:
    t = words(language)
    rows = [(t["net_total"], sums["net"])]
    for tax in taxes:
        name = tax.get("name") or tax["code"]
        rows.append((f"{name} {_number(tax['rate'], language)} %", tax["tax"]))
    rows.append((t["gross_total"], sums["gross"]))
    cells = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(_money(amount, currency, language))}</td></tr>"
        for name, amount in rows
    )
    return f'<table class="sums"><tbody>{cells}</tbody></table>'


def _foot(seller: dict[str, Any], t: dict[str, str]) -> str:
    bank = seller.get("bank") or ""
    pay = f"<div><b>{escape(t['bank'])}</b>{_rows([bank])}</div>" if bank else ""
    return f"<footer>{pay}<div>{_rows([seller.get('note')])}</div></footer>"


def _money(amount: str, currency: str, language: str) -> str:
    digits = Decimal(amount)
    return format_currency(
        digits, currency, locale=language,
        decimal_quantization=_fits(digits, currency),
    )  # fmt: skip


def _fits(amount: Decimal, currency: str) -> bool:
    """Whether the currency's own precision shows all digits; a price of one unit may have more."""
    return amount == amount.quantize(smallest(currency))


def _number(amount: str | Decimal, language: str) -> str:
    return format_decimal(Decimal(amount), format="#,##0.####", locale=language)


def _day(day: date | str | None, language: str) -> str:
    if not day:
        return ""
    known = date.fromisoformat(day) if isinstance(day, str) else day
    return format_date(known, format="medium", locale=language)


_CSS = """
@page { size: A4; margin: 18mm 16mm; }
* { box-sizing: border-box; }
body { font: 10pt/1.45 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #111;
  margin: 0; background: #e8edef; font-variant-numeric: tabular-nums; }
main { background: #fff; max-width: 210mm; margin: 16px auto; padding: 18mm 16mm; }
.parties { display: flex; justify-content: space-between; gap: 10mm; }
address { font-style: normal; display: flex; flex-direction: column; max-width: 80mm; }
h1 { font-size: 18pt; margin: 10mm 0 3mm; } h1 small { font-weight: 400; color: #555; }
h2 { font-size: 12pt; margin: 5mm 0 2mm; }
dl { display: flex; flex-wrap: wrap; gap: 2mm 10mm; margin: 0 0 4mm; }
dt { font-size: 8pt; color: #555; } dd { margin: 0; font-weight: 600; }
p { white-space: pre-line; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; margin: 5mm 0; }
th { text-align: start; font-size: 8pt; color: #555; border-bottom: 1px solid #111; padding: 1mm; }
td { border-bottom: 1px solid #ccc; padding: 1.6mm 1mm; vertical-align: top; }
td small { display: block; color: #555; overflow-wrap: anywhere; }
tr { break-inside: avoid; } thead { display: table-header-group; }
.n, th.quantity, th.unit_price, th.tax, th.net { text-align: end; white-space: nowrap; }
.sums { width: auto; margin-inline-start: auto; }
.sums td { text-align: end; } .sums tr:last-child > * { font-weight: 700; font-size: 12pt;
  color: #111; border-bottom: 2px solid #111; }
.mark { border: 2px solid #b42318; color: #b42318; font-weight: 700; padding: 2mm 4mm;
  display: inline-block; margin: 0 0 6mm; }
footer { display: flex; justify-content: space-between; gap: 10mm; font-size: 8pt; color: #333;
  border-top: 1px solid #ccc; margin-top: 10mm; padding-top: 3mm; }
footer div { display: flex; flex-direction: column; }
@media print { body { background: #fff; } main { margin: 0; padding: 0; max-width: none; } }
@media screen and (max-width: 600px) { main { padding: 16px; margin: 0; }
  .parties { flex-direction: column; gap: 4mm; } th.tax, td:nth-child(5) { display: none; } }
"""
