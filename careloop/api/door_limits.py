"""Limits of the doors that stand open to everybody: by network address, over all accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from careloop.api.auth import ServicesDep
from careloop.kit.limits import RateLimit
from careloop.kit.settings import Settings

ADDRESS_SHARE = 5
"""An office behind one address may fail so many times as often as one account."""


@dataclass
class DoorLimits:
    """Sliding windows in this process; a proxy that all requests come through must be trusted
    (`careloop serve` behind one: uvicorn's `--forwarded-allow-ips`), or it shares one window."""

    failures_of_address: RateLimit
    resets_of_address: RateLimit
    wrong_links_of_address: RateLimit

    @staticmethod
    def of(settings: Settings) -> DoorLimits:
        failures = settings.logins_per_minute * ADDRESS_SHARE
        return DoorLimits(RateLimit(failures, 60), RateLimit(10, 600), RateLimit(20, 600))


def door_limits(request: Request, services: ServicesDep) -> DoorLimits:
    """The limits of this application, made at first use."""
    state = request.app.state
    if not hasattr(state, "door_limits"):
        state.door_limits = DoorLimits.of(services.settings)
    limits: DoorLimits = state.door_limits
    return limits


LimitsDep = Annotated[DoorLimits, Depends(door_limits)]
