"""Who may do a step: pure rules over what is known of a person."""

from __future__ import annotations

from dataclasses import dataclass, field

from careloop.crm_core.sop.content import SopStep

CERTIFIED = "certified:"


@dataclass(frozen=True, slots=True)
class Qualification:
    """What a person may do on the day: member of staff, engineer, skills that are certified.

    `name` and `engineer` say who they are; `may_decide` is for those who answer for a visit.
    """

    name: str
    engineer: str = ""
    is_engineer: bool = False
    skills: frozenset[str] = field(default_factory=frozenset)
    may_decide: bool = False

    def fits(self, role: str) -> bool:
        """Whether this person may do what asks for the role; each role includes those below."""
        if role in {"anyone", "customer_trained"}:
            return True
        if role == "engineer":
            return self.is_engineer
        return self.is_engineer and role.removeprefix(CERTIFIED).strip() in self.skills


def may_skip(who: Qualification, step: SopStep) -> bool:
    """Whether the person may leave the step out: hazards and required steps are for engineers."""
    if not step.required and step.hazard == "none":
        return True
    if step.required and not who.is_engineer:
        return False
    return who.fits(step.role)
