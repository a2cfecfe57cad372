"""What a case is put to: the library, a bot turn, or the reader, each by its own front door."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from careloop.agents.mind.ports import Decision, Line, Say
from careloop.agents.mind.reading import Entities, Reading
from careloop.agents.turn import once
from careloop.evals.shapes import AskInput, HistoryLine, IdentifyInput, ReadInput, SearchInput
from careloop.evals.subject import Subject
from careloop.kit.actor import AUDIENCES
from careloop.kit.clock import as_utc
from careloop.kit.messages import Part, Reply
from careloop.knowledge.language.detect import detect
from careloop.knowledge.library import SearchQuery
from careloop.knowledge.queries import documents_of_tenant

TOP = 10
_ENOUGH_TO_TELL = 0.9


@dataclass(frozen=True, slots=True)
class Found:
    """Documents in the order found, each once."""

    documents: tuple[str, ...]
    clarify: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        return "found " + (", ".join(self.documents[:5]) or "nothing")


def search(subject: Subject, case: SearchInput) -> Found:
    """The library's ranking."""
    result = subject.library.search(
        subject.actor,
        SearchQuery(
            text=case.query, model=case.model or None, audience=case.audience,
            history=case.history, k=TOP, now=subject.clock.now(),
        ),
    )  # fmt: skip
    names = dict.fromkeys(hit.document for hit in result.hits)
    return Found(tuple(names), tuple(result.clarify))


@dataclass(frozen=True, slots=True)
class Answered:
    """One bot turn as its customer sees it.

    `text` is the words of the answer, steps and hazards written out; `everything` adds titles,
    excerpts, cards and buttons. `out_of_reach` names cited documents that the asker may not read.
    `written_in` is the language of the text itself, "" where it is too short to tell.
    """

    decision: Decision
    text: str
    everything: str
    language: str
    written_in: str
    citations: tuple[str, ...]
    options: tuple[str, ...]
    asset: str
    ticket: str
    handoff_reason: str
    reasons: tuple[str, ...]
    out_of_reach: tuple[str, ...]

    @property
    def summary(self) -> str:
        cited = f" [{', '.join(dict.fromkeys(self.citations))}]" if self.citations else ""
        buttons = f" ({' | '.join(self.options)})" if self.options else ""
        return f"{self.decision}: {' '.join(self.text.split())[:300]}{cited}{buttons}"


def ask(subject: Subject, case: AskInput) -> Answered:
    """One turn with the real tools, rolled back at the end."""
    subject.clock.set(case.now)
    said = once.ask(
        subject.database,
        subject.planner,
        subject.actor,
        once.Question(
            text=case.text, history=lines(case.history), contact=case.contact, asset=case.asset,
            model=case.model, channel=case.channel, audience=case.audience,
            now=as_utc(case.now) if case.now else subject.clock.now(),
        ),
    )  # fmt: skip
    cited = tuple(item.document for item in said.citations)
    text = written_out(said.replies)
    told = detect(text)
    return Answered(
        decision=said.decision,
        text=text,
        everything="\n".join(shown(said.replies)),
        language=said.language,
        written_in=told.code if told.confidence >= _ENOUGH_TO_TELL else "",
        citations=cited,
        options=tuple(labels(said)),
        asset=said.asset,
        ticket=said.ticket,
        handoff_reason=said.handoff_reason,
        reasons=said.reasons,
        out_of_reach=_out_of_reach(subject, cited, case.audience),
    )


def _out_of_reach(subject: Subject, cited: Sequence[str], audience: str) -> tuple[str, ...]:
    if not cited:
        return ()
    may_read = AUDIENCES[: AUDIENCES.index(audience) + 1]
    with subject.database.read(subject.tenant_id) as session:
        hidden = {
            row.key for row in documents_of_tenant(session, subject.tenant_id)
            if row.audience not in may_read
        }  # fmt: skip
    return tuple(dict.fromkeys(name for name in cited if name in hidden))


@dataclass(frozen=True, slots=True)
class Read:
    """A message as the reader read it."""

    reading: Reading

    @property
    def summary(self) -> str:
        got = self.reading
        return f"{got.intent} · {got.urgency} · {got.sentiment} · {got.handoff_reason}"


def read(subject: Subject, case: ReadInput) -> Read:
    """What the reader reads, without planning."""
    return Read(subject.read(case.text, lines(case.history)))


@dataclass(frozen=True, slots=True)
class Identified:
    """Exact values found, as `extract` gives them."""

    found: Entities
    language: str

    def values(self, field: str) -> list[str]:
        """The values of one field of the expectation."""
        if field == "serials":
            return [item.serial for item in self.found.serials if item.verified]
        if field == "unverified_serials":
            return [item.written for item in self.found.serials if not item.verified]
        return list(getattr(self.found, field))

    @property
    def summary(self) -> str:
        fields = ("serials", "unverified_serials", "tickets", "parts", "phones", "emails")
        return "; ".join(f"{name} {self.values(name)}" for name in fields if self.values(name))


def identify(subject: Subject, case: IdentifyInput) -> Identified:
    """Identifiers in a text, or in what the customer wrote or said over several messages."""
    said = [line.text for line in case.messages if line.role == "customer"]
    reading = subject.read(case.text or "\n".join(said))
    return Identified(reading.entities, reading.language)


def lines(history: Sequence[HistoryLine]) -> tuple[Line, ...]:
    """Earlier messages as the mind takes them."""
    return tuple(Line(item.role, item.text) for item in history)


def written_out(replies: Sequence[Reply]) -> str:
    """The words of an answer; a step card is written out as on channels without cards."""
    parts: list[str] = []
    for reply in replies:
        parts.append(reply.text)
        for part in reply.parts:
            if part.kind == "step":
                parts += [*part.hazards, f"{part.index}/{part.total} {part.text}"]
    return "\n\n".join(part for part in parts if part)


def shown(replies: Sequence[Reply]) -> Iterator[str]:
    """Every string that the customer gets to see."""
    for reply in replies:
        yield reply.text
        for part in reply.parts:
            yield from strings(part)


def strings(part: Part) -> Iterator[str]:
    """The strings of one part, its keys left out."""
    yield from _leaves(part.model_dump(mode="json", exclude={"kind"}))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)


def labels(said: Say) -> Iterator[str]:
    """The labels of all buttons."""
    for reply in said.replies:
        for part in reply.parts:
            if part.kind in {"quick_replies", "step"}:
                yield from (option.label for option in part.options)
