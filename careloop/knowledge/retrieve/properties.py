"""Properties that a question can ask the value of, and which of them are told as one."""

from __future__ import annotations

from functools import lru_cache

from careloop.knowledge.language.termbase import termbase

_MORE = frozenset(
    {
        "weight", "dimensions", "power", "voltage", "temperature", "humidity", "pressure",
        "flow_rate", "speed", "noise_level", "capacity", "accuracy", "torque", "altitude",
        "clearance", "service_life", "opening_hours", "response_time", "price", "part_number",
    }
)  # fmt: skip
_VAGUE = frozenset(
    {
        "technical_data", "set_point", "duration", "maintenance_interval", "operating_hours",
        "quantity", "limit_value", "value_range", "vacuum_level", "fill_level", "gap",
    }
)  # fmt: skip
_ALIKE = (
    frozenset({"speed", "capacity"}),
    frozenset({"temperature", "operating_temperature"}),
    frozenset({"pressure", "vacuum_level"}),
    frozenset({"clearance", "gap"}),
    frozenset({"service_life", "maintenance_interval", "duration"}),
    frozenset({"quantity", "capacity", "fill_level"}),
    frozenset({"viscosity", "oil"}),
    frozenset({"oil", "lubricant", "grease", "lubrication_system", "lubricate", "refill"}),
    frozenset({"dirty", "clean", "clogged"}),
    frozenset({"clean", "disinfect"}),
    frozenset({"does_not_start", "does_not_power_on", "boot_failure"}),
    frozenset({"jammed", "clogged", "material_jam"}),
    frozenset({"leak", "sealing_poor"}),
    frozenset({"loose", "not_tight"}),
    frozenset({"delivery", "delivery_time"}),
    frozenset({"storage_space", "full"}),
)
EXTENTS = frozenset(
    {"quantity", "duration", "maintenance_interval", "limit_value", "alarm_active", "error_code",
     "value_range", "technical_data"}
)  # fmt: skip
"""Concepts that ask how much or how long, or only say that something is wrong."""
BESIDE = frozenset(
    {"normal", "complaint", "engineer", "forgotten", "urgent", "human_agent", "customer_service",
     "sales", "satisfaction_survey", "low", "full", "model", "nameplate"}
)  # fmt: skip
"""Concepts that are said beside the matter more often than they are the matter."""
THINGS = frozenset({"component"})
"""Kinds of concepts that have properties."""


@lru_cache(maxsize=1)
def properties() -> frozenset[str]:
    """Concepts that name one measurable property: a question for it wants its value."""
    measures = {key for key, item in termbase().concepts_by_key.items() if item.kind == "measure"}
    return frozenset((measures | _MORE) - _VAGUE)


@lru_cache(maxsize=4096)
def alike(concept: str) -> tuple[str, ...]:
    """Other concepts under which the same value may be told."""
    return tuple(
        sorted({other for group in _ALIKE if concept in group for other in group} - {concept})
    )
