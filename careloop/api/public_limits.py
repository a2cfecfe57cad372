"""How often an address may knock at the public door."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from careloop.kit.errors import NotFound
from careloop.kit.limits import RateLimit


class PublicLimits:
    """Limits of one process. Misses are few: whoever tries codes is soon shut out."""

    def __init__(self) -> None:
        self.reads = RateLimit(120, 60)
        self.misses = RateLimit(20, 600)
        self.reports = RateLimit(6, 600)
        self.reports_of_device = RateLimit(20, 3600)
        self.uploads = RateLimit(24, 600)
        self.additions = RateLimit(20, 600)


class Visitor:
    """Who knocks: an address, and the limits that count it."""

    def __init__(self, address: str, limits: PublicLimits) -> None:
        self.address = address
        self.limits = limits

    def look(self) -> None:
        """Count one look; `RateLimited` for too many, or for too many misses before."""
        self.limits.misses.check(self.address)
        self.limits.reads.take(self.address)

    def miss(self) -> NotFound:
        """Count a code or secret that opens nothing; every such answer is the same."""
        self.limits.misses.hit(self.address)
        return NotFound("There is no such page")


def visitor(request: Request) -> Visitor:
    limits = getattr(request.app.state, "public_limits", None)
    if limits is None:
        limits = request.app.state.public_limits = PublicLimits()
    return Visitor(request.client.host if request.client else "?", limits)


VisitorDep = Annotated[Visitor, Depends(visitor)]
