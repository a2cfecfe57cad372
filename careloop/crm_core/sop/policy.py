"""What comes next in a run: pure functions over the steps of a version and what was recorded.

The state of a run is a function of the set of its records, not of the order in which they came
in: a walk from the first step follows what each record says and stops where none is left. So
records from phones that were out of reach may arrive in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Literal

from careloop.crm_core.sop.content import END, STOP, SopReadingLimits, SopStep
from careloop.kit.clock import as_utc

Outcome = Literal["done", "passed", "failed", "skipped"]
Result = Literal["", "passed", "remarks", "failed"]
WELL = frozenset({"done", "passed"})
OFFLINE_DAYS = 60
UNKNOWN = datetime.min.replace(tzinfo=UTC)
LATE = timedelta(minutes=2)
"""From this age on a record counts as one that a phone kept while it was out of reach."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was said of a step, or the correction of what was said before (`corrects`)."""

    id: str
    step: str
    outcome: str
    option: str = ""
    order_at: datetime = UNKNOWN
    seq: int = 0
    corrects: str | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """One step on the way, with the first record of it and the one that holds now."""

    step: str
    entry: str
    holds: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands. `next` is empty once it has ended; `result` is empty before.

    `waiting` are records of steps that may still come, `strays` of steps off the way taken.
    """

    path: tuple[Passed, ...]
    next: str
    result: Result
    waiting: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        return not self.next


def within(value: Decimal, limits: SopReadingLimits | None) -> bool | None:
    """Whether a reading passes; limits are included; None where there are none."""
    if limits is None or (limits.low is None and limits.high is None):
        return None
    low_enough = limits.high is None or value <= limits.high
    return low_enough and (limits.low is None or value >= limits.low)


def following(steps: Sequence[SopStep], step: SopStep, outcome: str, option: str = "") -> str:
    """Where a step leads: the id of a step, `end` or `stop`."""
    if outcome == "failed":
        if step.on_fail == "stop":
            return STOP
        if step.on_fail == "goto":
            return step.goto or STOP
    elif option:
        chosen = next((one for one in step.options if one.id == option), None)
        if chosen is not None and chosen.goto:
            return chosen.goto
    return onward(steps, step)


def onward(steps: Sequence[SopStep], step: SopStep) -> str:
    """Where a step leads that went well."""
    if step.then:
        return step.then
    place = next(index for index, one in enumerate(steps) if one.id == step.id)
    return steps[place + 1].id if place + 1 < len(steps) else END


def ways(steps: Sequence[SopStep], step: SopStep) -> Iterator[str]:
    """Every place a step may lead to."""
    yield following(steps, step, "done")
    yield following(steps, step, "failed")
    for option in step.options:
        yield following(steps, step, "done", option.id)


def reachable(steps: Sequence[SopStep], start: str) -> set[str]:
    """Steps that may still come from `start` on, itself among them."""
    by_id = {step.id: step for step in steps}
    found, left = set[str](), [start]
    while left:
        here = left.pop()
        if here in by_id and here not in found:
            found.add(here)
            left.extend(ways(steps, by_id[here]))
    return found


def progress(steps: Sequence[SopStep], entries: Sequence[Entry]) -> Progress:
    """Walk from the first step along what was recorded.

    Of several records of one step the earliest is for its first turn, the next for its second,
    as where a check sends back. A correction takes the place of what it
    corrects.
    """
    by_id = {step.id: step for step in steps}
    turns, holds = _turns(entries)
    used: dict[str, int] = {}
    path: list[Passed] = []
    here = steps[0].id if steps else END
    while here in by_id:
        queue, turn = turns.get(here, []), used.get(here, 0)
        if turn >= len(queue):
            break
        used[here] = turn + 1
        root = queue[turn]
        said = holds.get(root.id, root)
        path.append(Passed(here, root.id, said.id, said.outcome))
        here = following(steps, by_id[here], said.outcome, said.option)
    ended = here not in by_id
    loose = [one for step, queue in turns.items() for one in queue[used.get(step, 0) :]]
    ahead = set() if ended else reachable(steps, here)
    strays = tuple(one.id for one in loose if one.step not in ahead)
    result: Result = _result(path, here, bool(strays)) if ended else ""
    waiting = tuple(one.id for one in loose if one.step in ahead)
    return Progress(tuple(path), "" if ended else here, result, waiting, strays)


def _turns(entries: Sequence[Entry]) -> tuple[dict[str, list[Entry]], dict[str, Entry]]:
    """First records by step in the order they happened, and for each the correction that holds."""
    turns: dict[str, list[Entry]] = {}
    holds: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda one: (one.order_at, one.seq)):
        if entry.corrects is None:
            turns.setdefault(entry.step, []).append(entry)
        elif entry.corrects not in holds or holds[entry.corrects].seq < entry.seq:
            holds[entry.corrects] = entry
    return turns, holds


def _result(path: Sequence[Passed], end: str, strays: bool) -> Result:
    if end != END:
        return "failed"
    last = {one.step: one.outcome for one in path}
    clean = all(outcome in WELL for outcome in last.values())
    return "passed" if clean and not strays else "remarks"


def to_come(steps: Sequence[SopStep], start: str) -> list[SopStep]:
    """The steps that are still to do where all goes well, from `start` on."""
    by_id = {step.id: step for step in steps}
    found: list[SopStep] = []
    here = start
    while here in by_id and by_id[here] not in found:
        found.append(by_id[here])
        here = onward(steps, by_id[here])
    return found


def clamped(happened_at: datetime | None, now: datetime) -> datetime:
    """A device's time, never in the future and never older than a device may be offline."""
    if happened_at is None:
        return now
    return max(now - timedelta(days=OFFLINE_DAYS), min(as_utc(happened_at), now))


def is_late(happened_at: datetime | None, now: datetime) -> bool:
    """Whether a record was kept by a phone before it was sent."""
    return happened_at is not None and now - as_utc(happened_at) >= LATE
