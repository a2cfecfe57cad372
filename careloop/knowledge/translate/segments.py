"""Markdown taken apart into blocks to be translated, and put together again.

What makes structure is kept or exchanged by table: marks of headings, lists, quotes and tables,
page marks, comments, code, figures, signal words, targets of branches. The blocks are the words
between them, so a translation has the shape of its original whatever a translator does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from careloop.knowledge.hazard import SIGNAL, needs_engineer
from careloop.knowledge.ingest.procedure import SOLVED, TICKET, read_branch, read_target
from careloop.knowledge.language.normalize import HAN, KANA
from careloop.knowledge.translate.phrases import PHRASES, signal

_MARKS = re.compile(r"^((?:\s*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s)|#{1,6}(?=\s)))*\s*)(.*?)(\s*)$")
_RULE = re.compile(r"^\s*(?:\|?\s*:?-{2,}:?\s*)+(?:\|\s*:?-+:?\s*)*\|?\s*$|^\s*(?:[-*_]\s*){3,}$")
_FENCE = re.compile(r"^\s*(?:>\s*)*(```|~~~)")
_FIGURE = re.compile(r"^(!\[)(.*)(\]\([^()\s]+\))$")
_CELLS = re.compile(r"(?<!\\)\|")
_LETTER = re.compile(r"[^\W\d_]")
_WIDE_END = re.compile(f"[{HAN}{KANA}\u3000-\u303f\uff00-\uffef]$")
_BARE_GOTO = 24


@dataclass(slots=True)
class Layout:
    """A text taken apart: `pieces` are kept strings and, as numbers, places in `blocks`."""

    pieces: list[str | int] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)

    def keep(self, text: str) -> None:
        self.pieces.append(text)

    def block(self, text: str) -> None:
        """Words to be translated; what holds no letter is kept."""
        if not _LETTER.search(text):
            self.keep(text)
            return
        lead = text[: len(text) - len(text.lstrip())]
        trail = text[len(text.rstrip()) :]
        self.pieces += [lead, len(self.blocks), trail]
        self.blocks.append(text.strip())

    def filled(self, blocks: list[str]) -> str:
        """The text with these blocks in the places of its own."""
        if len(blocks) != len(self.blocks):
            raise ValueError(f"{len(self.blocks)} blocks are wanted, not {len(blocks)}")
        return "".join(
            piece if isinstance(piece, str) else " ".join(blocks[piece].split())
            for piece in self.pieces
        )


def take_apart(body: str, target: str) -> Layout:
    """The blocks of a Markdown text, with everything around them as it stands in `target`."""
    layout = Layout()
    fence, hidden = False, False
    lines = _joined(body.split("\n"))
    for number, line in enumerate(lines):
        if number:
            layout.keep("\n")
        if _FENCE.match(line):
            fence = not fence
            layout.keep(line)
        elif fence or hidden or not line.strip() or _RULE.match(line):
            hidden = hidden and "-->" not in line
            layout.keep(line)
        elif line.lstrip(" >").startswith("<!--"):
            hidden = "-->" not in line
            layout.keep(line)
        elif line.lstrip(" >").startswith("|") or _beside_rule(lines, number):
            _row(layout, line)
        else:
            _line(layout, line, target)
    return layout


def _joined(lines: list[str]) -> list[str]:
    """Hard-wrapped paragraphs on one line each."""
    found: list[str] = []
    open_ = fence = hidden = False
    for line in lines:
        if _FENCE.match(line):
            fence = not fence
        bare = line.strip()
        hidden = (hidden or bare.startswith("<!--")) and "-->" not in line
        plain = bool(bare) and not (fence or hidden or _RULE.match(line) or "-->" in line)
        plain = plain and not _FENCE.match(line) and not bare.startswith(("|", "!["))
        marks = _MARKS.match(line)
        if plain and open_ and marks is not None and not marks[1].strip():
            gap = "" if _WIDE_END.search(found[-1]) else " "
            found[-1] = found[-1].rstrip() + gap + bare
        else:
            found.append(line)
        heading = marks is not None and "#" in marks[1]
        hard = line.endswith(("  ", "\\"))
        open_ = plain and not heading and not hard
    return found


def _beside_rule(lines: list[str], number: int) -> bool:
    """Whether an unframed line is the head of a table, or a row below one."""
    if not _CELLS.search(lines[number]):
        return False
    return any(
        "|" in line and _RULE.match(line) is not None
        for line in lines[max(0, number - 60) : number + 2]
    )


def _row(layout: Layout, line: str) -> None:
    at = 0
    for bar in _CELLS.finditer(line):
        layout.block(line[at : bar.start()])
        layout.keep("|")
        at = bar.end()
    layout.block(line[at:])


def _line(layout: Layout, line: str, target: str) -> None:
    match = _MARKS.match(line)
    assert match is not None  # the pattern fits every line
    marks, text, trail = match.groups()
    layout.keep(marks)
    figure = _FIGURE.match(text)
    if figure:
        layout.keep(figure[1])
        layout.block(figure[2])
        layout.keep(figure[3])
    elif ">" in marks and SIGNAL.match(text):
        _hazard(layout, text, target)
    elif re.search(r"[-*+]\s*$", marks) and read_branch(text) is not None:
        _branch(layout, text, target)
    else:
        layout.block(text)
    layout.keep(trail)


def _hazard(layout: Layout, text: str, target: str) -> None:
    match = SIGNAL.match(text)
    assert match is not None
    known, who = PHRASES[target], match["who"] or ""
    layout.keep(text[: match.start("word")] + signal(match["word"], target))
    if who and needs_engineer(f"{match['word']}{who}"):
        layout.keep(known.engineers)
    elif who:
        layout.keep(" (")
        layout.block(who.strip().strip("（()）"))
        layout.keep(")")
    layout.keep(known.colon)
    layout.block(text[match.end() :].strip())


def _branch(layout: Layout, text: str, target: str) -> None:
    """`answer: target`, the target in the words of the target language."""
    branch = read_branch(text)
    assert branch is not None
    known, note = PHRASES[target], branch.note.strip()
    layout.block(branch.answer)
    layout.keep(known.colon)
    head, colon, rest = _parted(note)
    if isinstance(branch.target, int):
        if len(note) <= _BARE_GOTO:
            layout.keep(known.goto.format(branch.target))
        else:
            layout.keep(known.goto.format(branch.target) + known.colon)
            layout.block(note)
    elif colon and len(head) <= 40 and read_target(head) == branch.target:
        layout.keep({SOLVED: known.solved, TICKET: known.ticket}[branch.target] + known.colon)
        layout.block(rest)
    else:
        layout.keep({SOLVED: known.solved, TICKET: known.ticket}[branch.target])
        if len(note) > _BARE_GOTO:
            layout.keep(known.colon)
            layout.block(note)


def _parted(note: str) -> tuple[str, str, str]:
    match = re.search(r"\s*[:：]\s*", note)
    return (note[: match.start()], ":", note[match.end() :]) if match else (note, "", "")
