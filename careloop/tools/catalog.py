"""The catalogue: every tool there is, by name, in a fixed order."""

from __future__ import annotations

from types import ModuleType

from careloop.kit.errors import NotFound
from careloop.tools import (
    accounts,
    assets,
    billing,
    calendars,
    connectors,
    contracts,
    conversations,
    custom,
    customers,
    devices,
    dispatch,
    exchange,
    faults,
    feedback,
    knowledge,
    learning,
    notices,
    outbound,
    privacy,
    rules,
    sla,
    sop,
    stock,
    terms,
    tickets,
    translations,
    upkeep,
    views,
    workforce,
    workorders,
)  # fmt: skip
from careloop.tools.spec import ToolSpec

_MODULES: tuple[ModuleType, ...] = (
    accounts, assets, billing, calendars, connectors, contracts, conversations, custom,
    customers, devices, dispatch, exchange, faults, feedback, knowledge, learning, notices,
    outbound, privacy, rules, sla, sop, stock, terms, tickets, translations, upkeep, views,
    workforce, workorders,
)  # fmt: skip


def _collect() -> dict[str, ToolSpec]:
    found: dict[str, ToolSpec] = {}
    for module in _MODULES:
        for value in vars(module).values():
            spec = getattr(value, "tool_spec", None)
            if not isinstance(spec, ToolSpec):
                continue
            if spec.name in found:
                raise TypeError(f"two tools are called {spec.name}")
            found[spec.name] = spec
    return dict(sorted(found.items()))


CATALOG: dict[str, ToolSpec] = _collect()


def find(name: str) -> ToolSpec:
    """The tool of that name; `NotFound` if there is none."""
    try:
        return CATALOG[name]
    except KeyError:
        raise NotFound(f"There is no tool {name!r}") from None
