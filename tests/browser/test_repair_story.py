"""A repair in a real browser, on both databases: the code on the device, the desk, the visit on a
phone, and the device's page that tells the whole story."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, TimeoutError, expect

from careloop.demo.load import PASSWORD
from tests.browser.conftest import STATIC, Server

pytestmark = pytest.mark.browser

ADMIN = "ou.yang@yaopu.example"
SERIAL, PART, VAN, ENGINEER = "GS2000-22B0260", "YP-FN-2001", "Van E-08", "E-08"
OLD, NEW = "FAN-OLD-77", "FAN-NEW-88"
TICKET = re.compile(r"TK-\d{4}-\d{6}")
VISIT = re.compile(r"WO-\d{4}-\d{6}")
FOLLOW = re.compile(r"/d/r/[0-9A-Za-z_-]+")


class Staff:
    """A member of staff in a browser of their own."""

    def __init__(self, browser: Browser, url: str, width: int, height: int) -> None:
        self.url = url
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height}, locale="en"
        )
        login = self.context.request.post(
            f"{url}/v1/auth/login", data={"email": ADMIN, "password": PASSWORD},
            headers={"x-careloop": "desk"},
        )  # fmt: skip
        assert login.ok, login.text()
        english = self.context.request.put(
            f"{url}/v1/me", data={"language": "en"}, headers={"x-careloop": "desk"}
        )
        assert english.ok, english.text()
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.url}/desk/{path}")
        return self.page

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def begin(self, name: str) -> None:
        """Open the form of an act; pressed again where a page that was just read anew closed it."""
        wanted = self.page.get_by_role("dialog", name=re.compile(name))
        for _ in range(4):
            self.press(name)
            with suppress(TimeoutError):
                wanted.wait_for(state="visible", timeout=6_000)
                return
        expect(wanted).to_be_visible()

    @property
    def form(self) -> Locator:
        return self.page.get_by_role("dialog").last

    def choose(self, field: str, text: str) -> None:
        self.form.locator(field).click()
        if self.form.locator(field).is_editable():
            self.form.locator(field).fill(text)
        own = f".ant-select-dropdown:has({field}_list)"
        options = self.page.locator(f"{own} .ant-select-item-option")
        wanted = options.filter(has_text=text).first
        expect(wanted).to_be_visible()
        wanted.dispatch_event("click")  # the list moves while it is filtered

    def send(self) -> None:
        """Press the form's own button; the form closes when the act is done."""
        form = self.form
        form.locator("button.ant-btn-primary").last.click()
        expect(form).to_be_hidden()


def test_a_repair_from_the_code_on_the_device_to_its_file(
    either_server: Server, browser: Browser
) -> None:
    if not (STATIC / "device" / "index.html").is_file():
        pytest.fail("the web pages are not built; run `make web`")
    url = either_server.url
    desk = Staff(browser, url, 1440, 900)
    known = desk.context.request.get(f"{url}/v1/assets/{SERIAL}").json()

    number, follow = _report(browser, url, known["asset"]["public_code"])

    page = desk.open(f"tickets/{number}")
    expect(page.get_by_text("Contract bears 100 %")).to_be_visible()

    _bring_the_part(desk, number)
    visit = _plan(desk, number)
    phone = Staff(browser, url, 390, 844)
    _visit(phone, visit)

    customer = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    steps = customer.new_page()
    steps.goto(url + follow)
    steps.get_by_role("button", name="是的，已恢复正常").click()
    expect(steps.get_by_role("button", name="是的，已恢复正常")).to_be_hidden()
    assert known["customer"]["name"] not in steps.content()

    page = desk.open(f"tickets/{number}")
    expect(page.get_by_text("Confirmed by the customer")).to_be_visible()
    page = desk.open(f"devices/{SERIAL}")
    for told in (OLD, NEW, visit, number):
        expect(page.get_by_text(told).first).to_be_visible()
    books = desk.context.request.get(f"{url}/v1/stock/verify").json()
    assert books["ok"], books


def _report(browser: Browser, url: str, code: str) -> tuple[str, str]:
    """Somebody before the device, on a phone; a double tap is one report."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{url}/d/{code}")
    page.fill("[name=text]", "运行一小时后风扇很响，机器报警停机")
    page.fill("[name=error_code]", "E-217")
    page.fill("[name=phone]", "13800138000")
    page.dblclick("button[type=submit]")
    expect(page.get_by_text(TICKET)).to_be_visible()
    text = page.locator("body").inner_text()
    numbers, links = TICKET.findall(text), FOLLOW.findall(text)
    assert len(set(numbers)) == 1
    return numbers[0], links[0]


def _bring_the_part(desk: Staff, number: str) -> None:
    """Kept for the ticket in a warehouse that has one, and sent to the engineer's van."""
    page = desk.open("stock/reservations")
    desk.press("Reserve")
    desk.choose("#location", "Munich")
    desk.choose("#lines_0_part", PART)
    desk.form.locator("#purpose_number").fill(number)
    desk.send()
    kept = page.get_by_role("row").filter(has_text=number)
    kept.get_by_role("button", name="Send", exact=True).click()
    desk.choose("#target", VAN)
    desk.send()
    page = desk.open("stock/transfers")
    card = page.locator("article.board-card").filter(has_text="Munich").filter(has_text=VAN)
    card.get_by_role("button", name="Receive", exact=True).first.click()
    expect(desk.form).to_contain_text(VAN)
    desk.form.get_by_text("All arrived").click()
    desk.send()
    rows = desk.context.request.get(
        f"{desk.url}/v1/stock/balances", params={"part": PART, "location": VAN}
    ).json()["items"]
    assert [(row["on_hand"], row["reserved"]) for row in rows] == [(1, 1)]


def _plan(desk: Staff, number: str) -> str:
    page = desk.open(f"tickets/{number}")
    desk.press("Plan a visit")
    desk.form.locator("#engineer").fill(ENGINEER)
    desk.send()
    page.wait_for_url(re.compile(VISIT.pattern))
    found = VISIT.search(page.url)
    assert found
    return found.group()


def _visit(phone: Staff, visit: str) -> None:
    page = phone.open(f"visits/{visit}")
    for step in ("Confirm with customer", "Set out", "Check in"):
        phone.press(step)
        phone.send()
    phone.begin("Use part")
    phone.choose("#part", PART)
    phone.form.locator("#serial_out").fill(OLD)
    phone.form.locator("#serial_in").fill(NEW)
    phone.send()
    phone.begin("Add time")
    phone.form.locator("#minutes").fill("40")
    phone.send()
    phone.begin("Add reading")
    phone.form.locator("#name").fill("EVA")
    phone.form.locator("#value").fill("61")
    phone.form.locator("#high").fill("78")
    phone.send()
    phone.begin("Write report")
    phone.form.locator("#report").fill("Fan changed, one hour without alarm.")
    phone.send()
    phone.press("More actions")
    page.get_by_role("menuitem", name="Sign").click()
    phone.form.locator("#name").fill("Wang Min")
    phone.send()
    phone.begin("Finish")
    phone.choose("#result", "Solved")
    phone.send()
    expect(page.get_by_text("Solved").first).to_be_visible()
