"""How much a tenant may ask of models: seconds and tokens of one call, tokens of a day.

Counted in memory and added to the table `ai_usage` a few seconds later, so that a call never waits
for the database nor for a transaction that its own thread holds. Several processes add to one row;
each learns of the others when it saves, so the day's limit may be passed by what they spend
meanwhile.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import ClassVar

import structlog
from sqlalchemy import String, update
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.ai.ports import OverBudget, Usage
from careloop.kit.clock import Clock, SystemClock
from careloop.kit.db import Database, TenantRow

log = structlog.get_logger(__name__)

SAVE_SECONDS = 5.0


class AiUsage(TenantRow):
    """What a tenant has asked of models on one day (UTC)."""

    __tablename__ = "ai_usage"
    audited: ClassVar[bool] = False

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    calls: Mapped[int] = mapped_column(default=0)
    tokens_in: Mapped[int] = mapped_column(default=0)
    tokens_out: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is allowed; 0 tokens a day is no limit."""

    seconds: float = 30.0
    tokens_per_call: int = 16_000
    tokens_per_day: int = 0


@dataclass(slots=True)
class _Day:
    saved: int | None = None
    """Tokens of that day in the table, of all processes; None before it was read."""
    reserved: int = 0
    unsaved: list[Usage] = field(default_factory=list)

    @property
    def spent(self) -> int:
        return (self.saved or 0) + self.reserved + sum(item.tokens for item in self.unsaved)


Key = tuple[str, date, str]


class UsageBook:
    """Counts and limits. Without a database it counts in this process alone."""

    def __init__(self, database: Database | None = None, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or (database.clock if database else SystemClock())
        self._days: dict[Key, _Day] = {}
        self._lock = threading.Lock()
        self._saving = threading.Lock()
        self._timer: threading.Timer | None = None

    def reserve(self, tenant_id: str, kind: str, tokens: int, allowance: Allowance) -> Key:
        """Set tokens aside for a call that begins; `OverBudget` when there are not enough left."""
        if tokens > allowance.tokens_per_call:
            raise OverBudget("This call is larger than the model may be asked at once")
        key = (tenant_id, self._clock.now().astimezone(UTC).date(), kind)
        self._recall(key)
        with self._lock:
            day = self._days.setdefault(key, _Day())
            if allowance.tokens_per_day and day.spent + tokens > allowance.tokens_per_day:
                raise OverBudget("The day's limit for the model is reached")
            day.reserved += tokens
        return key

    def settle(self, key: Key, reserved: int, usage: Usage | None) -> None:
        """The call has ended; None when it used nothing."""
        with self._lock:
            day = self._days[key]
            day.reserved -= reserved
            if usage is None:
                return
            day.unsaved.append(usage)
            if self._database is not None and self._timer is None:
                self._timer = threading.Timer(SAVE_SECONDS, self.save)
                self._timer.daemon = True
                self._timer.start()

    def spent(self, tenant_id: str, kind: str, on: datetime | None = None) -> int:
        """Tokens of the day, as far as this process knows."""
        key = (tenant_id, (on or self._clock.now()).astimezone(UTC).date(), kind)
        self._recall(key)
        with self._lock:
            day = self._days.get(key)
            return day.spent if day is not None else 0

    def save(self) -> None:
        """Add what is counted to the table; a failure is logged and the counts are kept."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = None
        with self._saving:
            with self._lock:
                due = {key: list(day.unsaved) for key, day in self._days.items() if day.unsaved}
            for key, usages in due.items():
                self._save_day(key, usages)
            self._forget()

    def _save_day(self, key: Key, usages: list[Usage]) -> None:
        if self._database is None:
            return
        try:
            with self._database.write(key[0]) as session:
                where = (AiUsage.tenant_id == key[0], AiUsage.day == key[1], AiUsage.kind == key[2])
                if session.get(AiUsage, key) is None:
                    session.add(AiUsage(tenant_id=key[0], day=key[1], kind=key[2]))
                    session.flush()
                session.execute(
                    update(AiUsage).where(*where).values(
                        calls=AiUsage.calls + len(usages),
                        tokens_in=AiUsage.tokens_in + sum(item.tokens_in for item in usages),
                        tokens_out=AiUsage.tokens_out + sum(item.tokens_out for item in usages),
                        seconds=AiUsage.seconds + sum(item.seconds for item in usages),
                    )
                )  # fmt: skip
                row = session.get_one(AiUsage, key, populate_existing=True)
                total = row.tokens_in + row.tokens_out
        except Exception:
            # A worker's loop, on a timer: the counts stay in memory and go with the next save.
            log.exception("ai_usage_not_saved")
            return
        with self._lock:
            day = self._days[key]
            day.saved = total
            del day.unsaved[: len(usages)]

    def _recall(self, key: Key) -> None:
        """Read once what other processes, or this one before a restart, have spent."""
        with self._lock:
            day = self._days.get(key)
            if self._database is None or (day is not None and day.saved is not None):
                return
        with self._database.read(key[0]) as session:
            row = session.get(AiUsage, key)
            total = row.tokens_in + row.tokens_out if row is not None else 0
        with self._lock:
            day = self._days.setdefault(key, _Day())
            if day.saved is None:
                day.saved = total

    def _forget(self) -> None:
        """Days that have passed are not held in memory."""
        today = self._clock.now().astimezone(UTC).date()
        with self._lock:
            for key in [k for k, day in self._days.items() if k[1] < today]:
                if not self._days[key].unsaved and not self._days[key].reserved:
                    del self._days[key]


def estimate_tokens(text: str) -> int:
    """About how many tokens a text has: four letters of ASCII, or one other letter, to each."""
    narrow = sum(char.isascii() for char in text)
    return narrow // 4 + (len(text) - narrow) + 1
