"""Chats and ticket exports become internal articles without people's names."""

from __future__ import annotations

import json
from typing import Any

import pytest
from made_files import workbook

from careloop.knowledge.ingest.formats.personal_data import masked
from careloop.knowledge.ingest.read import format_of, read_source
from careloop.knowledge.ingest.source import SourceFile

_IOS = """[12/05/2026, 09:41:22] Messages and calls are end-to-end encrypted.
[12/05/2026, 09:41:30] Maria Gomez: Hi
[12/05/2026, 09:41:40] Maria Gomez: Our P-10 shows E-217,
what can I do?
[12/05/2026, 09:43:00] Tom Support: Hi Maria, which model?
[12/05/2026, 09:43:20] Maria Gomez: P-10 as I said, it fails at start
[12/05/2026, 09:43:40] Tom Support: Please clean the fan.
[12/05/2026, 09:44:00] Maria Gomez: ok thanks
[12/05/2026, 09:44:30] Maria Gomez: <Media omitted>
[12/05/2026, 09:50:00] Maria Gomez: How often should I replace the filter? Call +49 89 12345678
[12/05/2026, 09:51:00] Tom Support: Every 6 months, mail tom@maker.example
[14/05/2026, 09:51:00] Maria Gomez: anyone?
"""
_WECHAT = """林若航 2026-05-12 09:41:22
你好
林若航 2026-05-12 09:41:30
测序仪报 E-217 怎么办？
[图片]
售后小王 2026-05-12 09:45:00
林工您好，请先断电清洗风扇。电话 13812345678
"""


def _chat(text: str, name: str = "a.txt") -> str:
    source = SourceFile(name, text.encode())
    assert format_of(source) == "chat"
    manuscript = read_source(source)
    assert manuscript.matter["audience"] == "internal"
    return manuscript.text


def test_a_chat_becomes_questions_and_answers() -> None:
    text = _chat(_IOS)
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "## Our P-10 shows E-217, what can I do?",
        "## How often should I replace the filter? Call \\[phone\\]",
    ]
    assert "Agent: Please clean the fan." in text
    for gone in ("Maria", "Tom", "12345678", "maker.example", "omitted", "encrypted", "anyone"):
        assert gone not in text


def test_other_exports() -> None:
    assert "## pump leaks?\n\nCustomer: pump leaks?\n\nAgent: tighten the nut" in _chat(
        "5/12/26, 9:41 AM - A B: pump leaks?\n5/12/26, 9:42 AM - C D: tighten the nut\n"
    )
    text = _chat(_WECHAT)
    assert "## 测序仪报 E-217 怎么办？" in text and "Agent: \\[name\\]工您好，请先断电" in text
    assert "林" not in text and "1381" not in text
    messages = [
        {"role": "user", "text": "How to reset?"},
        {"role": "assistant", "content": "Hold it."},
    ]
    assert "Customer: How to reset?\n\nAgent: Hold it." in _chat(json.dumps(messages), "a.json")
    for text in ("Step 1: do\nNote: this\nStep 2: x\n", "Opening 09:00\nfoo\nClosing 18:00\n"):
        assert format_of(SourceFile("a.txt", text.encode())) == "md"


def test_tickets_with_a_resolution() -> None:
    rows = [
        ["Ticket ID", "Title", "Description", "Root cause", "Resolution", "Parts used",
         "Status", "Customer"],
        ["T-1", "Pump leaks", "Leaks at seal, call Maria Gomez 13812345678", "seal worn",
         "Replace seal",
         "S-100 x1", "Closed", "Maria Gomez"],
        ["T-2", "No power", "Dead", "", "", "", "Open", "X"],
        ["T-3", "Hums", "Hums", "", "n/a", "", "Closed", "X"],
    ]  # fmt: skip

    def write(book: Any) -> None:
        for row in rows:
            book.active.append(row)

    as_csv = SourceFile("a.csv", "\n".join(";".join(row) for row in rows).encode())
    objects = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    for source in (as_csv, workbook(write), SourceFile("a.json", json.dumps(objects).encode())):
        assert format_of(source) == "tickets"
        manuscript = read_source(source)
        assert manuscript.text == (
            "## Pump leaks\n\nSymptom: Leaks at seal, call \\[name\\] \\[phone\\]\n\nCause: "
            "seal worn\n\n"
            "Remedy: Replace seal\n\nParts: S-100 x1\n\nTicket: T-1\n"
        )
        assert manuscript.matter["audience"] == "internal"
        assert manuscript.warnings == ["2 tickets without a resolution left out"]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("代码,含义,原因,处理方法", "csv"), ("Symptom,Cause,Remedy", "csv"),
        ("故障现象,可能原因,解决方法", "csv"), ("错误代码,描述,解决方案", "csv"),
        ("Code,Description,Solution,Severity", "csv"),
        ("工单号,故障现象,故障原因,处理结果", "tickets"),
        ("标题,问题描述,解决方案", "tickets"),
        ("Case No.,Subject,Issue description,Work done", "tickets"),
    ],
)  # fmt: skip
def test_a_fault_list_is_no_ticket_export(header: str, kind: str) -> None:
    row = ",".join(["E-1", "漏水了", "密封坏", "更换密封件"][: header.count(",") + 1])
    assert format_of(SourceFile("a.csv", f"{header}\n{row}\n".encode())) == kind


def test_masking_spares_codes() -> None:
    text = "E-217 on GS200-21B0258, SN 20260512001, part YP-EV-1001, 100-240 V, 5.5 Nm, 1000000 h"
    assert masked(text) == text
    assert masked("Dear Anna Berg, I am at 0755-12345678 or a.b@c.example; 李经理 said") == (
        "Dear [name], I am at [phone] or [e-mail]; [name]经理 said"
    )
