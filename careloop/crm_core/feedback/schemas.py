"""Commands of feedback. Views stand in `views`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field, field_validator, model_validator

from careloop.kit.text import LANGUAGES, base, clean

COMMENT_CHARS = 4000
Way = Literal["chat", "mail", "link"]
OnLow = Literal["callback", "case", "none"]
CallOutcome = Literal["settled", "reached", "not_reached", "wants_visit", "wants_nothing"]
Version = Annotated[int | None, Field(description="Version the change is based on.")]
Texts = dict[str, Annotated[str, Field(max_length=1000)]]
ReasonCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class ReasonTag(BaseModel):
    """A reason that may be ticked; `label` by language."""

    code: ReasonCode
    label: Texts = Field(default_factory=dict)
    good: bool = Field(False, description="Offered with high scores; else with low ones.")

    @field_validator("label")
    @classmethod
    def _languages(cls, value: Texts) -> Texts:
        return _by_language(value)


class SurveyFacts(BaseModel):
    """When is asked, by which way, what, and what follows a low score."""

    active: bool = Field(False, description="Whether surveys go out by themselves.")
    on_closed: bool = Field(True, description="After a ticket was closed.")
    on_visit: bool = Field(False, description="After a visit was finished.")
    types: list[str] = Field(
        default_factory=lambda: ["incident", "maintenance", "installation"],
        max_length=10,
        description="Types of tickets that are asked about.",
    )
    delay_minutes: int = Field(60, ge=0, le=14 * 1440, description="Wait before sending.")
    ways: list[Way] = Field(default=["chat", "mail"], description="Ways in which it may go out.")
    ask_csat: bool = Field(True, description="Ask how satisfied they are, 1 to 5.")
    ask_nps: bool = Field(True, description="Ask whether they would recommend, 0 to 10.")
    ask_comment: bool = Field(True, description="Leave room for words.")
    reasons: list[ReasonTag] = Field(
        default_factory=list, max_length=20, description="Reasons that may be ticked."
    )
    languages: list[str] = Field(
        default_factory=lambda: ["zh", "en", "es", "de", "fr"],
        min_length=1,
        description="Languages it is offered in; the first where none fits.",
    )
    intro: Texts = Field(default_factory=dict, description="Own words above the questions.")
    thanks: Texts = Field(default_factory=dict, description="Own words after the answer.")
    quiet_days: int = Field(30, ge=0, le=365, description="A person is asked once in so many days.")
    expiry_days: int = Field(21, ge=1, le=365, description="The link works for so many days.")
    needs_consent: bool = Field(False, description="Ask only who consented to surveys.")
    low_csat: int = Field(2, ge=0, le=4, description="Low up to this; 0: never.")
    low_nps: int = Field(4, ge=-1, le=9, description="Low up to this; -1: never.")
    on_low: OnLow = Field("callback", description="What follows a low score.")
    callback_hours: int = Field(24, ge=1, le=720, description="A call-back is due in so long.")
    callback_owner: str | None = Field(
        None, max_length=26, description="Whose task it is; empty: who works on the ticket."
    )

    @field_validator("languages")
    @classmethod
    def _offered(cls, value: list[str]) -> list[str]:
        if strange := [code for code in value if code not in LANGUAGES]:
            raise ValueError(f"not supported: {', '.join(strange)}")
        return list(dict.fromkeys(value))

    @field_validator("intro", "thanks")
    @classmethod
    def _texts(cls, value: Texts) -> Texts:
        return _by_language(value)

    @model_validator(mode="after")
    def _something(self) -> SurveyFacts:
        if not (self.ask_csat or self.ask_nps):
            raise ValueError("ask for satisfaction, for a recommendation, or both")
        codes = [reason.code for reason in self.reasons]
        if len(set(codes)) != len(codes):
            raise ValueError("two reasons have the same code")
        return self


class PutSettings(SurveyFacts):
    """The settings, whole."""

    version: Version = None


class AskForTicket(BaseModel):
    """Ask about a ticket now, whatever the settings say of when."""

    number: str = Field(max_length=40, description="Ticket number.")
    way: Way | Literal["auto"] = Field("auto", description="auto: as the ticket came in.")
    language: str = Field("", max_length=10, description="Empty: the customer's.")


class SendSurvey(BaseModel):
    """Send one that waits; the secret itself is never stored but in the message to the customer."""

    survey_id: str = Field(max_length=26, description="Id of the survey.")
    token_hash: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of its secret.")
    url: str = Field(max_length=500, description="The address that opens it.")


class PickSurvey(BaseModel):
    """One survey."""

    survey_id: str = Field(max_length=26, description="Id of the survey.")


class MailFailed(PickSurvey):
    """The mail did not go out."""

    again: bool = Field(description="Whether it may go later.")


class OpenSurvey(BaseModel):
    """Somebody opened the page."""

    token_hash: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of the secret.")


class Answer(BaseModel):
    """What the page sends."""

    csat: int | None = Field(None, ge=1, le=5, description="Satisfaction, 1 to 5.")
    nps: int | None = Field(None, ge=0, le=10, description="Recommendation, 0 to 10.")
    comment: str = Field("", max_length=COMMENT_CHARS, description="In words.")
    reasons: list[ReasonCode] = Field(
        default_factory=list, max_length=20, description="Codes of the reasons ticked."
    )
    lang: str = Field("", max_length=20, description="Language of the page.")

    @field_validator("comment")
    @classmethod
    def _clean(cls, value: str) -> str:
        return clean(value, COMMENT_CHARS)[0]

    @model_validator(mode="after")
    def _told(self) -> Answer:
        if self.csat is None and self.nps is None:
            raise ValueError("choose a score first")
        return self


class AnswerSurvey(Answer):
    """An answer, by the secret's hash, with how the house reads its words."""

    token_hash: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of the secret.")
    mood: int | None = Field(None, ge=-2, le=2, description="How the words sound.")


class StopAsking(BaseModel):
    """The customer wants no more surveys; `stop` false takes it back."""

    token_hash: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of the secret.")
    stop: bool = Field(True, description="False: may be asked again.")
    lang: str = Field("", max_length=20, description="Language of the page.")


class CreateCallback(BaseModel):
    """Somebody should call the customer of a ticket."""

    ticket: str = Field(max_length=40, description="Ticket number.")
    owner_id: str | None = Field(
        None, max_length=26, description="Whose task; left out: one's own."
    )
    due_at: AwareDatetime | None = Field(
        None, description="By when; left out: as the settings say."
    )
    reason: str = Field("", max_length=2000, description="What it is about.")
    phone: str = Field("", max_length=30, description="Number; left out: the contact's.")


class PickCallback(BaseModel):
    """One call-back."""

    task_id: str = Field(max_length=26, description="Id of the task.")
    version: Version = None


class FinishCallback(PickCallback):
    """The call was made, or will not be."""

    outcome: CallOutcome = Field(description="What came of it.")
    note: str = Field("", max_length=4000, description="What was said.")


class PostponeCallback(PickCallback):
    """Later."""

    due_at: AwareDatetime = Field(description="By when now.")
    note: str = Field("", max_length=1000, description="Why.")


class ChangeCallback(PickCallback):
    """Give it to somebody else, correct the number."""

    owner_id: str | None = Field(None, max_length=26, description="Whose task.")
    phone: str | None = Field(None, max_length=30, description="Number to call.")
    reason: str | None = Field(None, max_length=2000, description="What it is about.")


def _by_language(value: Texts) -> Texts:
    if strange := [code for code in value if base(code) not in LANGUAGES]:
        raise ValueError(f"not a supported language: {', '.join(strange)}")
    return {code: text.strip() for code, text in value.items() if text.strip()}
