"""Warranty: the date on file for the owner, the maker's terms for everybody."""

from __future__ import annotations

from babel.dates import format_date

from careloop.agents.mind.embedded.flows import answering
from careloop.agents.mind.embedded.flows.ticketing import say_offer
from careloop.agents.mind.embedded.situation import Situation
from careloop.agents.mind.ports import Decision, Say

SHORT_QUESTION = 60


def answer(s: Situation) -> Say:
    """The date of the caller's own device, then what the library says of the terms."""
    asset = next((a for a in s.turn.own_assets if a.serial == s.memory.asset), None)
    known = False
    if asset is not None and asset.warranty_until is not None:
        over = asset.warranty_until < s.turn.now.date()
        date = format_date(asset.warranty_until, "long", locale=s.language)
        key = "warranty.over" if over else "warranty.until"
        s.lead.append(s.t(key, serial=asset.serial, date=date))
        known = True
    elif s.memory.asset:
        s.lead.append(s.t("warranty.verify"))
    if known and len(s.text) < SHORT_QUESTION:
        return s.say(Decision.ANSWER, "", evidence=[str(asset)])
    memory, lead, cards = s.memory.model_copy(deep=True), list(s.lead), list(s.cards)
    said = answering.answer(s, s.text)
    if said.decision in {Decision.ANSWER, Decision.CLARIFY_MODEL} or not lead:
        return said
    s.memory, s.lead, s.cards = memory, lead, cards
    if known:
        return s.say(Decision.ANSWER, "", evidence=[str(asset)])
    return say_offer(s, Decision.REFUSE, "")
