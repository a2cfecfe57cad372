"""Every kind that can be exported, and who may."""

from __future__ import annotations

from careloop.crm_core.export import (
    catalog_queries,
    customer_queries,
    device_queries,
    fault_queries,
    promise_queries,
    service_level_queries,
    staff_queries,
    stock_queries,
    ticket_queries,
    visit_queries,
)  # fmt: skip
from careloop.crm_core.export.form import ExportForm
from careloop.kit.actor import Actor
from careloop.kit.errors import Forbidden, NotFound

EXPORTS: dict[str, ExportForm] = {
    form.kind: form
    for module in (
        customer_queries, catalog_queries, device_queries, service_level_queries,
        promise_queries, ticket_queries, visit_queries, stock_queries, staff_queries,
        fault_queries,
    )
    for form in module.FORMS
}  # fmt: skip


def form_of(actor: Actor, kind: str) -> ExportForm:
    """The form of a kind; `NotFound` for an unknown one, `Forbidden` without its right."""
    form = EXPORTS.get(kind)
    if form is None:
        raise NotFound(f"There is no export {kind!r}; there are {', '.join(EXPORTS)}")
    if not (actor.is_staff and actor.may("export")):
        raise Forbidden("You may not export")
    if not actor.may(form.scope):
        raise Forbidden(f"This export needs the right {form.scope}")
    return form


def open_to(actor: Actor) -> list[ExportForm]:
    """The kinds that the actor may export."""
    if not (actor.is_staff and actor.may("export")):
        return []
    return [form for form in EXPORTS.values() if actor.may(form.scope)]
