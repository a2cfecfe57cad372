"""The one statement of a passage that holds the value asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from careloop.knowledge.asked import Asked, has_figure
from careloop.knowledge.hazard import is_hazard_note
from careloop.knowledge.ingest.markdown import width
from careloop.knowledge.ingest.procedure import Procedure, Step

ENOUGH = 1.8
"""A statement must score this to be taken for the answer: a property, or a thing and its unit."""
WEAK = 0.6
"""From here on a statement answers rather than a procedure beside it."""
_CLEAR, _UNFIT = 0.6, 0.9
_STEPS = 2
_END = re.compile(r"(?<=[。！？!?；;])(?=\S)|(?<=[.!?;؟])\s+(?=[^\W\d_\s])|\n")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or line as it stands in its passage, at `place` among `parts`."""

    text: str
    score: float
    place: int
    parts: tuple[str, ...]

    def before(self, whole: str, limit: int) -> str:
        """The statement, then the rest of its passage if that is short, else its neighbours.

        A warning of the passage always stays, and stands first.
        """
        notes = [part for part in self.parts if is_hazard_note(part) and part != self.text]
        rest = [
            part for at, part in enumerate(self.parts)
            if at != self.place and part not in notes
            and (width(whole) <= limit or abs(at - self.place) == 1)
        ]  # fmt: skip
        return "\n".join([*notes, self.text, *_joined(rest)])


def best_statement(asked: Asked, text: str, lang: str, around: str) -> Statement | None:
    """The statement with a figure of the kind asked for that answers best; None without one."""
    parts = statements_of(text)
    scored = [
        Statement(part, asked.score(part, lang, around), at, tuple(parts))
        for at, part in enumerate(parts)
        if asked.fits(part)
    ]
    return max(scored, key=lambda item: item.score, default=None)


def best_steps(asked: Asked, procedure: Procedure, lang: str) -> list[Step]:
    """The steps that hold the value asked for, in order; none unless they stand out clearly."""
    scored = sorted(
        (
            (asked.score(told, lang, procedure.title) - _UNFIT * (not asked.fits(told)), step)
            for step in procedure.steps
            if has_figure(told := _told(step)) or asked.fits(told)
        ),
        key=lambda item: -item[0],
    )
    near = [step for score, step in scored if score >= scored[0][0] - _CLEAR / 2]
    if not near or len(near) > _STEPS or scored[0][0] < ENOUGH:
        return []
    if not asked.surely(_told(near[0]), lang):
        return []
    rest = [score for score, step in scored if step not in near]
    if rest and scored[0][0] - rest[0] < _CLEAR:
        return []
    return sorted(near, key=lambda step: step.number)


def statements_of(text: str) -> list[str]:
    """The lines of a text, and the sentences of each."""
    return [part.strip() for part in _END.split(text) if part and part.strip()]


def _told(step: Step) -> str:
    branches = (f"{item.answer}: {item.note}" for item in step.branches)
    return "\n".join((step.text, *branches))


def _joined(parts: list[str]) -> list[str]:
    """Sentences run on; list items keep their lines."""
    lines: list[str] = []
    for part in parts:
        if lines and not re.match(r"[-*•\d]", part) and not re.match(r"[-*•]", lines[-1]):
            lines[-1] += part if ord(lines[-1][-1]) > 0x2E7F else f" {part}"
        else:
            lines.append(part)
    return lines
