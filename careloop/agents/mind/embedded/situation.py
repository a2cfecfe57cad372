"""One turn as the flows see it: what was read, what is remembered, and how to speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from careloop.agents.mind.embedded.memory import Memory, Pending
from careloop.agents.mind.ports import Citation, Decision, Say, Turn
from careloop.agents.mind.reading import Reading
from careloop.kit.actor import Role
from careloop.kit.messages import DeviceCard, Option, Part, QuickReplies, Reply
from careloop.kit.text import t
from careloop.knowledge.library import Library

OPEN_TICKET, PERSON, SOLVED, NOT_SOLVED, STUCK, SKIP, YES, NO = (
    "open_ticket", "person", "solved", "not_solved", "stuck", "skip", "yes", "no",
)  # fmt: skip


@dataclass
class Situation:
    """Mutable for the length of one turn; `memory` is what will be stored."""

    turn: Turn
    reading: Reading
    memory: Memory
    library: Library
    chosen: str = ""
    told: str = ""
    unknown: bool = False
    helped: bool | None = None
    answered_field: bool = False
    """The message answered a field of the form; it is no news of the fault."""
    lead: list[str] = field(default_factory=list)
    cards: list[Part] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def language(self) -> str:
        return self.reading.language

    @property
    def text(self) -> str:
        return self.turn.text

    @property
    def serves_customer(self) -> bool:
        return self.turn.actor.role in {Role.CUSTOMER, Role.BOT}

    def t(self, key: str, /, **values: object) -> str:
        return t(key, self.language, **values)

    def buttons(self, actions: Sequence[str]) -> QuickReplies:
        """Buttons for actions, labelled in the customer's language and remembered."""
        labels = {self.t(f"button.{action}"): action for action in actions}
        return self.choices(labels)

    def choices(self, labels: dict[str, str]) -> QuickReplies:
        """Buttons from label to action; pressing one sends its label."""
        self.memory.offer(labels)
        return QuickReplies(options=[Option(label=label, value=label) for label in labels])

    def pin(self, serial: str, model: str) -> None:
        """This conversation is about that device from now on."""
        if serial != self.memory.asset:
            self.memory.guide = None
            self.cards.append(DeviceCard(serial=serial, model=model))
        self.memory.asset, self.memory.model = serial, model

    def joined(self, first: Say, second: Say) -> Say:
        """Two ends as one: both replies, the memory of the second."""
        return replace(first, replies=(*first.replies, *second.replies), memory=second.memory)

    def say(
        self,
        decision: Decision,
        text: str,
        *parts: Part,
        pending: Pending | None = None,
        confidence: float = 1.0,
        citations: Sequence[Citation] = (),
        evidence: Sequence[str] = (),
        ticket: str = "",
        handoff_reason: str = "",
    ) -> Say:
        """End the turn with one reply: what was noticed first, then the text, then cards."""
        self.memory.pending = pending
        if not any(isinstance(part, QuickReplies) for part in parts) and pending != "guide":
            self.memory.options = {}
        body = "\n\n".join([*self.lead, text] if text else self.lead)
        reply = Reply(text=body, language=self.language, parts=[*self.cards, *parts])
        self.memory.language = self.language
        return Say(
            decision=decision,
            replies=(reply,),
            memory=self.memory.model_dump(mode="json"),
            language=self.language,
            confidence=confidence,
            citations=tuple(citations),
            evidence=tuple(evidence),
            reasons=tuple(self.reasons),
            reading=self.reading,
            asset=self.memory.asset,
            ticket=ticket,
            handoff_reason=handoff_reason,
            question=self.told,
            unknown=self.unknown,
            helped=self.helped,
        )
