"""Procedures: numbered steps with their hazards, and the branches of a troubleshooting tree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from careloop.knowledge.hazard import Hazard, classify, is_hazard_note, needs_engineer
from careloop.knowledge.ingest.blocks import Block, plain

SOLVED, TICKET = "solved", "ticket"
Target = int | str

_STEP = re.compile(
    r"(?:第\s*(\d{1,3})\s*(?:步|项|条)|步骤\s*(\d{1,3})"
    r"|(?:\bstep|\bpasos?|\bschritt|\bétapes?|\betape|手順|ステップ|\bpasso|\betapa|"
    r"\bшаг\w*|단계|\bbước|ขั้นตอนที่|ขั้นตอน|الخطوة|خطوة)"
    r"\s*(?:no\.?|nr\.?|n[º°]|№|#)?\s*(\d{1,3})|(\d{1,3})\s*단계)",
    re.IGNORECASE,
)
_GO = re.compile(
    r"转|跳|继续|进入|回到|返回|执行|见|进行|前往|go|continue|proceed|return|skip|back|see|"
    r"ir|vaya|continu|pas[ae]|vuelv|"
    r"siga|weiter|geh|zurück|siehe|aller|allez|passe|reven|suiv|進|戻|移|へ|vá|volt|segu|"
    r"переход|перей|верн|см|"
    r"이동|진행|돌아|đến|chuyển|ไป|انتقل|اذهب|→|->",
    re.IGNORECASE,
)
_SOLVED = re.compile(
    r"已解决|问题解决|解决[了。：:]|故障排除|恢复正常|\bsolved\b|\bresolved\b|\bfixed\b|"
    r"\bsolucionado|\bresuelto|\bgelöst|\bbehoben|"
    r"\brésolu|\bresolvido|\bsolucionada|\bрешено|\bустранен|解決|해결|đã khắc phục|đã giải "
    r"quyết|แก้ไขแล้ว|تم الحل|finished|结束",
    re.IGNORECASE,
)
_TICKET = re.compile(
    r"报修|提交工单|开工单|创建工单|工单|联系(?:售后|客服|服务|厂家|工程师|我们)|转人工|"
    r"呼叫工程师|\btickets?\b|service request|"
    r"contact (?:the )?(?:service|support|manufacturer|us)|call (?:the )?service|escalate|"
    r"\bservicio técnico|contact[ae]r? (?:con )?(?:el |al )?(?:servicio|soporte)|"
    r"kundendienst|service (?:rufen|kontaktieren|anrufen)|support kontaktieren|contacter le "
    r"(?:service|support)|assistance|"
    r"修理を依頼|修理依頼|サポートに連絡|チケット|chamado|assistência|заявк|тикет|сервисн|"
    r"обрат\w+ в сервис|티켓|서비스 센터|수리 (?:요청|접수)|"
    r"phiếu|yêu cầu sửa|แจ้งซ่อม|تذكرة|بلاغ",
    re.IGNORECASE,
)
_COLON = re.compile(r"\s*(?:[:：]|→|->|—|=>)\s*")


@dataclass(frozen=True, slots=True)
class Branch:
    """An answer to a step and where it leads: a step's number, `solved` or `ticket`.

    `note` is the source's wording of the target.
    """

    answer: str
    target: Target
    note: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Without branches its natural answers are `done` and `not solved`."""

    number: int
    text: str
    hazards: tuple[Hazard, ...] = ()
    branches: tuple[Branch, ...] = ()

    @property
    def role(self) -> str:
        """Who may do it: `engineer` if any hazard says so, else `customer`."""
        return "engineer" if any(item.role == "engineer" for item in self.hazards) else "customer"


@dataclass(frozen=True, slots=True)
class Procedure:
    """Steps in order. `hazards` bind the whole; `problems` name branches that lead nowhere."""

    title: str
    steps: tuple[Step, ...]
    hazards: tuple[Hazard, ...] = ()
    problems: tuple[str, ...] = field(default=())

    @property
    def branching(self) -> bool:
        return any(step.branches for step in self.steps)

    def step(self, number: int) -> Step | None:
        """The step of this number."""
        return next((step for step in self.steps if step.number == number), None)

    def following(self, number: int) -> int | None:
        """The number of the next step in the list, None after the last."""
        return next((step.number for step in self.steps if step.number > number), None)

    def as_dict(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "hazards": [item.as_dict() for item in self.hazards],
            "problems": list(self.problems),
            "steps": [
                {
                    "number": step.number, "text": step.text,
                    "hazards": [item.as_dict() for item in step.hazards],
                    "branches": [[b.answer, b.target, b.note] for b in step.branches],
                }
                for step in self.steps
            ],
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Procedure:
        return cls(
            data["title"],
            tuple(
                Step(
                    item["number"], item["text"],
                    tuple(Hazard(**hazard) for hazard in item["hazards"]),
                    tuple(Branch(*branch) for branch in item["branches"]),
                )
                for item in data["steps"]
            ),
            tuple(Hazard(**hazard) for hazard in data["hazards"]),
            tuple(data["problems"]),
        )  # fmt: skip


def read_target(text: str) -> Target | None:
    """Where a branch leads; None when the text names no target."""
    found: list[tuple[int, Target]] = []
    step = _STEP.search(text)
    if step and (_GO.search(text) or len(text) <= 14):
        found.append((step.start(), int(next(group for group in step.groups() if group))))
    for pattern, target in ((_SOLVED, SOLVED), (_TICKET, TICKET)):
        match = pattern.search(text)
        if match:
            found.append((match.start(), target))
    return min(found, key=lambda item: item[0])[1] if found else None


def read_branch(text: str) -> Branch | None:
    """A nested bullet `answer: target`; None when it is an ordinary bullet."""
    for colon in _COLON.finditer(text):
        answer, rest = text[: colon.start()].strip(), text[colon.end() :].strip()
        target = read_target(rest[:80]) if rest else None
        if answer and len(answer) <= 160 and target is not None:
            return Branch(answer, target, rest)
    return None


def read_procedure(
    title: str, lists: Sequence[tuple[Block, Sequence[Hazard]]], general: Sequence[Hazard] = ()
) -> Procedure:
    """A procedure from ordered lists that continue each other.

    Each list comes with the hazards that stand before it: those before the first list bind the
    whole, later ones bind the step that follows them. A hazard at the end of a step binds that
    step and the next.
    """
    steps: list[Step] = []
    carried: list[Hazard] = []
    for position, (block, before) in enumerate(lists):
        carried += [] if position == 0 else before
        for number, item in enumerate(block.items, block.start):
            step, carried = _step(number, item, carried)
            steps.append(step)
    whole = (*general, *(lists[0][1] if lists else ()))
    return Procedure(title, tuple(steps), tuple(whole), tuple(_problems(steps)))


def _step(number: int, item: list[Block], carried: list[Hazard]) -> tuple[Step, list[Hazard]]:
    hazards, branches, lines, trailing = list(carried), list[Branch](), list[str](), list[Hazard]()
    for block in item:
        if block.kind == "quote" and (is_hazard_note(block.text) or needs_engineer(block.text)):
            trailing.append(classify(block.text))
            hazards.append(trailing[-1])
            continue
        trailing = []
        if block.kind == "bullets":
            read = [(child, read_branch(plain(child[0]) if child else "")) for child in block.items]
            branches += [branch for _, branch in read if branch]
            rest = [child for child, branch in read if branch is None]
            if rest:
                lines.append(plain(Block("bullets", items=rest)))
        else:
            lines.append(plain(block))
    text = "\n".join(lines).strip()
    if needs_engineer(text):
        hazards.append(classify(text))
    last_is_hazard = len(item) > 1 and bool(trailing)
    return (
        Step(number, text, tuple(hazards), tuple(branches)),
        trailing if last_is_hazard else [],
    )


def _problems(steps: Sequence[Step]) -> list[str]:
    """Branches to steps that do not exist, and steps from which no end can be reached."""
    numbers = [step.number for step in steps]
    problems = [
        f"step {step.number}: branch to missing step {branch.target}"
        for step in steps
        for branch in step.branches
        if isinstance(branch.target, int) and branch.target not in numbers
    ]
    ending: set[int] = set()
    changed = True
    while changed:
        changed = False
        for position, step in enumerate(steps):
            if step.number not in ending and _can_end(step, position, numbers, ending):
                ending.add(step.number)
                changed = True
    problems += [f"step {n}: no way leads to an end" for n in numbers if n not in ending]
    return problems


def _can_end(step: Step, position: int, numbers: list[int], ending: set[int]) -> bool:
    if step.branches:
        return any(isinstance(b.target, str) or b.target in ending for b in step.branches)
    return position + 1 == len(numbers) or numbers[position + 1] in ending
