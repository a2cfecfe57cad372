"""Which part of a message asks: people tell a story around their question.

A message is cut into clauses. The clause that asks, holds a code or names a symptom is what the
message is about; the others are told around it and weigh less, least when the value of a property
is asked: "what is its rated power" needs no story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

AROUND_VALUE, AROUND, CHATTER = 0.3, 0.75, 0.4
"""Weights of a clause beside the one that asks: when that asks for a value; else when the clause
names a machine or a thing; else."""
_CUT = re.compile(
    r"[。！？!?；;\n…]+|(?<=[^\d\s])[.,:]+(?=\s|$)|(?<=\d)[.,](?=\s)|\.{2,}|[，、]|\s[-–—]+\s|"
    r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])"
)
_ASKS = re.compile(
    r"[?？]|吗|呢|啥|咋|哪|求|请问|怎|如何|多少|多久|多[大重长高宽快厚深]|几[个次天年升片台根]|什么|"
    r"[么吧]$|能不能|行不行|是不是|有没有|可不可以|支持不|发我|给我|告诉|想知道|想问|问一下|"
    r"\b(?:what|whats|how|which|when|where|why|who|please|pls|need to know|tell me)\b|"
    r"^\s*(?:(?:and|so|but|or)\s+)?(?:can|could|does|do|is|are|should|will|would|has|have)\b|"
    r"\b(?:que|cual|cuales|cuant\w+|como|cuando|donde|puedo|necesito saber|hay que)\b|"
    r"\b(?:wie|was|welche\w*|wann|wo|warum|kann|konnen|gibt|bitte|bitte um)\b|"
    r"\b(?:quel\w*|combien|comment|quand|ou|pourquoi|que|peut|est-ce|svp|proposez)\b|"
    r"\b(?:qual|quais|quant\w+|como|quando|onde|posso|tem)\b|"
    r"как|сколько|какой|какая|какое|какие|когда|где|почему|что|подскажите|можно|есть ли|нужн|"
    r"ですか|ますか|教えて|知りたい|どう|いくつ|いくら|何|でしょうか|방법|어떻게|얼마|몇|나요|까요|"
    r"كيف|كم|ما |هل|متى|bao nhiêu|thế nào|làm sao|là gì|cho hỏi|không$|เท่าไร|อย่างไร|ยังไง|ไหม|กี่"
)


def clauses(text: str) -> Iterator[tuple[int, int, bool]]:
    """The start and end of each clause of a normalised text, and whether it asks."""
    at = 0
    for cut in [*_CUT.finditer(text), None]:
        end = cut.start() if cut else len(text)
        part = text[at:end]
        if part.strip():
            sign = bool(cut and re.search(r"[?？]", cut[0]))
            yield at, end, sign or _ASKS.search(part) is not None
        at = cut.end() if cut else end
