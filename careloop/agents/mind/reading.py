"""What a reader finds in a customer's message; plain data, shared by every mind."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Intent(StrEnum):
    """What the customer wants; the list of the quality contract, exactly."""

    REPORT_FAULT = "report_fault"
    ASK_STATUS = "ask_status"
    ASK_HOW_TO = "ask_how_to"
    ASK_WARRANTY = "ask_warranty"
    ORDER_PARTS = "order_parts"
    REQUEST_MAINTENANCE = "request_maintenance"
    REQUEST_INSTALLATION = "request_installation"
    COMPLAINT = "complaint"
    SALES_ENQUIRY = "sales_enquiry"
    CANCEL_OR_RESCHEDULE = "cancel_or_reschedule"
    PERSON_WANTED = "person_wanted"
    THANKS = "thanks"
    CHIT_CHAT = "chit_chat"
    OUT_OF_SCOPE = "out_of_scope"


class Urgency(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class HandoffReason(StrEnum):
    """Why a person should take over."""

    ASKED_FOR_HUMAN = "asked_for_human"
    ANGER = "anger"
    REPEAT_FAILURE = "repeat_failure"
    SAFETY = "safety"
    LEGAL_THREAT = "legal_threat"
    VIP_CHURN = "vip_churn"
    COMPLEX = "complex"
    OUT_OF_SCOPE = "out_of_scope"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SerialCandidate:
    """A serial number in a text.

    `written` is as it stands there, `serial` as on file ("" if none is). `corrected` tells that
    look-alikes or digits were mended; `alternatives` lists other serials on file that fit as well.
    """

    written: str
    serial: str = ""
    model: str = ""
    corrected: bool = False
    alternatives: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        return bool(self.serial)


@dataclass(frozen=True, slots=True)
class Entities:
    """Exact values found in a text."""

    serials: tuple[SerialCandidate, ...] = ()
    tickets: tuple[str, ...] = ()
    error_codes: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


class Answer(StrEnum):
    """A short reply to the bot's last question or step."""

    YES = "yes"
    NO = "no"
    DONE = "done"
    NOT_SOLVED = "not_solved"
    SOLVED = "solved"
    STUCK = "stuck"
    SKIP = "skip"
    UNKNOWN_VALUE = "unknown_value"


@dataclass(frozen=True, slots=True)
class Reading:
    """One message, read. `sentiment` is -2 (furious) to 2 (delighted)."""

    language: str
    language_confidence: float
    intent: Intent
    intent_confidence: float
    sentiment: int
    urgency: Urgency
    handoff_reason: HandoffReason
    entities: Entities = field(default_factory=Entities)
    answer: Answer | None = None

    @property
    def wants_person(self) -> bool:
        return self.handoff_reason is not HandoffReason.NONE
