"""The dispatcher's board in a real browser: drag, keyboard, proposal, plan."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from careloop.demo.load import PASSWORD
from careloop.kit.ids import new_id
from tests.browser.conftest import STATIC, Server

pytestmark = pytest.mark.browser

ADMIN, ENGINEER, OTHER = "ou.yang@yaopu.example", "E-02", "E-01"


class Board:
    """A dispatcher in Shenzhen who looks at the next Wednesday."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url
        self.context = browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="en", timezone_id="Asia/Shanghai"
        )
        login = self.context.request.post(
            f"{url}/v1/auth/login", data={"email": ADMIN, "password": PASSWORD},
            headers={"x-careloop": "desk"},
        )  # fmt: skip
        assert login.ok, login.text()
        today = datetime.now(UTC).date()
        self.day = today + timedelta(days=(2 - today.weekday()) % 7 or 7)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"x-careloop": "desk", "Idempotency-Key": new_id()}
        answer = self.context.request.fetch(
            self.url + path, method=method, data=body, headers=headers
        )
        assert answer.ok, answer.text()
        return answer.json()

    def open(self) -> None:
        self.page.goto(f"{self.url}/desk/dispatch?day={self.day.isoformat()}")
        expect(self.row(ENGINEER)).to_be_visible()

    def job(self, title: str) -> str:
        """A ticket in Shenzhen that needs an hour of somebody."""
        number: str = self.call("POST", "/v1/tickets", {"title": title})["number"]
        self.call("PUT", f"/v1/dispatch/jobs/{number}", {
            "minutes": 60, "lat": 22.55, "lon": 114.06, "skills": [{"skill": "fluidics"}],
        })  # fmt: skip
        return number

    def row(self, engineer: str) -> Locator:
        return self.page.locator(f"[data-engineer='{engineer}']")

    def card(self, title: str) -> Locator:
        return self.page.locator(".job-card").filter(has_text=title)

    def bar(self, engineer: str, title: str) -> Locator:
        return self.row(engineer).locator(".visit-bar").filter(has_text=title)

    def overrule(self) -> None:
        """Where the books doubt, say why all the same."""
        dialog = self.page.get_by_role("dialog").filter(has_text="Place it anyway")
        if dialog.is_visible():
            dialog.locator("#reason").fill("Agreed by phone")
            dialog.get_by_role("button", name="Place it anyway").click()
            expect(dialog).to_be_hidden()

    def has(self, visit: str, engineer: str) -> None:
        """The books give the visit to an engineer; what they doubt is overruled."""
        for _ in range(60):
            self.overrule()
            if self.call("GET", f"/v1/work-orders/{visit}")["engineer"] == engineer:
                return
            self.page.wait_for_timeout(250)
        pytest.fail(f"{visit} was not given to {engineer}")

    def settled(self, title: str) -> None:
        """The server has answered: the job has left the list, or a doubt is asked."""
        doubt = self.page.get_by_role("dialog").filter(has_text="Place it anyway")
        expect(doubt.or_(self.page.get_by_text("is placed")).first).to_be_visible()
        self.overrule()
        expect(self.card(title)).to_have_count(0)


def test_jobs_are_given_out_on_the_board(server: Server, browser: Browser) -> None:
    if not (STATIC / "desk" / "index.html").is_file():
        pytest.fail("the web pages are not built; run `make web`")
    tag = new_id()[-6:]
    board = Board(browser, server.url)
    dragged, keyed, proposed = (f"{word} {tag}" for word in ("Dragged", "Keyed", "Proposed"))
    numbers = {title: board.job(title) for title in (dragged, keyed, proposed)}
    board.open()
    page = board.page

    # By pointer: from the list to ten o'clock of an engineer's day.
    page.get_by_label("Title, customer, serial, skill").fill(tag)
    start = board.card(dragged).bounding_box()
    track = board.row(ENGINEER).locator(".gantt-track").bounding_box()
    assert start and track
    page.mouse.move(start["x"] + 40, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] * 10 / 24 + 12, track["y"] + 24, steps=6)
    expect(board.row(ENGINEER).locator(".gantt-ghost")).to_be_visible()
    page.mouse.up()
    board.settled(dragged)
    expect(board.bar(ENGINEER, dragged)).to_be_visible()
    visit = board.call("GET", f"/v1/work-orders?ticket={numbers[dragged]}")["items"][0]
    assert visit["engineer"] == ENGINEER
    assert visit["window"]["from"].startswith(f"{board.day.isoformat()}T02:00")

    # By keyboard: an hour later, to the colleague above; then taken back.
    bar = board.bar(ENGINEER, dragged)
    bar.focus()
    for key in ("m", "Shift+ArrowRight", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    board.has(visit["number"], OTHER)
    expect(board.bar(OTHER, dragged)).to_be_visible()
    page.get_by_role("button", name="Undo").last.click()
    board.has(visit["number"], ENGINEER)
    expect(board.bar(ENGINEER, dragged)).to_be_visible()

    # A job that nobody picked up with the mouse.
    board.card(keyed).focus()
    for key in ("m", "Enter"):
        page.keyboard.press(key)
    doubt = page.get_by_role("dialog")
    expect(doubt.or_(page.get_by_text("is placed")).first).to_be_visible()
    page.keyboard.press("Escape")

    # By proposal: the best engineer, with reasons, in one click.
    board.open()
    page.get_by_label("Title, customer, serial, skill").fill(proposed)
    board.card(proposed).click()
    best = page.locator(".candidate").first
    expect(best).to_contain_text("fluidics")
    best.get_by_role("button", name="Assign").click()
    board.settled(proposed)
    placed = board.call("GET", f"/v1/work-orders?ticket={numbers[proposed]}")["items"][0]
    assert placed["engineer"]

    # A whole day: computed, looked at, accepted.
    extra = f"Planned {tag}"
    board.job(extra)
    board.open()
    page.get_by_role("button", name="Plan the day").click()
    page.get_by_label("Seconds to compute").fill("1")
    page.get_by_role("button", name="Compute").click()
    accept = page.get_by_role("button", name=re.compile(r"Accept \d+"))
    expect(accept).to_be_visible(timeout=40_000)
    accept.click()
    expect(page.get_by_text(re.compile(r"[1-9]\d* accepted"))).to_be_visible()
