"""Greetings, thanks, and what is none of our business."""

from __future__ import annotations

from careloop.agents.mind.embedded.flows.ticketing import say_offer
from careloop.agents.mind.embedded.situation import Situation
from careloop.agents.mind.ports import Decision, Say
from careloop.kit.messages import RatingRequest

STARTS = ("start_fault", "start_how_to", "start_status")


def greet(s: Situation) -> Say:
    """Say hello and what the bot can do."""
    text = s.t("greeting", company=s.turn.company.name)
    return s.say(Decision.ASK, text, s.buttons((*STARTS, "person")), pending=s.memory.pending)


def thank(s: Situation) -> Say:
    """Take thanks; ask for a rating when something was done."""
    s.memory.guide = None
    done = bool(s.memory.last_ticket or s.memory.question)
    return s.say(Decision.ANSWER, s.t("thanks"), *([RatingRequest()] if done else []))


def decline(s: Situation) -> Say:
    """Say that this is not ours, and what is."""
    return say_offer(s, Decision.ABSTAIN, s.t("out_of_scope", company=s.turn.company.name))


def ask_what(s: Situation) -> Say:
    """Nothing to go on: ask what the matter is."""
    return s.say(Decision.ASK, s.t("ask_what"), s.buttons((*STARTS, "person")))
