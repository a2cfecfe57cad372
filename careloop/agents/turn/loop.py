"""The loop around a plan: call the tools it asks for, within limits, and return what to say."""

from __future__ import annotations

import time
from dataclasses import replace

from careloop.agents.mind.ports import CallTool, Planner, Say, ToolOutcome, Turn
from careloop.agents.turn import guardrails
from careloop.kit.errors import CareloopError, Unavailable
from careloop.tools.runtime import Runtime

MAX_CALLS = 8


def run(planner: Planner, turn: Turn, runtime: Runtime, turn_key: str) -> Say:
    """Plan one turn.

    Tool calls carry the key `<turn_key>:<n>`: a turn that is done again after a crash makes the
    same calls and gets the stored answers, so no ticket is opened twice.
    """
    began = time.perf_counter()
    plan = planner.plan(turn)
    outcome: ToolOutcome | None = None
    for number in range(MAX_CALLS + 1):
        try:
            call = plan.send(outcome) if outcome is not None else next(plan)
        except StopIteration as end:
            said: Say = end.value
            return _timed(guardrails.check(said, turn.company.hosts), began)
        outcome = _call(runtime, turn, call, f"{turn_key}:{number}")
    plan.close()
    raise Unavailable(f"The plan asked for more than {MAX_CALLS} tool calls")


def _call(runtime: Runtime, turn: Turn, call: CallTool, key: str) -> ToolOutcome:
    """A refusal is told to the plan as a code; a bug surfaces."""
    try:
        result = runtime.invoke(turn.actor, call.name, dict(call.arguments), key=key)
    except CareloopError as error:
        return ToolOutcome(call.name, None, error.code)
    return ToolOutcome(call.name, result)


def _timed(said: Say, began: float) -> Say:
    total = round((time.perf_counter() - began) * 1000, 2)
    return replace(said, timings_ms={**said.timings_ms, "total": total})
