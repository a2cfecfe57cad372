"""The forms in which messengers export a chat, read into messages."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Message:
    """One message. `day` is the date as written, `minute` that of the day, or -1 if unknown."""

    speaker: str
    text: str
    day: str = ""
    minute: int = -1

    def after(self, other: Message) -> int:
        """Minutes since another message; a day when the dates differ, 0 when nothing is known."""
        if self.day != other.day:
            return 1440
        return self.minute - other.minute if min(self.minute, other.minute) >= 0 else 0


_DATE = r"(?P<day>\d{1,4}[./\-年]\s?\d{1,2}[./\-月]\s?\d{1,4}日?)"
_TIME = (
    r"(?P<time>(?:上午|下午|凌晨|中午|晚上|早上)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?"
    r"(?:[\s\u202f\u00a0]*[ap]\.?\s?m\.?)?)"
)
_NAME = r"(?P<name>[^:：\n]{1,60}?)"
_LINES = (
    # [12/05/2026, 09:41:22] Name: text
    re.compile(
        rf"^[\u200e\u202a]*\[{_DATE}[,，]?\s+{_TIME}\]\s*{_NAME}\s*[:：]\s?(?P<text>.*)$", re.I
    ),
    # 12/05/2026, 09:41 - Name: text
    re.compile(
        rf"^[\u200e\u202a]*{_DATE}[,，]?\s+{_TIME}\s+[-–]\s+{_NAME}\s*[:：]\s?(?P<text>.*)$", re.I
    ),
    # 2026-05-12 09:41:22 Name: text
    re.compile(rf"^{_DATE}\s+{_TIME}\s+{_NAME}\s*[:：]\s?(?P<text>.*)$", re.I),
)
_SYSTEM = re.compile(rf"^[\u200e\u202a]*\[?{_DATE}[,，]?\s+{_TIME}\]?\s*[-–]?\s", re.I)
_HEADS = (
    # Name 2026-05-12 09:41:22
    re.compile(
        rf"^(?P<name>\S[^:：\n]{{0,40}}?)\s*(?:[(（<][^)）>]{{3,40}}[)）>])?\s+{_DATE}\s+{_TIME}\s*[:：]?$",
        re.I,
    ),
    # 2026-05-12 09:41:22 Name
    re.compile(
        rf"^{_DATE}\s+{_TIME}\s+(?P<name>\S[^:：\n]{{0,40}}?)(?:[(（<][^)）>]{{3,40}}[)）>])?\s*[:：]?$",
        re.I,
    ),
    # Name 09:41
    re.compile(rf"^(?P<name>[^\W\d][^:：\n。，,.!?]{{0,20}}?)\s+(?P<day>){_TIME}$", re.I),
)
_NOISE = re.compile(
    r"^[\u200e\s]*(?:<(?:media omitted|medien ausgeschlossen|multimedia omitido|médias omis)>|"
    r"(?:image|video|audio|sticker|gif|document|contact card) omitted|"
    r"\[(?:图片|语音|视频|表情|文件|动画表情|链接|位置|名片|聊天记录|image|photo|voice|video|sticker|file)\]|"
    r"this message was deleted\.?|you deleted this message\.?|null|"
    r".{0,40}撤回了一条消息|<attached: .*>|.*\(file attached\))[\u200e\s]*$",
    re.IGNORECASE,
)
_SYSTEM_TEXT = re.compile(
    r"end-to-end encrypted|created (?:this )?group|joined using|changed the subject|"
    r"你已添加了|以上是打招呼的内容|加入了群聊|邀请.{1,20}加入|现在可以开始聊天",
    re.IGNORECASE,
)
_KEYS = {
    "speaker": ("role", "sender", "from", "author", "speaker", "name", "user", "sender_name",
                "发送者", "发送人", "角色"),
    "text": ("text", "content", "message", "body", "msg", "内容", "消息"),
    "time": ("time", "timestamp", "date", "created_at", "sent_at", "datetime", "create_time",
             "时间"),
}  # fmt: skip
_SHARE = 0.12


def parse_text(text: str) -> list[Message]:
    """Messages of a text export; none when the text has not the form of one."""
    lines = text.replace("\r", "").split("\n")
    filled = [line for line in lines[:400] if line.strip()]
    for patterns, inline in ((_LINES, True), (_HEADS, False)):
        for pattern in patterns:
            heads = [line for line in filled if pattern.match(line.strip())]
            if len(heads) >= 2 and len(heads) >= len(filled) * _SHARE:
                return _split(lines, pattern, inline)
    return []


def _split(lines: list[str], pattern: re.Pattern[str], inline: bool) -> list[Message]:
    messages: list[Message] = []
    open_ = False
    for line in lines:
        bare = line.strip()
        match = pattern.match(bare)
        if match:
            name = match["name"].strip("\u200e\u202a\u202c~ ")
            words = match["text"] if inline else ""
            messages.append(
                Message(name, words.strip("\u200e "), match["day"] or "", _minute(match["time"]))
            )
            open_ = True
        elif inline and _SYSTEM.match(bare):
            open_ = False
        elif open_ and bare:
            messages[-1].text = f"{messages[-1].text}\n{bare}".strip()
    return _said(messages)


def _said(messages: list[Message]) -> list[Message]:
    found = []
    for message in messages:
        lines = [line for line in message.text.split("\n") if line and not _NOISE.match(line)]
        message.text = "\n".join(lines).strip()
        if message.text and not _SYSTEM_TEXT.search(message.text):
            found.append(message)
    return found


def parse_json(text: str) -> list[Message]:
    """Messages of a JSON export: a list of messages, or objects that hold such lists."""
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return []
    return _said(_from_json(data, 0))


def _from_json(data: Any, depth: int) -> list[Message]:
    if depth > 4:
        return []
    if isinstance(data, dict):
        for key in ("messages", "conversation", "conversations", "chat", "chats", "data", "items"):
            if isinstance(data.get(key), list | dict):
                return _from_json(data[key], depth + 1)
        return []
    if not isinstance(data, list):
        return []
    messages: list[Message] = []
    for place, item in enumerate(data):
        if not isinstance(item, dict):
            return []
        speaker, words = _pick(item, "speaker"), _pick(item, "text")
        if speaker and words:
            day, _, clock = _pick(item, "time").replace("T", " ").partition(" ")
            messages.append(Message(speaker, words, day, _minute(clock)))
        elif not words:
            inner = _from_json(item, depth + 1)
            for message in inner:
                message.day = f"{place}/{message.day}"
            messages += inner
    return messages


def _pick(item: dict[str, Any], kind: str) -> str:
    lowered = {str(key).lower(): value for key, value in item.items()}
    for key in _KEYS[kind]:
        value = lowered.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("role") or value.get("text")
        if isinstance(value, list):
            parts = [part if isinstance(part, str) else part.get("text", "")
                     for part in value if isinstance(part, str | dict)]  # fmt: skip
            value = "".join(part for part in parts if isinstance(part, str))
        if isinstance(value, str | int | float) and str(value).strip():
            return str(value).strip()
    return ""


def _minute(clock: str) -> int:
    match = re.search(r"(\d{1,2}):(\d{2})", clock)
    if match is None:
        return -1
    hour = int(match[1])
    late = re.search(r"p\.?\s?m|下午|晚上", clock, re.IGNORECASE)
    if late and hour < 12:
        hour += 12
    return hour * 60 + int(match[2])
