"""Chat exports to manuscripts: questions with their answers, the people in them unnamed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.formats.chat_exports import Message, parse_json, parse_text
from careloop.knowledge.ingest.formats.draft import Draft
from careloop.knowledge.ingest.formats.personal_data import masked
from careloop.knowledge.ingest.manuscript import Manuscript
from careloop.knowledge.ingest.source import SourceFile, decode

CUSTOMER, AGENT = "Customer", "Agent"
_AGENT = re.compile(
    r"agent|assistant|support|service|\bbot\b|operator|staff|admin|help\s?desk|engineer|technician|"
    r"chatbot|representative|客服|售后|工程师|技术|机器人|坐席|厂家|支持|soporte|servicio|técnico|"
    r"kundendienst|techniker|assistance|サポート",
    re.IGNORECASE,
)
_CUSTOMER = re.compile(
    r"customer|client|^user$|^visitor|human|客户|顾客|访客|用户|cliente|kunde", re.IGNORECASE
)
_ASKS = re.compile(
    r"[?？]|怎么|如何|为什么|为何|怎样|什么|能不能|可以.{0,12}吗|报错|报警|故障|不了|不能|无法|坏了|异常|漏|"
    r"\b(?:how|why|what|when|where|which|can|could|error|fault|alarm|problem|issue|broken|fails?|"
    r"failed|not working|doesn't|won't|wie|warum|was|fehler|störung|defekt|cómo|por qué|qué|falla|"
    r"no funciona|comment|pourquoi|panne|erreur)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:\W*(?:hi|hello|hey|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen)|"
    r"hola|buen[oa]s\b.{0,8}|"
    r"bonjour|你好|您好|在吗|在不在|有人吗|请问|亲|嗨|早上好|下午好|okay|ok|thanks|thank you|"
    r"(?:very|so) much|great|perfect|danke|gracias|merci|谢谢|多谢|好的|收到|嗯+|辛苦了|您|你|"
    r"了)(?![a-z]))+[\W_]*$",
    re.IGNORECASE,
)
_PAUSE = 240
"""Minutes of silence after which a customer's message opens a new matter."""

_TITLE = 90
_SENTENCE = re.compile(rf".{{10,{_TITLE}}}?[。！？!?]|.{{10,{_TITLE}}}(?=[\s,，;；])")


@dataclass(slots=True)
class _Turn:
    speaker: str
    message: Message


def is_chat(source: SourceFile) -> bool:
    """Whether the content is a chat between at least two people, whatever its name says."""
    return bool(_messages(source))


def read(source: SourceFile) -> Manuscript:
    """One section for each matter that got an answer; everything is internal until edited."""
    messages = _messages(source)
    if not messages:
        raise UnreadableSource(f"{source.path}: no chat of two or more people was found in it")
    people = sorted({message.speaker for message in messages})
    turns = _with_roles(messages)
    draft, unanswered = Draft(), 0
    for section in _sections(turns):
        if not any(turn.speaker == AGENT for turn in section):
            unanswered += 1
            continue
        draft.heading(masked(_question(section), people), 2)
        for speaker, text in _joined(section):
            draft.add("paragraph", f"{speaker}: {masked(text, people)}")
    warnings = [f"{unanswered} questions without an answer left out"] if unanswered else []
    return Manuscript(draft.markdown(), {"type": "faq", "audience": "internal"}, warnings=warnings)


def _messages(source: SourceFile) -> list[Message]:
    try:
        text = decode(source.content)[0]
    except ValueError:
        return []
    messages = parse_json(text) if source.suffix == ".json" else parse_text(text)
    return messages if len({message.speaker for message in messages}) > 1 else []


def _with_roles(messages: list[Message]) -> list[_Turn]:
    names = list(dict.fromkeys(message.speaker for message in messages))
    agents = {name for name in names if _AGENT.search(name) and not _CUSTOMER.search(name)}
    customers = {name for name in names if _CUSTOMER.search(name)}
    if not agents:
        # Who writes first has a question; the other one answers.
        others = [name for name in names if name not in customers]
        agents = set(others if customers else others[1:])
    if agents == set(names):
        agents.discard(names[0])
    return [_Turn(AGENT if m.speaker in agents else CUSTOMER, m) for m in messages]


def _sections(turns: list[_Turn]) -> list[list[_Turn]]:
    sections: list[list[_Turn]] = []
    for turn in turns:
        section = sections[-1] if sections else []
        opens = turn.speaker == CUSTOMER and (
            (section and turn.message.after(section[-1].message) > _PAUSE)
            or (_settled(section) and _opens(turn.message.text))
        )
        if not sections or opens:
            sections.append([turn])
        else:
            section.append(turn)
    return [section for section in sections if any(t.speaker == CUSTOMER for t in section)]


def _settled(section: list[_Turn]) -> bool:
    """Whether the agent has answered and asked nothing back, and the customer only thanked."""
    for turn in reversed(section):
        if turn.speaker == AGENT:
            return not turn.message.text.rstrip().endswith(("?", "？"))
        if not _GREETING.match(turn.message.text):
            return False
    return False


def _opens(text: str) -> bool:
    """Whether a message asks something of its own; a short question back belongs to the matter."""
    return _ASKS.search(text) is not None and len(text) >= (8 if ord(max(text)) > 0x2E7F else 20)


def _question(section: list[_Turn]) -> str:
    asked = [turn.message.text for turn in section if turn.speaker == CUSTOMER]
    said = [text for text in asked if not _GREETING.match(text)] or asked
    text = " ".join(next((text for text in said if _ASKS.search(text)), said[0]).split())
    if len(text) <= _TITLE:
        return text
    cut = _SENTENCE.match(text)
    return cut[0] if cut else text[:_TITLE]


def _joined(section: list[_Turn]) -> list[tuple[str, str]]:
    """Messages of one speaker that follow one another as one paragraph."""
    found: list[tuple[str, str]] = []
    for turn in section:
        text = " ".join(turn.message.text.split())
        if _GREETING.match(text):
            continue
        if found and found[-1][0] == turn.speaker:
            gap = "" if ord(found[-1][1][-1]) > 0x2E7F else " "
            found[-1] = (turn.speaker, f"{found[-1][1]}{gap}{text}")
        else:
            found.append((turn.speaker, text))
    return found
