"""A wrong setting is told in one line; the secret key is whole, private and made once."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from careloop.kit.errors import Misconfigured
from careloop.kit.secret import KEY_BYTES, ensure_key, read_key
from careloop.kit.settings import Settings, load_settings

WRONG = {
    "PORT": "eighty",
    "MAX_UPLOAD_MB": "0",
    "LOG_LEVEL": "loud",
    "LOG_FORMAT": "xml",
    "MESSAGES_PER_MINUTE": "-1",
    "SECURE_COOKIES": "perhaps",
    "MAX_MESSAGE_CHARS": "99999999",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_named_in_one_line(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"CARELOOP_{name}", WRONG[name])
    with pytest.raises(Misconfigured) as refused:
        load_settings()
    assert refused.value.message.startswith(f"CARELOOP_{name}: ")
    assert "\n" not in refused.value.message


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WRONG.items():
        monkeypatch.setenv(f"CARELOOP_{name}", value)
    with pytest.raises(Misconfigured) as refused:
        load_settings()
    assert all(f"CARELOOP_{name}: " in refused.value.message for name in WRONG)


def test_a_wrong_setting_is_not_repeated_aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARELOOP_PORT", "s3cret-pasted-here")
    with pytest.raises(Misconfigured) as refused:
        load_settings()
    assert "s3cret" not in refused.value.message


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_data_folder_holds_everything_by_default(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    assert settings.url == f"sqlite:///{tmp_path}/careloop.db"
    assert settings.jobs_url == f"sqlite:///{tmp_path}/jobs.db"
    assert settings.secret_file.parent == settings.blob_folder.parent == tmp_path
    assert settings.public_url == "http://localhost:8000"


def test_a_base_address_loses_its_slash() -> None:
    assert load_settings(base_url="https://care.example/").public_url == "https://care.example"


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    before = os.umask(0)
    try:
        key = ensure_key(path)
    finally:
        os.umask(before)
    assert len(key) == KEY_BYTES
    assert ensure_key(path) == read_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [item.name for item in tmp_path.iterdir()] == ["secret.key"]


def test_processes_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: ensure_key(tmp_path / "secret.key"), range(40)))
    assert len(keys) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "secret.key"
    ensure_key(path)
    path.chmod(mode)
    with pytest.raises(Misconfigured, match="chmod 600"):
        ensure_key(path)


@pytest.mark.parametrize("text", ["", "zz", "00ff", "00" * 31, "00" * 33])
def test_half_a_key_is_no_key(tmp_path: Path, text: str) -> None:
    path = tmp_path / "secret.key"
    path.touch(mode=0o600)
    path.write_text(text)
    with pytest.raises(Misconfigured, match="damaged"):
        ensure_key(path)


def test_a_missing_key_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="careloop init"):
        read_key(tmp_path / "secret.key")
    with pytest.raises(Misconfigured, match="Cannot write"):
        ensure_key(tmp_path / "nowhere" / "secret.key")
