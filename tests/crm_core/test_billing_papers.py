"""Quotes and invoices: sent and decided once, issued without a gap, never changed."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from billed import NOON, Billed, open_house

from careloop.crm_core.billing import (
    invoice_queries,
    invoice_views,
    quote_queries,
    quote_views,
    summary,
)
from careloop.crm_core.billing.errors import InvoiceIssued
from careloop.crm_core.billing.events import QuoteDecided
from careloop.crm_core.billing.invoice_schemas import InvoicePage
from careloop.crm_core.billing.quote_schemas import QuotePage
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import Actor, Role
from careloop.kit.clock import Clock, FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, Forbidden, InvalidInput, NotFound, VersionConflict


@pytest.fixture
def clock() -> Clock:
    return FixedClock(NOON + timedelta(hours=6))


@pytest.fixture
def house(database: Database) -> Billed:
    return open_house(database)


def quote(house: Billed, number: str) -> QuotePage:
    with house.database.read() as session:
        return quote_views.page(session, quote_queries.quote(session, house.manager, number))


def invoice(house: Billed, name: str) -> InvoicePage:
    with house.database.read() as session:
        return invoice_views.page(session, invoice_queries.invoice(session, house.manager, name))


def customer(house: Billed) -> Actor:
    """Whoever holds the link."""
    return Actor(house.books.tenant, Role.CUSTOMER, scopes=frozenset({"quotes:answer"}))


def act(house: Billed, secret: str, act: str, **facts: Any) -> Any:
    facts = {"act": act, "client_id": "page-0001", "token_hash": secret, **facts}
    return house.do("quotes.act", customer(house), **facts)


def digest(house: Billed, number: str) -> str:
    return quote(house, number).revisions[0].digest


def test_a_quote_is_priced_by_list_part_and_hand(house: Billed) -> None:
    number = house.quote(
        lines=[
            {"kind": "labour", "quantity": "90"},
            {"kind": "part", "code": house.books.part, "quantity": "3"},
            {"kind": "fixed", "code": "INSPECT"},
            {"kind": "free", "text": "Crate", "unit_price": "0.125", "quantity": "1",
             "tax_code": "Z"},
        ]
    )  # fmt: skip
    page = quote(house, number)
    assert [(line.net, line.tax, line.origin) for line in page.lines] == [
        ("180.00", "34.20", "list:standard"), ("405.00", "76.95", "list:standard"),
        ("299.00", "56.81", "list:standard"), ("0.13", "0.00", "hand"),
    ]  # fmt: skip
    assert page.lines[2].text == "Inspection"
    assert (page.net.amount, page.tax.amount, page.gross.amount) == ("884.13", "167.96", "1052.09")
    assert [(tax.code, tax.net, tax.tax) for tax in page.taxes] == [
        ("S", "884.00", "167.96"), ("Z", "0.13", "0.00"),
    ]  # fmt: skip
    assert page.needs_approval
    unpriced = house.quote(lines=[{"kind": "travel_km", "quantity": "40"}])
    assert quote(house, unpriced).problems == ["unpriced:1"]
    with pytest.raises(Conflict, match="unpriced:1"):
        house.do("quotes.send", quote=unpriced, token_hash="0" * 64)


def test_a_large_quote_waits_for_a_manager(house: Billed) -> None:
    lines = [{"kind": "fixed", "code": "INSPECT", "quantity": "3"}]
    number = str(
        house.do("quotes.create", house.agent, title="Three", customer_id=house.books.customer,
                 lines=lines).number
    )  # fmt: skip
    sent = house.do("quotes.send", house.agent, quote=number, token_hash="1" * 64)
    assert sent.state == "waiting_approval"
    with pytest.raises(Forbidden):
        house.do("quotes.release", house.agent, quote=number)
    assert house.do("quotes.refuse", quote=number, reason="too much").state == "draft"
    house.do("quotes.send", house.agent, quote=number, token_hash="1" * 64)
    assert house.do("quotes.release", quote=number).state == "released"
    # Whoever changes it now needs the manager again.
    body = {"title": "Four", "lines": [{**lines[0], "quantity": "4"}]}
    changed = house.do("quotes.change", house.agent, quote=number, **body)
    assert (changed.state, changed.released_by) == ("draft", "")
    with pytest.raises(VersionConflict):
        house.do("quotes.change", quote=number, version=1, **body)
    # A manager may send at once what they wrote themselves, unless four eyes are asked for.
    assert house.do("quotes.send", quote=number, token_hash="1" * 64).state == "sent"


def test_a_customer_decides_once_about_what_was_shown(house: Billed) -> None:
    heard: list[QuoteDecided] = []
    house.database.bus.on(QuoteDecided, lambda _, event: heard.append(event))
    ticket = house.ticket()
    number, secret = house.sent(ticket=ticket, customer_id=None)
    shown = digest(house, number)
    with pytest.raises(InvalidInput, match="needed"):
        act(house, secret, "approve", name="Dora", digest=shown)
    with pytest.raises(InvalidInput, match="not the quote"):
        act(house, secret, "approve", name="Dora", accepted=True, digest="0" * 64)
    asked = {"client_id": "question-1", "text": "With travel?", "name": "Dora"}
    assert act(house, secret, "question", **asked).state == "open"
    assert act(house, secret, "question", **asked).repeated
    answer = {"text": "Yes", "client_id": "answer-001"}
    house.do("quotes.answer", house.agent, quote=number, **answer)
    yes = {"name": "Dora Lab", "accepted": True, "digest": shown}
    assert act(house, secret, "approve", **yes).state == "approved"
    assert act(house, secret, "approve", **yes).repeated
    with pytest.raises(Conflict, match="approved already"):
        act(house, secret, "reject", text="too dear")
    page = quote(house, number)
    assert (page.state, page.decided_by, page.decided_via) == ("approved", "Dora Lab", "link")
    assert page.approved_hash == shown == page.revisions[0].approved_hash
    assert page.revisions[0].intact
    assert [one.from_customer for one in page.questions] == [True, False]
    assert [(event.number, event.approved, event.ticket) for event in heard] == [
        (number, True, ticket)
    ]
    with house.database.read() as session:
        row = tickets.ticket(session, house.manager, ticket)
        lines = tickets.history(session, house.manager, row)
        told = [line.data["what"] for line in lines if line.kind == "quote"]
    assert told == ["drafted", "sent", "question", "approved"]
    # What was approved never changes any more.
    with pytest.raises(Conflict):
        house.do("quotes.change", quote=number, title="Other")
    with pytest.raises(Conflict):
        house.do("quotes.revise", quote=number)


def test_a_new_revision_closes_the_old_link(house: Billed, clock: FixedClock) -> None:
    number, secret = house.sent()
    old = digest(house, number)
    house.do("quotes.revise", quote=number)
    yes = {"name": "Dora", "accepted": True, "digest": old}
    with pytest.raises(Conflict, match="open no more"):
        act(house, secret, "approve", **yes)
    house.do("quotes.change", quote=number, title="Cheaper",
             lines=[{"kind": "labour", "quantity": "45"}])  # fmt: skip
    house.do("quotes.send", quote=number, token_hash="2" * 64)
    page = quote(house, number)
    assert (page.revision, [one.revision for one in page.revisions]) == (2, [2, 1])
    assert page.revisions[1].document["title"] == "Repair"
    clock.advance(timedelta(days=31))
    assert quote(house, number).state == "expired"
    with pytest.raises(Conflict, match="valid until"):
        act(house, "2" * 64, "approve", **{**yes, "digest": page.revisions[0].digest})
    with pytest.raises(NotFound):
        act(house, "3" * 64, "reject", text="who?")


def test_an_invoice_takes_what_the_customer_bears_once(house: Billed) -> None:
    number = house.closed()
    draft = house.do("invoices.draft", tickets=[number])
    page = invoice(house, draft.id)
    assert [(line.item, line.net) for line in page.lines] == [
        ("labour", "120.00"), ("travel_time", "40.00"), ("call_out", "49.99"),
    ]  # fmt: skip
    assert (page.net.amount, page.tax.amount, page.gross.amount) == ("209.99", "39.90", "249.89")
    with pytest.raises(Conflict, match="nothing to bill"):
        house.do("invoices.draft", tickets=[number])
    with pytest.raises(Conflict, match="stands on"):
        house.do("billing.settle", number=number, recompute=True, reason="x")
    issued = house.do("invoices.issue", invoice=draft.id)
    assert issued.number == "INV-2026-000001"
    again = invoice(house, issued.number)
    assert again.intact
    assert again.buyer["name"]
    for tool, more in (
        ("change", {"note": "x"}), ("issue", {}), ("discard", {}),
    ):  # fmt: skip
        with pytest.raises(Conflict):
            house.do(f"invoices.{tool}", invoice=draft.id, **more)
    # Not even past the tools.
    with pytest.raises(InvoiceIssued), house.database.write() as session:
        invoice_queries.invoice(session, house.manager, draft.id).note = "other"
    with pytest.raises(InvoiceIssued), house.database.write() as session:
        row = invoice_queries.invoice(session, house.manager, draft.id)
        invoice_queries.lines_of(session, row)[0].net = Decimal(1)
    note = house.do("invoices.credit", invoice=issued.number, reason="wrong customer")
    assert (note.number, note.gross.amount) == ("CN-2026-000001", "-249.89")
    assert invoice(house, note.number).intact
    assert invoice(house, issued.number).credited_by == "CN-2026-000001"
    assert invoice(house, issued.number).intact
    # What was taken back may be billed again.
    assert house.do("invoices.draft", tickets=[number]).net.amount == "209.99"


def test_an_invoice_from_an_approved_quote_and_with_a_least_charge(house: Billed) -> None:
    number, _ = house.sent()
    with pytest.raises(Conflict, match="not approved"):
        house.do("invoices.draft", quote=number)
    told = {"quote": number, "approved": True, "name": "Dora", "via": "phone"}
    house.do("quotes.note_decision", house.agent, **told)
    assert house.do("invoices.draft", quote=number).net.amount == "120.00"
    with pytest.raises(Conflict, match="billed"):
        house.do("invoices.draft", quote=number)
    least = {"currency": "EUR", "valid_from": "2026-01-01", "tax_code": "S", "priority": 5,
             "minimum": "500", "items": [{"kind": "labour", "price": "120"}]}  # fmt: skip
    house.do("billing.create_price_list", code="least", **least)
    page = invoice(house, house.do("invoices.draft", tickets=[house.closed()]).id)
    assert (page.net.amount, page.lines[-1].source) == ("500.00", "minimum")
    # An untaxed line must be given its code before it goes out.
    free = [{"text": "Crate", "unit_price": "10"}]
    bare = house.do("invoices.draft", customer_id=house.books.customer, lines=free)
    with pytest.raises(Conflict, match="no_tax:1"):
        house.do("invoices.issue", invoice=bare.id)
    house.do("invoices.change", invoice=bare.id, tax_codes={"1": "Z"})
    assert house.do("invoices.issue", invoice=bare.id).gross.amount == "10.00"


def test_what_is_handed_over_is_handed_over_once(house: Billed) -> None:
    for text in ("one", "two"):
        lines = [{"text": text, "unit_price": "10", "tax_code": "Z"}]
        draft = house.do("invoices.draft", customer_id=house.books.customer, lines=lines)
        house.do("invoices.issue", invoice=draft.id)
    batch = house.do("invoices.export", key="k1")
    assert batch.count == 2
    assert house.do("invoices.export", key="k1").id == batch.id
    with pytest.raises(Conflict, match="Nothing new"):
        house.do("invoices.export")


def test_numbers_have_no_gap_and_no_double_under_eight_threads(house: Billed) -> None:
    drafts: list[str] = []
    for index in range(24):
        tax = {} if index % 3 == 2 else {"tax_code": "Z"}
        lines = [{"text": f"line {index}", "unit_price": "10", **tax}]
        drafts.append(house.do("invoices.draft", customer_id=house.books.customer, lines=lines).id)
    numbers: list[str] = []
    refused: list[str] = []
    odd: list[BaseException] = []
    start = threading.Barrier(8)

    def issue(mine: list[str]) -> None:
        start.wait()
        for name in mine:
            try:
                numbers.append(house.do("invoices.issue", invoice=name).number)
            except Conflict as error:
                refused.append(error.message)
            except BaseException as error:
                odd.append(error)

    # Every draft is tried by two threads; a third of them lacks its tax and takes no number.
    shared = [drafts[at::4] for at in range(4)] * 2
    threads = [threading.Thread(target=issue, args=(mine,)) for mine in shared]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert odd == []
    assert sorted(numbers) == [f"INV-2026-{at:06d}" for at in range(1, 17)]
    assert len(refused) == 48 - 16


def test_the_summary_adds_up(house: Billed) -> None:
    first, second = house.closed(), house.closed()
    draft = house.do("invoices.draft", tickets=[first, second])
    house.do("invoices.issue", invoice=draft.id)
    house.do("contracts.create", number="SC-1", customer_id=house.books.customer, plan="Plus",
             starts_on="2026-01-01", ends_on="2026-12-31",
             price={"amount": "3650", "currency": "EUR"},
             lines=[{"what": "labour"}], assets=[{"serial": house.books.serial}])  # fmt: skip
    house.closed()
    since, until = (NOON - timedelta(days=9)).date(), NOON.date()
    with house.database.read() as session:
        found = summary.summary(session, house.manager, since, until, "ticket")
        months = summary.summary(session, house.manager, since, until, "month")
    assert found.bills == 3
    assert [row.currency for row in found.totals] == ["EUR"]
    whole = found.totals[0]
    for name in ("cost", "price", "contract", "contract_cost", "customer"):
        parts = sum(Decimal(getattr(row, name)) for row in found.rows)
        assert Decimal(getattr(whole, name)) == parts, name
    assert Decimal(whole.contract) == Decimal("120")
    assert [row.key for row in months.rows] == ["2026-11"]
    assert [(row.month, row.revenue) for row in months.months] == [("2026-11", "419.98")]
    contract = found.contracts[0]
    assert contract.revenue is not None
    assert contract.revenue.amount == "100.00"  # ten days of a year
    assert contract.result is not None
    assert contract.result.amount == "40.00"
