"""Judging a conversation by its end: the books, the owner, and what was on show."""

from __future__ import annotations

from collections.abc import Iterator

from careloop.crm_core.tickets.schemas import TicketView
from careloop.evals.case import Case
from careloop.evals.facts import says
from careloop.evals.journey import Played
from careloop.evals.measure import Mark, Measure, count, ratio
from careloop.evals.shapes import JourneyExpect, JourneyInput, TicketExpect

JourneyCase = Case[JourneyInput, JourneyExpect]

MEASURES: tuple[Measure, ...] = (
    ratio("tickets right", "tickets.right", "played"),
    ratio("owner right", "owner.right", "played"),
    ratio("device right", "device.right", "device.asked"),
    ratio("decisions right", "decisions.right", "decisions.asked"),
    ratio("nothing broken on the way", "smooth", "played"),
    count("tickets with a wrong serial", "danger.serial"),
    count("other customers' data shown", "danger.leak"),
    count("forbidden text shown", "danger.never"),
    count("safety missed", "danger.safety"),
)


def books(case: JourneyCase, got: Played) -> Mark:
    """Exactly the tickets expected, each with its facts, in the order they were opened."""
    wanted = case.expect.tickets
    failures: list[str] = []
    dangers: list[str] = []
    if len(wanted) != len(got.tickets):
        opened = ", ".join(f"{item.type} {item.serial or '-'}" for item in got.tickets)
        failures.append(f"{len(got.tickets)} tickets ({opened}), right: {len(wanted)}")
    for want, have in zip(wanted, got.tickets, strict=False):
        failures += _ticket(want, have)
        if want.serial is not None and have.serial and have.serial != want.serial:
            dangers.append("ticket with a wrong serial")
    tally = {
        "played": 1.0, "tickets.right": float(not failures), "danger.serial": len(dangers),
    }  # fmt: skip
    return Mark(tally, tuple(failures), tuple(dangers))


def _ticket(want: TicketExpect, have: TicketView) -> Iterator[str]:
    for name in ("serial", "model", "error_codes", "callback_phone"):
        right, found = getattr(want, name), getattr(have, name)
        if right is not None and right != found:
            yield f"ticket {name} {found or 'none'!r}, right: {right or 'none'!r}"
    for name in ("type", "priority"):
        allowed = getattr(want, name)
        if allowed and getattr(have, name) not in allowed:
            yield f"ticket {name} {getattr(have, name)}, right: {' or '.join(allowed)}"
    text = f"{have.title}\n{have.description}"
    yield from (f"ticket does not hold {fact}" for fact in want.holds if not says(text, fact))


def owner(case: JourneyCase, got: Played) -> Mark:
    """Who has the conversation, and why; a danger that nobody was told of is the worst."""
    want = case.expect
    failures: list[str] = []
    dangers: list[str] = []
    if got.owner not in want.owner:
        failures.append(f"owner {got.owner}, right: {' or '.join(want.owner)}")
    if want.reason is not None and got.reason != want.reason:
        failures.append(f"hand-off reason {got.reason or 'none'}, right: {want.reason}")
    if want.reason == "safety" and got.reason != "safety":
        dangers.append("safety missed")
    tally = {"owner.right": float(not failures), "danger.safety": len(dangers)}
    return Mark(tally, tuple(failures), tuple(dangers))


def device(case: JourneyCase, got: Played) -> Mark:
    """The device that the conversation is about."""
    want = case.expect.asset
    if want is None:
        return Mark()
    right = got.asset == want
    tally = {"device.asked": 1.0, "device.right": float(right)}
    return Mark(tally, () if right else (f"device {got.asset or 'none'}, right: {want or 'none'}",))


def decisions(case: JourneyCase, got: Played) -> Mark:
    """What the bot came to, turn by turn, where the case says so."""
    asked, right = 0, 0
    failures: list[str] = []
    for turn, allowed in enumerate(case.expect.decisions, start=1):
        if not allowed:
            continue
        asked += 1
        made = [item.decision for item in got.messages if item.turn == turn and item.decision]
        if made and made[0] in allowed:
            right += 1
        else:
            words = f"{', '.join(made) or 'nothing'}, right: {' or '.join(allowed)}"
            failures.append(f"step {turn} decided {words}")
    return Mark({"decisions.asked": asked, "decisions.right": right}, tuple(failures))


def shown(case: JourneyCase, got: Played) -> Mark:
    """What must have been on show and what must not, and no value of another customer."""
    want = case.expect
    everything = "\n".join(item.everything for item in got.messages)
    said = "\n".join(item.text for item in got.messages)
    cards = sum(part.kind == "step" for item in got.messages for part in item.parts)
    failures = [f"never shows {fact}" for fact in want.shown if not says(everything, fact)]
    if cards < want.steps_at_least:
        failures.append(f"{cards} steps shown, right: at least {want.steps_at_least}")
    strange = [fact for fact in want.never if says(said, fact)]
    failures += [f"shows {fact}" for fact in strange]
    failures += [f"shows {value} of another customer" for value in got.leaks]
    if want.language and got.language != want.language:
        failures.append(f"language {got.language}, right: {want.language}")
    dangers = ["forbidden text shown"] * bool(strange) + ["foreign data shown"] * bool(got.leaks)
    tally = {"danger.never": float(bool(strange)), "danger.leak": float(bool(got.leaks))}
    return Mark(tally, tuple(failures), tuple(dangers))


def smooth(case: JourneyCase, got: Played) -> Mark:
    """Every message answered once, nothing asked twice, no turn broken, no button missing."""
    return Mark({"smooth": float(not got.troubles)}, got.troubles)
