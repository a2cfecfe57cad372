"""The new words of a mail: what it quotes, its signature and its letterhead are cut."""

from __future__ import annotations

import re

_QUOTE_HEAD = re.compile(
    r"^\s*(?:>+\s*)?(?:"
    r"On\b.{4,200}\bwrote\s*:|Am\b.{4,200}\bschrieb\b.{0,120}:|El\b.{4,200}\bescribió\s*:|"
    r"Le\b.{4,200}\ba écrit\s*:|Em\b.{4,200}\bescreveu\s*:|Il\b.{4,200}\bha scritto\s*:|"
    r".{0,200}(?:写道|寫道)\s*[:：]|.{4,200}のメール\s*[:：]|.{4,200}님이 작성\s*[:：]?"
    r")\s*$",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"^\s*[-_—=\s]*(?:original message|original appointment|forwarded message|"
    r"ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|mensaje original|"
    r"mensaje reenviado|message d'origine|message d’origine|message original|message transféré|"
    r"原始邮件|原邮件|转发邮件|回复的原邮件|转发的邮件|原始郵件)[-_—=\s]*[:：]?\s*$",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"forward|weitergeleitet|reenviado|transféré|转发", re.IGNORECASE)
_HEADER = re.compile(
    r"^\s*[>*]*\s*(?:from|sent|to|cc|bcc|date|subject|reply-to|importance|"
    r"von|gesendet|an|betreff|datum|"
    r"de|enviado(?: el)?|para|asunto|fecha|envoyé|à|objet|"
    r"发件人|发送时间|发送日期|收件人|抄送|主题|日期|时间|寄件者|收件者|主旨|差出人|宛先|件名)\s*\**\s*[:：]\**\s?.*$",
    re.IGNORECASE,
)
_FIRST_HEADER = re.compile(
    r"^\s*[>*]*\s*(?:from|von|de|发件人|寄件者|差出人)\s*\**\s*[:：]\**\s*\S", re.IGNORECASE
)
_DASHES = re.compile(r"^(?:--|—|__)\s?$")
_DEVICE = re.compile(
    r"^\s*(?:sent from my|sent from outlook|get outlook for|von meinem .{2,30} gesendet|"
    r"gesendet von mein|enviado desde mi|envoyé de mon|envoyé depuis mon|发自我的|從我的|发送自|"
    r"来自.{0,10}(?:iphone|手机|邮箱)|iPhoneから送信)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\s*(?:(?:best|kind|warm|many|with)?\s*(?:regards|wishes|thanks)|best|sincerely|yours\b.{0,20}|cheers|"
    r"thanks(?: and regards)?|thank you|mit (?:freundlichen|besten|herzlichen) grüßen|"
    r"(?:viele|freundliche|beste|liebe|herzliche) grüße|mfg|saludos(?: cordiales)?|un saludo|"
    r"atentamente|"
    r"cordialmente|cordialement|bien à vous|bien cordialement|salutations\b.{0,20}|"
    r"此致(?:敬礼)?|敬礼|顺颂商祺|顺祝商祺|祝好|谢谢[!！。]?|多谢[!！。]?|以上[,，]?谢谢[!！。]?|敬具|よろしくお願いいたします)"
    r"\s*[,，.。!！]?\s*$",
    re.IGNORECASE,
)
_SIGNATURE_LINES = 14


def newest_text(lines: list[str]) -> list[str]:
    """The lines that the sender wrote in this mail; of a bare forward, the text passed on."""
    cut = _quote_start(lines)
    newest = _unsigned([line for line in lines[:cut] if not line.lstrip().startswith(">")])
    if any(line.strip() for line in newest):
        return newest
    return _unsigned(_passed_on(lines[cut:])) if _is_forward(lines, cut) else newest


def _is_forward(lines: list[str], cut: int) -> bool:
    return cut < len(lines) and _FORWARD.search(lines[cut]) is not None


def _quote_start(lines: list[str]) -> int:
    for number, line in enumerate(lines):
        if _RULE.match(line) or _QUOTE_HEAD.match(line):
            return number
        following = " ".join([line, *lines[number + 1 : number + 2]])
        # A mail client breaks a long "On ... wrote:" into two lines.
        if (
            len(line) < 200
            and line[:3].strip() in ("On", "Am", "El", "Le")
            and _QUOTE_HEAD.match(following)
        ):
            return number
        if _FIRST_HEADER.match(line):
            block = lines[number + 1 : number + 8]
            if sum(bool(_HEADER.match(item)) for item in block) >= 2:
                return number
    return len(lines)


def _passed_on(lines: list[str]) -> list[str]:
    start = 1
    while start < len(lines) and (not lines[start].strip() or _HEADER.match(lines[start])):
        start += 1
    rest = [re.sub(r"^\s*>+\s?", "", line) for line in lines[start:]]
    return rest[: _quote_start(rest)]


def _unsigned(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip(" \t-_=—*"):
        lines = lines[:-1]
    for number, line in enumerate(lines):
        if _DASHES.match(line) or _DEVICE.match(line):
            return lines[:number]
        near_end = len([item for item in lines[number:] if item.strip()]) <= _SIGNATURE_LINES
        if near_end and number and _CLOSING.match(line):
            return lines[:number]
    return lines
