"""Who takes the rows of each kind of file."""

from __future__ import annotations

from collections.abc import Callable

from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.intake.rows.assets import take_asset
from careloop.crm_core.intake.rows.calendars import take_calendar
from careloop.crm_core.intake.rows.catalog import take_bom_line, take_part, take_product
from careloop.crm_core.intake.rows.components import ComponentTaker
from careloop.crm_core.intake.rows.contacts import ContactTaker
from careloop.crm_core.intake.rows.contracts import take_contract
from careloop.crm_core.intake.rows.coverage import take_contract_device, take_coverage
from careloop.crm_core.intake.rows.customers import take_customer
from careloop.crm_core.intake.rows.engineers import take_engineer
from careloop.crm_core.intake.rows.faults import take_fault
from careloop.crm_core.intake.rows.locations import take_location
from careloop.crm_core.intake.rows.meters import ReadingTaker, take_meter
from careloop.crm_core.intake.rows.policies import take_policy
from careloop.crm_core.intake.rows.staff import StaffTaker
from careloop.crm_core.intake.rows.stock import StockTaker
from careloop.crm_core.intake.rows.stock_lots import LotTaker, PieceTaker
from careloop.crm_core.intake.rows.tickets import TicketTaker
from careloop.crm_core.intake.rows.visit_facts import VisitFacts
from careloop.crm_core.intake.rows.visits import VisitTaker

Taker = Callable[[Books, Record], str]
_PLAIN: dict[str, Taker] = {
    "customers": take_customer, "products": take_product, "parts": take_part,
    "bom": take_bom_line, "engineers": take_engineer, "calendars": take_calendar,
    "sla_policies": take_policy, "contracts": take_contract, "assets": take_asset,
    "coverage": take_coverage, "contract_devices": take_contract_device,
    "faults": take_fault, "locations": take_location, "meters": take_meter,
}  # fmt: skip
_KEEPING: dict[str, Callable[[Books], Taker]] = {
    "contacts": ContactTaker, "components": ComponentTaker, "readings": ReadingTaker,
}  # fmt: skip


class Takers:
    """The takers of one import. Each is made when its kind is begun: it looks at the books as the
    kinds before it have left them."""

    def __init__(self, books: Books, staff_password: str | None) -> None:
        self._books, self._staff_password = books, staff_password
        self._facts = VisitFacts(books)
        self.tickets: TicketTaker | None = None
        self.visits: VisitTaker | None = None

    def of(self, kind: str) -> Taker | None:
        """What takes the rows of a kind; None for staff without a password."""
        if kind in _PLAIN:
            return _PLAIN[kind]
        if kind in _KEEPING:
            return _KEEPING[kind](self._books)
        if kind == "tickets":
            self.tickets = TicketTaker(self._books)
            return self.tickets
        if kind == "visits":
            self.visits = VisitTaker(self._books, self._facts)
            return self.visits
        others: dict[str, Callable[[], Taker]] = {
            "stock": StockTaker, "stock_balances": LotTaker, "stock_serials": PieceTaker,
            "labour": lambda: self._facts.take_labour, "parts_used": lambda: self._facts.take_part,
        }  # fmt: skip
        if kind in others:
            return others[kind]()
        return StaffTaker(self._staff_password) if self._staff_password else None

    def close(self, kind: str) -> None:
        """End a kind: tickets get the ids by which what comes after them names them."""
        if kind == "tickets" and self.tickets is not None:
            self.tickets.finish()

    def finish(self) -> None:
        """End the reading: sums are compared with their facts."""
        self._facts.finish()
