from __future__ import annotations

from pathlib import Path

import pytest

from careloop.evals.case import Shape, load_cases
from careloop.evals.shapes import AskExpect, AskInput, ReadExpect, ReadInput
from careloop.kit.errors import InvalidInput

ASK = Shape(AskInput, AskExpect)
READ = Shape(ReadInput, ReadExpect)


def written(folder: Path, *lines: str) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_expectations_stand_apart_or_beside_the_input(tmp_path: Path) -> None:
    apart = written(
        tmp_path, '{"id": 1, "text": "hi", "lang": "en", "expect": {"decision": ["ask"]}}'
    )
    assert load_cases(apart, ASK)[0].expect.decision == ["ask"]
    beside = written(tmp_path, '{"id": "r1", "text": "hi", "kind": "k", "intent": "chit_chat"}')
    case = load_cases(beside, READ)[0]
    assert (case.id, case.kind, case.expect.intent) == ("r1", "k", "chit_chat")


def test_every_fault_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '{"id": "a", "text": "hi", "expect": {"decision": ["answr"]}}',
        "",
        '{"id": "b", "txt": "hi", "expect": {"decision": ["ask"]}}',
        "no json",
        '{"id": "a", "text": "hi", "expect": {"decision": ["ask"]}}',
    )
    with pytest.raises(InvalidInput) as caught:
        load_cases(path, ASK)
    message = caught.value.message
    for part in ("line 1: decision.0", "line 3: text", "line 3: txt", "line 4", "line 5: the id"):
        assert f"cases.jsonl, {part}" in message


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Cannot read"):
        load_cases(tmp_path / "none.jsonl", ASK)
