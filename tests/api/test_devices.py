"""A device over HTTP: its file for staff, and its public page, which says nothing of its owner."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from PIL import Image

from careloop.crm_core.assets import documents, queries
from careloop.crm_core.assets.document_schemas import LinkDocument, StoreDocument
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.privacy import queries as privacy
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets import service as ticket_service
from careloop.crm_core.tickets.family_queries import files
from careloop.crm_core.tickets.merging import merge_ticket
from careloop.crm_core.tickets.schemas import CommentTicket, MergeTicket, MoveTicket, OpenTicket
from careloop.kit.blobs import inspect
from careloop.kit.ids import new_id
from tests.api.conftest import OWNER, House

SECRETS = (
    OWNER, "Owner City", "Dora", "dora@", "8675512345678", "SC-mine", "SC-theirs", "C-mine",
    "leaks badly inside", "engineering menu", "8844", "admin of mine", "agent of mine",
    "engineer of mine", "Person of mine",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh(house: House) -> None:
    house.app.state.public_limits = None


@pytest.fixture
def code(house: House) -> str:
    with house.services.database.read(house.mine.tenant) as session:
        return queries.asset(session, house.mine.staff["admin"], house.mine.serial).public_code


def key() -> dict[str, str]:
    return {"Idempotency-Key": new_id()}


def fault(**more: Any) -> dict[str, Any]:
    return {"client_id": new_id(), "text": "The pump leaks", "error_code": "e-217", **more}


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG")
    return out.getvalue()


def report(house: House, code: str, **more: Any) -> Any:
    return house.client.post(f"/v1/public/devices/{code}/reports", json=fault(**more))


def test_a_device_from_the_first_day_to_the_replaced_part(house: House) -> None:
    serial = f"PX100-{new_id()}"
    body = {"serial": serial, "model": "PX-100", "customer_id": house.mine.customer}
    assert house.post("/v1/assets", body).status_code == 400, "no key"
    made = house.post("/v1/assets", body, headers=key())
    assert (made.status_code, made.json()["status"]) == (201, "in_stock"), made.text
    base = f"/v1/assets/{serial}"
    step = house.post(
        f"{base}/status", {"status": "installed"}, headers={"If-Match": made.headers["ETag"]}
    )
    assert step.status_code == 200, step.text
    stale = house.client.patch(
        base, json={"name": "Lab"}, headers={**house.mine.headers["admin"], "If-Match": '"1"'}
    )
    assert stale.status_code == 412
    part = house.post(
        f"{base}/components", {"position": "pump", "serial_in": f"P1-{serial}"}, headers=key()
    ).json()
    swap = {"serial_in": f"P2-{serial}", "reason": "worn"}
    told = house.post(f"{base}/components/{part['id']}/replace", swap, headers=key())
    assert told.status_code == 200, told.text
    house.post(f"{base}/meters", {"name": "hours", "unit": "h", "feeds_usage": True})
    assert house.post(f"{base}/readings", {"meter": "hours", "value": "12.5"}).status_code == 201
    back = house.post(f"{base}/readings", {"meter": "hours", "value": 3})
    assert (back.status_code, back.json()["code"]) == (422, "reading_runs_backwards")

    page = house.get(base).json()
    assert page["asset"]["usage_hours"] == 12
    assert page["replacements"][0]["removed"]["serial"] == f"P1-{serial}"
    assert [node["earlier"][0]["serial"] for node in page["components"]] == [f"P1-{serial}"]
    assert page["public_link"]["url"].endswith(page["asset"]["public_code"])
    (line,) = house.get("/v1/assets", params={"q": f"P1-{serial}"}).json()["items"]
    assert (line["serial"], line["found"][0]["removed_on"] is not None) == (serial, True)

    seen, cursor = [], ""
    while True:
        some = house.get(f"{base}/timeline", params={"limit": 2, "cursor": cursor}).json()
        seen += [(item["at"], item["kind"]) for item in some["items"]]
        cursor = some["next_cursor"]
        if not cursor:
            break
    assert {kind for _, kind in seen} >= {
        "registered", "status", "component_fitted", "component_removed", "reading",
    }  # fmt: skip
    assert [at for at, _ in seen] == sorted((at for at, _ in seen), reverse=True)
    assert len(house.get(f"{base}/timeline").json()["items"]) == len(seen)


def test_an_engineer_without_customers_sees_no_owner(house: House) -> None:
    page = house.get(f"/v1/assets/{house.mine.serial}", who="engineer").json()
    assert page["customer"] is None
    assert house.get(f"/v1/assets/{house.theirs.serial}").status_code == 404


def test_a_document_is_stored_shown_and_only_public_when_marked(house: House, code: str) -> None:
    base = f"/v1/assets/{house.mine.serial}/documents"
    sent = house.client.post(
        f"{base}/uploads", headers=house.mine.headers["admin"],
        files={"file": ("protocol.txt", b"factory protocol", "text/plain")},
        data={"title": "Factory protocol", "kind": "protocol"},
    )  # fmt: skip
    assert sent.status_code == 201, sent.text
    document = sent.json()
    assert house.client.get(document["url"]).text == "factory protocol"
    public = f"/v1/public/devices/{code}"
    assert house.client.get(f"{public}/documents/{document['id']}").status_code == 404
    told = house.client.patch(
        f"{base}/{document['id']}", json={"public": True}, headers=house.mine.headers["admin"]
    )
    assert told.status_code == 200, told.text
    (paper,) = house.client.get(public).json()["documents"]
    assert house.client.get(paper["url"]).text == "factory protocol"
    gone = house.client.delete(f"{base}/{document['id']}", headers=house.mine.headers["admin"])
    assert gone.status_code == 204
    assert house.client.get(paper["url"]).status_code == 404


def test_labels_print_and_lead_to_the_page(house: House, code: str) -> None:
    sheet = house.get("/v1/assets/labels", params={"serial": [house.mine.serial] * 2, "skip": 1})
    assert sheet.headers["content-type"].startswith("text/html")
    assert sheet.text.count("<svg") == 2
    assert f"/d/{code}" in sheet.text
    assert OWNER not in sheet.text
    for paper in ("a4", "a4-14", "a4-24", "roll-62"):
        told = house.get("/v1/assets/labels", params={"serial": house.mine.serial, "paper": paper})
        assert told.status_code == 200
    assert "<svg" in house.get(f"/v1/assets/{house.mine.serial}/qr.svg").text
    assert house.client.get(f"/v1/assets/{house.mine.serial}/qr.svg").status_code == 401


def test_the_page_shows_the_device_and_its_help(house: House, code: str) -> None:
    told = house.client.get(f"/v1/public/devices/{code}", params={"lang": "zh-CN"})
    assert told.status_code == 200, told.text
    page = told.json()
    assert (page["serial"], page["language"]) == (house.mine.serial, "zh")
    keys = {item["key"] for item in page["articles"]}
    assert "ALARM" in keys
    assert "MENU" not in keys
    text = house.client.get(f"/v1/public/devices/{code}/articles/ALARM").json()
    assert "pump module" in text["body"]
    assert house.client.get(f"/v1/public/devices/{code}/articles/MENU").status_code == 404
    page = house.client.get(f"/d/{code}")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"


def test_a_report_sent_twice_is_one_ticket(house: House, code: str) -> None:
    body = fault(name="Li", phone="+86 138 0000 0000", email="li@example.com", lang="zh-CN")
    path = f"/v1/public/devices/{code}/reports"
    first, second = (house.client.post(path, json=body).json() for _ in range(2))
    assert (first["ticket"], first["token"]) == (second["ticket"], second["token"])
    assert (first["repeated"], second["repeated"]) == (False, True)
    admin = house.mine.staff["admin"]
    with house.services.database.read(house.mine.tenant) as session:
        row = tickets.ticket(session, admin, first["ticket"])
        assert (row.channel, row.serial, row.customer_id) == ("qr", house.mine.serial, None)
        assert (row.error_codes, row.language) == (["E-217"], "zh")
        contact = customers.contact(session, admin, row.contact_id or "")
        assert (contact.name, contact.phone, contact.customer_id) == ("Li", "+8613800000000", None)


def test_the_reporter_follows_adds_and_judges(house: House, code: str) -> None:
    photo = house.client.post(
        f"/v1/public/devices/{code}/uploads", files={"file": ("a.jpg", picture(), "image/jpeg")}
    )
    assert photo.status_code == 201, photo.text
    sent = report(house, code, photos=[photo.json()["handle"]]).json()
    path = f"/v1/public/reports/{sent['token']}"
    told = house.client.get(path).json()
    assert (told["step"], told["photos"], told["may_judge"]) == ("received", 1, False)

    more = {"client_id": new_id(), "text": "It is louder now"}
    for _ in range(2):
        told = house.client.post(f"{path}/additions", json=more).json()
    assert [(note["text"], note["mine"]) for note in told["notes"]] == [("It is louder now", True)]

    admin = house.mine.staff["admin"]
    with house.services.database.write(house.mine.tenant) as session:
        number = sent["ticket"]
        assert len(files(session, admin, tickets.ticket(session, admin, number))) == 1
        for text, public in (("leaks badly inside", False), ("A part is ordered", True)):
            ticket_service.comment_ticket(
                session, admin, CommentTicket(number=number, text=text, public=public)
            )
        ticket_service.move_ticket(session, admin, MoveTicket(number=number, state="in_progress"))
    told = house.client.get(path).json()
    assert (told["step"], [n["text"] for n in told["notes"] if not n["mine"]]) == (
        "assigned", ["A part is ordered"],
    )  # fmt: skip
    early = house.client.post(f"{path}/judgement", json={"works": True})
    assert early.status_code == 409

    def resolve() -> None:
        with house.services.database.write(house.mine.tenant) as session:
            ticket_service.move_ticket(
                session, admin,
                MoveTicket(number=number, state="resolved", resolution="New pump fitted"),
            )  # fmt: skip

    resolve()
    assert house.client.get(path).json()["may_judge"] is True
    told = house.client.post(f"{path}/judgement", json={"works": False}).json()
    assert told["step"] == "assigned"
    resolve()
    told = house.client.post(f"{path}/judgement", json={"works": True}).json()
    assert (told["step"], told["confirmed"], told["may_judge"]) == ("closed", True, False)
    assert_silent(json.dumps(told))


def test_a_report_that_became_part_of_another_ticket_names_none_and_takes_words(
    house: House, code: str
) -> None:
    sent = report(house, code).json()
    path = f"/v1/public/reports/{sent['token']}"
    admin = house.mine.staff["admin"]
    with house.services.database.write(house.mine.tenant) as session:
        other = ticket_service.open_ticket(
            session, admin, OpenTicket(title="Known already", serial=house.mine.serial)
        ).number
        comment = CommentTicket(number=other, text="We wrote this to Dora", public=True)
        ticket_service.comment_ticket(session, admin, comment)
        merge_ticket(session, admin, MergeTicket(number=sent["ticket"], into=other))
    judged = house.client.post(f"{path}/judgement", json={"works": True})
    assert judged.status_code == 409, judged.text
    more = {"client_id": new_id(), "text": "It is louder now"}
    told = house.client.post(f"{path}/additions", json=more)
    assert told.status_code == 200, told.text
    assert [note["text"] for note in told.json()["notes"]] == ["It is louder now"]
    for answer in (judged, told, house.client.get(path)):
        assert other not in answer.text
        assert_silent(answer.text)
    with house.services.database.read(house.mine.tenant) as session:
        lines = tickets.whole_history(session, admin, tickets.ticket(session, admin, other))
        assert "It is louder now" in [line.text for line in lines]


def test_a_reporter_gives_and_withdraws_consent_by_the_secret(house: House, code: str) -> None:
    note = {"purpose": "survey", "language": "en", "text": "May we ask how it went?"}
    house.post("/v1/privacy/notes", note)
    sent = report(house, code, lang="en").json()
    path = f"/v1/public/reports/{sent['token']}/consent"
    (open_one,) = [one for one in house.client.get(path).json()["items"]
                   if one["purpose"] == "survey"]  # fmt: skip
    assert (open_one["given"], open_one["text"]) == (None, note["text"])
    for given in (True, True, False):
        told = house.client.post(path, json={"purpose": "survey", "given": given})
        assert told.status_code == 200, told.text
    admin = house.mine.staff["admin"]
    with house.services.database.read(house.mine.tenant) as session:
        ticket = tickets.ticket(session, admin, sent["ticket"])
        said = privacy.consents(session, admin, ticket.contact_id or "")
    assert [(one.given, one.channel, one.note_number) for one in said] == [
        (False, "qr", open_one["note_number"]), (True, "qr", open_one["note_number"]),
    ]  # fmt: skip
    for wrong in ({"purpose": "survey", "given": True, "note_number": 99},):
        assert house.client.post(path, json=wrong).status_code == 422
    assert house.client.post(path, json={"purpose": "transfer_abroad", "given": True}
                             ).status_code == 404  # fmt: skip
    assert house.client.get("/v1/public/reports/nobody/consent").status_code == 404


def assert_silent(text: str) -> None:
    assert [secret for secret in SECRETS if secret in text] == []


def test_nothing_of_the_owner_leaves_by_the_public_door(house: House, code: str) -> None:
    """Every public answer, also those to wrong questions, holds no word of owner data."""
    admin = house.mine.staff["admin"]
    content = inspect(b"inner paper of mine", 1000)
    house.services.blobs.put(house.mine.tenant, content)
    with house.services.database.write(house.mine.tenant) as session:
        ticket_service.open_ticket(
            session, admin, OpenTicket(title="leaks badly inside", serial=house.mine.serial)
        )
        hidden = documents.add_document(
            session, admin,
            StoreDocument(
                serial=house.mine.serial, title=f"Invoice of {OWNER}", name="i.txt",
                media_type=content.media_type, size=1, sha256=content.sha256,
            ),
        )  # fmt: skip
        documents.add_document(
            session,
            admin,
            LinkDocument(serial=house.mine.serial, article="MENU", title="Menu", public=True),
        )
    sent = report(house, code, name="Zed", email="zed@example.com").json()
    device, follow = f"/v1/public/devices/{code}", f"/v1/public/reports/{sent['token']}"
    calls: list[tuple[str, str, Any]] = [
        ("GET", device, None),
        ("GET", f"{device}?lang=de", None),
        ("GET", f"{device}/articles/ALARM", None),
        ("GET", f"{device}/articles/MENU", None),
        ("GET", f"{device}/articles/nothing", None),
        ("GET", f"{device}/documents/{hidden.id}", None),
        ("GET", f"{device}/documents/{house.mine.attachment}", None),
        ("POST", f"{device}/reports", fault(text="  ")),
        ("POST", f"{device}/reports", fault(photos=["x"] * 9)),
        ("POST", f"{device}/reports", fault(customer_id=house.mine.customer)),
        ("POST", f"{device}/uploads", {}),
        ("GET", follow, None),
        ("POST", f"{follow}/additions", {"client_id": new_id(), "text": ""}),
        ("POST", f"{follow}/judgement", {"works": True}),
        ("POST", f"{follow}/judgement", {}),
        ("GET", f"/d/{code}", None),
        ("GET", f"/d/r/{sent['token']}", None),
    ]
    for method, path, body in calls:
        told = house.client.request(method, path, json=body)
        assert told.status_code < 500, (path, told.text)
        assert_silent(told.text + json.dumps(dict(told.headers)))


def test_one_secret_opens_one_thing_of_one_maker(house: House, code: str) -> None:
    house.app.state.public_limits = None
    unknown = [
        f"/v1/public/devices/{word}"
        for word in (house.mine.serial, code[:-1], code.upper(), "x" * 20, "%00", "' or 1=1 --")
    ]
    answers = {house.client.get(path).text for path in unknown}
    assert len(answers) == 1, "every miss reads the same"
    sent = report(house, code).json()
    assert house.client.get(f"/v1/public/reports/{sent['token'][:-1]}").status_code == 404
    assert house.client.get(f"/v1/public/reports/{sent['ticket']}").status_code == 404
    # The token of a visitor is no token of staff.
    told = house.client.get("/v1/tickets", headers={"Authorization": f"Bearer {sent['token']}"})
    assert told.status_code == 401


def test_a_rotated_code_closes_the_old_page_and_keeps_reports(house: House, code: str) -> None:
    sent = report(house, code).json()
    told = house.post(f"/v1/assets/{house.mine.serial}/public-code", {"reason": "label stolen"})
    assert told.json()["public_code"] != code
    assert house.client.get(f"/v1/public/devices/{code}").status_code == 404
    assert report(house, code).status_code == 404
    assert house.client.get(f"/v1/public/reports/{sent['token']}").status_code == 200
    now_open = told.json()["public_code"]
    assert house.client.get(f"/v1/public/devices/{now_open}").status_code == 200


def test_whoever_tries_codes_is_shut_out(house: House, code: str) -> None:
    statuses = [house.client.get(f"/v1/public/devices/{'z' * 20}").status_code for _ in range(21)]
    assert statuses == [404] * 20 + [429]
    assert house.client.get(f"/v1/public/devices/{code}").status_code == 429
    house.app.state.public_limits = None
    flood = [report(house, code).status_code for _ in range(7)]
    assert flood == [201] * 6 + [429]


def test_a_photo_goes_with_one_report_of_its_own_device(house: House, code: str) -> None:
    with house.services.database.read(house.theirs.tenant) as session:
        theirs = queries.asset(
            session, house.theirs.staff["admin"], house.theirs.serial
        ).public_code
    photo = house.client.post(
        f"/v1/public/devices/{theirs}/uploads",
        files={"file": ("a.jpg", picture(), "image/jpeg")},
    ).json()
    sent = report(house, code, photos=[photo["handle"]]).json()
    assert house.client.get(f"/v1/public/reports/{sent['token']}").json()["photos"] == 0
    text = house.client.post(
        f"/v1/public/devices/{code}/uploads", files={"file": ("a.txt", b"words", "text/plain")}
    )
    assert text.status_code == 415
