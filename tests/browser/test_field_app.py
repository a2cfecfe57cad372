"""An engineer's day on a phone, on both databases: from the list of the day to the signed report,
with standard work that branches, a hazard, and answers that get lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Route, expect

from careloop.demo.load import PASSWORD
from tests.browser.conftest import STATIC, Server
from tests.browser.field_day import PART, SOP, Office, Phone

pytestmark = pytest.mark.browser


def test_a_day_on_the_phone(either_server: Server, browser: Browser) -> None:
    if not (STATIC / "field" / "index.html").is_file():
        pytest.fail("the web pages are not built; run `make web`")
    url = either_server.url
    office = Office(browser, url)
    mail = office.engineer("F-01", "en")
    visit = office.visit("F-01")
    phone = Phone(browser, url)
    page = phone.page
    phone.login(mail)
    phone.check()

    page.get_by_role("link", name=visit).click()
    expect(page.get_by_text("E-909", exact=True)).to_be_visible()
    expect(page.get_by_text("Contract bears 100 %")).to_be_visible()
    phone.check()
    phone.press("Confirm")
    phone.check()
    phone.press("Customer agrees")
    expect(page.get_by_text("Confirmed", exact=True)).to_be_visible()
    phone.press("Set out")
    expect(page.get_by_text("On the way", exact=True)).to_be_visible()
    phone.press("Check in")
    expect(page.get_by_text("Position found, ± 12 m")).to_be_visible()
    phone.press("Check in here")
    expect(page.get_by_role("navigation", name="On site")).to_be_visible()
    stamp = office.file(visit)["check_in"]
    assert (round(stamp["lat"], 4), round(stamp["accuracy_m"])) == (22.5432, 12)

    _standard_work(phone)
    _lost_answer(phone, office, visit)
    _photo_that_waits(phone)
    _reading(phone)
    _report_and_signature(phone)

    phone.press("Finish")
    phone.check()
    phone.choose("Solved")
    phone.press("Finish the visit")
    expect(page.get_by_role("heading", name="Summary")).to_be_visible()
    phone.check()

    done = office.file(visit)
    assert (done["state"], done["result"], done["signed"]) == ("done", "solved", True)
    assert [(one["part"], one["quantity"]) for one in done["parts"]] == [(PART, 1)]
    assert {one["when"] for one in done["photos"]} == {"after"}
    assert len([one for one in done["readings"] if one["name"] == "Noise"]) == 1
    assert all(fact["happened_at"] <= fact["recorded_at"] for fact in done["parts"])
    runs = office.call("GET", f"/v1/work-orders/{visit}/sop-runs")["items"]
    run = next(one for one in runs if one["sop"] == SOP)
    assert run["result"] == "passed"
    records = office.call("GET", f"/v1/sop-runs/{run['id']}")["records"]
    assert [one["step"] for one in records] == ["off", "which", "change", "heat"]
    assert records[0]["hazard_by"] == "Field F-01"
    assert office.call("GET", "/v1/stock/verify")["ok"]
    assert phone.broken == []


def _standard_work(phone: Phone) -> None:
    """A hazard is confirmed first; the answer of a choice decides what comes next."""
    page = phone.page
    page.get_by_role("link", name="Fan of the test").click()
    expect(page.get_by_role("heading", name="Power off")).to_be_visible()
    expect(page.get_by_role("button", name="Done", exact=True)).to_be_disabled()
    phone.check()
    page.get_by_label("I have read this and it is met").check()
    phone.press("Done")
    expect(page.get_by_role("heading", name="What is it?")).to_be_visible()
    phone.choose("Worn out")
    phone.press("Go on")
    expect(page.get_by_role("heading", name="Change it")).to_be_visible()
    phone.press("Done")
    expect(page.get_by_role("heading", name="Temperature")).to_be_visible()
    phone.fill("Value", "80")
    expect(page.get_by_text("Out of limits")).to_be_visible()
    phone.fill("Value", "61,5")
    expect(page.get_by_text("Within limits")).to_be_visible()
    phone.press("Save and go on")
    expect(page.get_by_role("status").get_by_text("Passed")).to_be_visible()
    phone.check()
    page.get_by_role("link", name="To the visit").click()


def _lost_answer(phone: Phone, office: Office, visit: str) -> None:
    """The server books the part, its answer never arrives: the app asks again, nothing doubles."""
    page = phone.page
    sent: list[str] = []

    def lose_first(route: Route) -> None:
        sent.append(route.request.headers["idempotency-key"])
        if len(sent) == 1:
            assert route.fetch().ok
            route.abort("connectionreset")
        else:
            route.continue_()

    phone.to("Parts")
    page.route("**/v1/work-orders/*/parts", lose_first)
    phone.fill("Part number, serial number or words", PART)
    phone.press("Look it up")
    expect(page.get_by_role("dialog", name=f"Use {PART}")).to_be_visible()
    phone.check()
    phone.press("Use the part")
    expect(page.get_by_role("heading", name="Used on this visit")).to_be_visible()
    page.unroute("**/v1/work-orders/*/parts")
    assert len(sent) == 2
    assert len(set(sent)) == 1
    assert len(office.file(visit)["parts"]) == 1
    rows = office.call("GET", f"/v1/stock/balances?part={PART}&location=Van%20F-01")["items"]
    assert [row["on_hand"] for row in rows] == [1]
    phone.check()
    phone.back()


def _photo_that_waits(phone: Phone) -> None:
    """Without a network a photo stays on the phone, is seen to wait, and goes by a tap."""
    page = phone.page
    phone.to("Photos")
    phone.choose("After")
    phone.check()
    page.route("**/v1/work-orders/*/photos", lambda route: route.abort("internetdisconnected"))
    picture = STATIC / "field" / "icon-512.png"
    page.locator("input[type=file][multiple]").set_input_files(picture)
    expect(page.get_by_text("sending", exact=True)).to_be_visible()
    page.reload()  # the picture outlives the page
    expect(page.get_by_text("Failed, tap to retry")).to_be_visible(timeout=15_000)
    phone.check()
    page.unroute("**/v1/work-orders/*/photos")
    page.get_by_role("list", name="Not sent yet").last.get_by_role("button").click()
    expect(page.get_by_role("button", name="After, photo 1")).to_be_visible()
    expect(page.get_by_text("Failed, tap to retry")).to_be_hidden()
    phone.back()


def _reading(phone: Phone) -> None:
    phone.to("Readings")
    phone.fill("What is measured", "Noise")
    phone.fill("Value", "48")
    phone.fill("Unit", "dB")
    phone.fill("At most", "55")
    expect(phone.page.get_by_text("Within limits").first).to_be_visible()
    phone.press("Save the reading")
    expect(phone.page.get_by_text("48 dB")).to_be_visible()
    phone.check()
    phone.back()
    phone.to("Time")
    phone.press("Add time")
    expect(phone.page.get_by_role("listitem").get_by_text("30 mins")).to_be_visible()
    phone.back()


def _report_and_signature(phone: Phone) -> None:
    page = phone.page
    phone.to("Report")
    drawn = page.get_by_label("What was found and done")
    facts = rf"Fan of the test: Passed.*{PART} × 1.*Noise 48 dB"
    expect(drawn).to_have_value(re.compile(facts, re.DOTALL))
    phone.check()
    phone.press("Save")
    phone.to("Signature")
    phone.fill("Name", "Wang Min")
    box = page.get_by_role("img", name="Sign here").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 40 + 30 * step, box["y"] + 60 + (20 if step % 2 else -20))
    page.mouse.up()
    phone.check()
    phone.press("Save the signature")
    expect(page.get_by_role("navigation", name="On site")).to_be_visible()


def test_the_app_opens_without_a_network_in_the_accounts_language_and_in_the_dark(
    server: Server, browser: Browser
) -> None:
    office = Office(browser, server.url)
    mail = office.engineer("F-02", "zh")
    phone = Phone(browser, server.url, workers="allow")
    page = phone.page
    page.emulate_media(color_scheme="dark")
    phone.open("/")
    phone.page.get_by_label("E-mail").fill(mail)
    phone.page.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.press("Log in")
    expect(page.get_by_role("heading", name="我的上门")).to_be_visible()
    for path in (
        "/",
        "/?show=pool",
        "/scan",
        "/ask",
        "/van",
        "/me",
        "/me/absences",
        "/me/settings",
    ):
        phone.open(path)
        expect(page.locator("h1")).to_be_visible()
        phone.check()
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    phone.open("/")
    expect(page.get_by_role("heading", name="我的上门")).to_be_visible()
    phone.context.set_offline(True)
    page.goto(f"{server.url}/field/van", wait_until="commit")
    expect(page.get_by_text("没有网络").first).to_be_visible()
    assert phone.broken == []


def test_the_page_comes_with_safe_headers_and_nothing_outside_its_folder(
    server: Server, browser: Browser
) -> None:
    http = browser.new_context().request
    page = http.get(f"{server.url}/field/visits/WO-1")
    assert page.ok
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-cache"
    assert page.headers["x-frame-options"] == "DENY"
    script = re.search(r"/field/assets/[\w-]+\.js", page.text())
    assert script
    assert "immutable" in http.get(server.url + script.group()).headers["cache-control"]
    worker = http.get(f"{server.url}/field/sw.js")
    assert (worker.headers["cache-control"], "/field/assets/" in worker.text()) == (
        "no-cache",
        True,
    )
    manifest = http.get(f"{server.url}/field/manifest.webmanifest")
    assert manifest.headers["content-type"].startswith("application/manifest+json")
    assert http.get(f"{server.url}/field/assets/..%2f..%2fdesk%2findex.html").status == 404
    assert http.get(f"{server.url}/field", max_redirects=0).headers["location"] == "/field/"
