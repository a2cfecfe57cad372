"""Files come in by content and go out by signed link alone."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from careloop.api.middleware import BODY_LIMIT
from careloop.kit.ids import new_id


def photo(**options: Any) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((80, 60)).convert("RGB").save(out, "JPEG", **options)
    return out.getvalue()


def problem(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["code"])


def test_a_photo_loses_its_place_and_is_seen_by_both_sides(house: Any, chat: Any) -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (31.0, 13.0, 1.0)}
    file = chat.upload("nameplate.jpg", photo(exif=exif)).json()
    assert (file["name"], file["media_type"]) == ("nameplate.jpg", "image/jpeg")
    sent = chat.send("", attachment_ids=[file["id"]])
    assert sent.status_code == 200, sent.text
    (shown,) = sent.json()["message"]["attachments"]
    data = house.client.get(shown["url"])
    assert data.headers["content-type"] == "image/jpeg"
    assert b"Exif" not in data.content
    desk = house.get(f"/v1/conversations/{chat.id}/messages").json()["messages"]
    assert desk[0]["attachments"][0]["name"] == "nameplate.jpg"


LYING = {
    "page.jpg": b"<!DOCTYPE html><script>alert(1)</script>",
    "drawing.png": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "program.pdf": b"MZ" + bytes(100),
    "nothing.jpg": b"",
    "archive.docx": b"PK\x03\x04" + bytes(50),
    "half.jpg": photo(exif=Image.Exif())[:200],
}


@pytest.mark.parametrize("name", LYING)
def test_a_name_and_a_header_do_not_make_a_type(chat: Any, name: str) -> None:
    assert problem(chat.upload(name, LYING[name]), 415) == "unsupported_type"


def test_the_type_is_read_from_the_bytes(chat: Any) -> None:
    file = chat.upload("evil.html", photo(), "text/html").json()
    assert file["media_type"] == "image/jpeg"
    text = chat.upload("log.jpg", b"E-217 at 10:00\n", "image/jpeg").json()
    assert text["media_type"] == "text/plain"


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "C:\\boot.ini", "/etc/passwd", "a/b/c.jpg", "x\r\nX-Evil: 1.jpg",
     "\u202egnp.exe", "名牌照片.jpg", "n" * 300 + ".jpg", ".", "a;b\"c'.jpg"],
)  # fmt: skip
def test_a_name_is_no_path(house: Any, chat: Any, name: str) -> None:
    answer = chat.upload(name, photo())
    assert answer.status_code == 201, answer.text
    file = answer.json()
    assert not set("/\\\r\n\u202e") & set(file["name"])
    data = house.client.get(file["url"])
    assert data.status_code == 200
    assert "x-evil" not in data.headers
    blobs: Path = house.services.settings.blob_folder
    kept = [path for path in blobs.rglob("*") if path.is_file()]
    assert all(len(path.name) == 64 for path in kept)


def test_fifty_megabytes_are_too_much(house: Any, chat: Any) -> None:
    began = time.monotonic()
    answer = chat.upload("film.mp4", b"\x00\x00\x00\x20ftypisom" + bytes(50_000_000))
    assert problem(answer, 413) == "too_large"
    assert time.monotonic() - began < 10
    just_above = b"%PDF-" + bytes(house.services.settings.max_upload_mb * 1_000_000)
    assert problem(chat.upload("a.pdf", just_above), 413) == "too_large"


def test_a_body_without_a_length_is_counted_too(house: Any, chat: Any) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        yield head
        for _ in range(200):
            sent += 1
            yield b"a" * 500_000

    headers = {**chat.headers, "Content-Type": "multipart/form-data; boundary=b"}
    try:
        answer = house.client.post("/v1/chat/uploads", content=endless(), headers=headers)
    except Exception as error:
        assert "disconnect" in type(error).__name__.lower()
        return
    assert answer.status_code in (400, 413)


def test_an_upload_needs_its_file_and_its_chat(house: Any, chat: Any) -> None:
    problem(house.client.post("/v1/chat/uploads", headers=chat.headers), 422)
    problem(house.client.post("/v1/chat/uploads", files={"file": ("a.txt", b"hi")}), 401)


def test_a_file_of_another_chat_cannot_be_sent(chat: Any, new_chat: Any) -> None:
    other = new_chat()
    file = other.upload("a.jpg", photo()).json()
    problem(chat.send("look", attachment_ids=[file["id"]]), 404)
    assert chat.messages() == []


def test_a_link_is_good_for_its_file_and_its_hour(house: Any, chat: Any) -> None:
    file = chat.upload("a.txt", b"hello").json()
    url = file["url"]
    answer = house.client.get(url)
    assert answer.content == b"hello"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    path, query = url.split("?")
    expires, signature = (part.split("=")[1] for part in query.split("&"))
    past = str(int(time.time()) - 10)
    signer = house.services.signer
    for wrong in (
        path,
        f"{path}?expires={expires}",
        f"{path}?expires={int(expires) + 1}&signature={signature}",
        f"{path}?expires={expires}&signature={signature[:-1]}x",
        f"{path}?expires={expires}&signature=%C3%A9",
        f"{path}?expires={expires}&signature=",
        f"{path}?expires={past}&signature={signer.sign(path, int(past))}",
        f"/v1/files/{house.theirs.attachment}?expires={expires}&signature={signature}",
        f"{path}?expires=99999999999999999999&signature={signature}",
    ):
        refused = house.client.get(wrong)
        assert refused.status_code in (404, 422), wrong
        assert refused.headers["content-type"] == "application/problem+json"
    assert house.client.get(path, headers=house.mine.headers["admin"]).status_code == 422


def test_an_agent_sends_a_file(house: Any, chat: Any) -> None:
    chat.send("hello")
    files = {"file": ("manual.txt", b"turn it off first")}
    headers = house.mine.headers["agent"]
    path = f"/v1/conversations/{chat.id}"
    file = house.client.post(f"{path}/uploads", files=files, headers=headers).json()
    body = {"text": "", "attachment_ids": [file["id"]], "client_msg_id": new_id()}
    assert house.post(f"{path}/reply", body, who="agent").status_code == 201
    (shown,) = chat.messages()[-1]["attachments"]
    assert house.client.get(shown["url"]).content == b"turn it off first"
    engineer = house.mine.headers["engineer"]
    problem(house.client.post(f"{path}/uploads", files=files, headers=engineer), 403)
    foreign = f"/v1/conversations/{house.theirs.conversation}/uploads"
    problem(house.client.post(foreign, files=files, headers=headers), 404)


def test_documents_are_taken_in_whole_or_refused(house: Any) -> None:
    def send(*names: str) -> Any:
        files = [("files", (name, b"# Filter\n\nClean it.", "text/markdown")) for name in names]
        headers = house.mine.headers["admin"]
        return house.client.post("/v1/kb/uploads", files=files, headers=headers)

    assert send("a.md", "b.md").status_code == 202
    assert send("a/same.md", "b/same.md").status_code == 422
    assert send(*(f"{number}.md" for number in range(51))).status_code == 422


def test_a_phones_photo_fits_through_every_door_for_files(house: Any) -> None:
    most = house.services.settings.max_upload_mb * 1_000_000
    data = photo().ljust(most - 100, b"\0")
    assert most >= BODY_LIMIT, "with what is around it, more than any other body may hold"
    ticket = house.post("/v1/tickets", {"title": "Leak", "serial": house.mine.serial}).json()
    window = {"from": "2026-12-01T09:00:00Z", "until": "2026-12-01T11:00:00Z"}
    body = {"ticket": ticket["number"], "window": window}
    visit = house.post("/v1/work-orders", body, headers={"Idempotency-Key": new_id()}).json()
    for path in (
        f"/v1/tickets/{ticket['number']}/attachments",
        f"/v1/work-orders/{visit['number']}/photos",
        f"/v1/assets/{house.mine.serial}/documents/uploads",
    ):
        headers = {**house.mine.headers["admin"], "Idempotency-Key": new_id()}
        answer = house.client.post(
            path, headers=headers, files={"file": ("leak.jpg", data, "image/jpeg")}
        )
        assert answer.status_code == 201, (path, answer.text)
