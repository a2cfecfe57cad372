"""The generated documents follow the code, and drift is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from careloop.api import docs
from careloop.kit.settings import Settings


def test_every_setting_is_documented() -> None:
    page = docs.settings_page()
    for name, field in Settings.model_fields.items():
        assert f"`CARELOOP_{name.upper()}`" in page
        assert field.description
    assert "| `8000` | 1 to 65535 |" in page
    assert "`debug`, `info`, `warning`, `error`" in page
    assert "localhost:&lt;port>" in page


def test_the_page_does_not_follow_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    before = docs.documents()
    monkeypatch.setenv("CARELOOP_PORT", "9999")
    monkeypatch.setenv("CARELOOP_BASE_URL", "https://elsewhere.example")
    assert docs.documents() == before


def test_openapi_names_the_routes() -> None:
    api = docs.openapi()
    assert "/v1/chat/messages" in api["paths"]


def test_drift_is_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert docs.main(["--check"], tmp_path) == 1
    assert docs.main([], tmp_path) == 0
    assert docs.main(["--check"], tmp_path) == 0
    (tmp_path / "settings.md").write_text("edited by hand")
    capsys.readouterr()
    assert docs.main(["--check"], tmp_path) == 1
    assert "settings.md" in capsys.readouterr().err
    assert docs.write(tmp_path) == ["settings.md"]
