"""Logs hold no secret and nobody's address."""

from __future__ import annotations

import json

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from careloop.kit.ids import new_secret
from careloop.kit.telemetry import configure_logging, mask


@given(st.sampled_from(["clp_", "clc_", "cls_"]), st.sampled_from(["", "token is ", "x=", "("]))
def test_our_own_tokens_never_stay(prefix: str, before: str) -> None:
    token = prefix + new_secret()
    assert token[4:] not in mask(f"{before}{token} and more")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Authorization: Bearer abcdefgh12345678==", "abcdefgh12345678"),
        ("write to Ada.Example+lab@mail.example.org now", "Ada.Example"),
        ("call +86 755 1234 5678 please", "1234 5678"),
        ("call (0755) 1234-5678", "1234-5678"),
    ],
)
def test_addresses_and_tokens_are_hidden(text: str, gone: str) -> None:
    assert gone not in mask(text)


@pytest.mark.parametrize("text", ["GS2000-23B0417", "TK-2026-000123", "E-217", "took 12.5 ms"])
def test_what_a_technician_needs_stays(text: str) -> None:
    assert mask(text) == text


def test_log_lines_hold_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    configure_logging("info", "json")
    try:
        log = structlog.get_logger("test")
        try:
            raise ValueError("mail ada@mail.example failed with clp_abcdefghijklmnopqrstuvwxyz")
        except ValueError:
            log.exception(
                "something_failed",
                password="hunter2hunter2",
                request={"headers": {"Cookie": "cls_sid", "X-Api-Key": "k-123"}, "n": 3},
                people=["ada@mail.example", {"phone": "+86 755 1234 5678"}],
                chat_token="clc_abcdefghijklmnopqrstuvwxyz",
                path="/v1/tickets/TK-2026-000123",
            )
    finally:
        structlog.configure(**before)
    line = capsys.readouterr().err.strip().splitlines()[-1]
    said = json.loads(line)
    for secret in ("hunter2", "cls_sid", "k-123", "ada@mail", "1234 5678", "abcdefghijklmnop"):
        assert secret not in line
    assert said["event"] == "something_failed"
    assert said["request"]["n"] == 3
    assert said["path"] == "/v1/tickets/TK-2026-000123"
    assert "ValueError" in said["exception"]


def test_a_level_silences_what_lies_below(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    configure_logging("warning", "console")
    try:
        structlog.get_logger("test").info("quiet")
        structlog.get_logger("test").warning("loud")
    finally:
        structlog.configure(**before)
    told = capsys.readouterr().err
    assert "loud" in told
    assert "quiet" not in told
