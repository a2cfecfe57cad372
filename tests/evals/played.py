"""A small maker and a mind that does what a test says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from careloop.agents.mind.ports import CallTool, Decision, Plan, Planner, Say, Turn
from careloop.agents.mind.reading import HandoffReason, Intent, Reading, Urgency
from careloop.kit.messages import Option, QuickReplies, Reply

HERS, HIS, ANN = "GS200-23B0185", "GS200-24S0512", "16175550101"
ARTICLE = """---
id: DOC-1
title: Cleaning the dust filter
type: procedure
audience: public
lang: en
---

Rinse the dust filter every month and let it dry for 4 hours.
"""
READING = Reading("en", 1.0, Intent.CHIT_CHAT, 1.0, 0, Urgency.NORMAL, HandoffReason.NONE)
Script = Callable[[Turn], Plan]


def said(
    turn: Turn, decision: Decision, text: str, *options: str, asset: str = "", ticket: str = ""
) -> Say:
    """An answer whose memory counts the turns and maps each button to itself in small letters."""
    memory = {
        "count": int(turn.memory.get("count", 0)) + 1,
        "options": {option: option.lower() for option in options},
    }
    parts = [QuickReplies(options=[Option(label=o, value=o) for o in options])] if options else []
    reply = Reply(text=text, language="en", parts=list(parts))
    return Say(decision, (reply,), memory, "en", reading=READING, asset=asset, ticket=ticket)


@dataclass
class Scripted(Planner):
    """A mind that does what a test says."""

    script: Script

    def plan(self, turn: Turn) -> Plan:
        return (yield from self.script(turn))


def helpful(turn: Turn) -> Plan:
    """Opens a ticket for a serial, hands over on `person`, else asks and offers a button."""
    if HERS in turn.text:
        yield CallTool("tickets.open", {"title": turn.text, "serial": HERS})
        return said(turn, Decision.TICKET, "opened", asset=HERS)
    if turn.text.lower() == "person":
        yield CallTool("conversations.request_person", {"reason": "asked_for_human"})
        return said(turn, Decision.HANDOFF, "a colleague comes")
    count = int(turn.memory.get("count", 0))
    return said(turn, Decision.ASK, f"question {count}", "Person")
