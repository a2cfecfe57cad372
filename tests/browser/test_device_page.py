"""The public page of a device in a real browser: report, follow, add; nothing from elsewhere."""

from __future__ import annotations

import io
import json
import re
import urllib.request
from http.cookiejar import CookieJar
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from careloop.demo.load import PASSWORD
from tests.browser.conftest import STATIC, Server

pytestmark = pytest.mark.browser
SERIAL = "GS200-21B0258"


class Desk:
    """A member of staff by HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        hints = self.send("GET", "/v1/auth/hints")
        found = next(hint for hint in hints["demo_logins"] if hint["role"] == "admin")
        self.send("POST", "/v1/auth/login", {"email": found["email"], "password": PASSWORD})

    def send(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            self.url + path, method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "X-Careloop": "desk"},
        )  # fmt: skip
        with self._opener.open(request, timeout=20) as answer:
            return json.loads(answer.read() or b"{}")


@pytest.fixture(scope="module")
def desk(server: Server) -> Desk:
    if not (STATIC / "device" / "index.html").is_file():
        pytest.fail("the web pages are not built; run `make web`")
    return Desk(server.url)


@pytest.fixture(scope="module")
def code(desk: Desk) -> str:
    found: str = desk.send("GET", f"/v1/assets/{SERIAL}")["asset"]["public_code"]
    return found


def phone(browser: Browser, language: str, **more: Any) -> Page:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale=language, is_mobile=True, has_touch=True,
        **more,
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def test_somebody_at_the_device_reports_follows_and_confirms(
    server: Server, browser: Browser, desk: Desk, code: str
) -> None:
    page = phone(browser, "zh-CN")
    foreign: list[str] = []
    wrong: list[str] = []
    page.on(
        "request",
        lambda r: None if r.url.startswith((server.url, "data:")) else foreign.append(r.url),
    )
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.goto(f"{server.url}/d/{code}")
    expect(page.get_by_role("heading", level=1)).to_have_text("GS-200")
    expect(page.get_by_text(SERIAL)).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "zh"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.get_by_role("button", name="提交报修").click()
    expect(page.get_by_label("出了什么问题？")).to_be_focused()
    page.get_by_label("出了什么问题？").fill("仪器启动后一直报警，屏幕发热")
    page.get_by_label("屏幕上的错误代码").fill("E-217")
    page.get_by_label("姓名").fill("林")
    page.reload()
    expect(page.get_by_label("出了什么问题？")).to_have_value("仪器启动后一直报警，屏幕发热")
    page.locator("#photos").set_input_files(
        {"name": "plate.png", "mimeType": "image/png", "buffer": _png()}
    )
    expect(page.locator(".photos")).to_contain_text("plate.png")
    page.get_by_role("button", name="提交报修").dblclick()
    number = page.locator(".ticket").inner_text().split()[-1]
    assert re.fullmatch(r"TK-\d{4}-\d{6}", number)
    found = desk.send("GET", f"/v1/tickets?serial={SERIAL}")["items"]
    assert [item["number"] for item in found if item["channel"] == "qr"] == [number]

    page.get_by_role("link", name="查看进度").click()
    expect(page.locator("[aria-current=step]")).to_have_text("已收到")
    page.get_by_label("补充信息").fill("今天更响了")
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".notes .mine")).to_contain_text("今天更响了")

    desk.send("POST", f"/v1/tickets/{number}/move", {"state": "resolved", "resolution": "已换风扇"})
    page.reload()
    expect(page.locator("[aria-current=step]")).to_have_text("已修复")
    page.get_by_role("button", name="是的，已恢复正常").click()
    expect(page.get_by_text("您已确认设备恢复正常，谢谢。")).to_be_visible()
    expect(page.get_by_role("button", name="是的，已恢复正常")).to_have_count(0)
    assert foreign == []
    assert wrong == []
    page.context.close()


def test_a_lost_connection_loses_no_word_and_makes_no_second_ticket(
    server: Server, browser: Browser, code: str
) -> None:
    page = phone(browser, "en-GB")
    page.goto(f"{server.url}/d/{code}")
    sent: list[str] = []

    def lose_the_answer(route: Route) -> None:
        sent.append(route.request.post_data or "")
        if len(sent) == 1:
            route.fetch()  # it arrives, and the answer does not
            route.abort()
        else:
            route.continue_()

    page.route("**/reports", lose_the_answer)
    page.get_by_label("What happens?").fill("The fan rattles")
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_role("alert").filter(has_text="No connection")).to_be_visible()
    with page.expect_response("**/reports") as answer:
        page.get_by_role("button", name="Send report").click()
    assert answer.value.json()["repeated"] is True
    assert sent[0] == sent[1]
    page.context.close()


def test_the_page_is_usable_by_keyboard_and_reads_help(
    server: Server, browser: Browser, code: str
) -> None:
    page = phone(browser, "de-DE", color_scheme="dark")
    page.goto(f"{server.url}/d/{code}")
    expect(page.get_by_role("heading", name="Störung melden")).to_be_visible()
    summary = page.locator("summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".article").first).to_be_visible()
    unnamed = page.evaluate(
        "[...document.querySelectorAll('input:not([type=file]),textarea,select')]"
        ".filter(e => !(e.labels?.length || e.ariaLabel || e.getAttribute('aria-label'))).length"
    )
    assert unnamed == 0
    page.get_by_label("Sprache").select_option("fr")
    expect(page.get_by_role("heading", name="Signaler une panne")).to_be_visible()
    page.goto(f"{server.url}/d/nosuchcode00000000000")
    expect(page.get_by_role("alert")).to_contain_text("étiquette")
    page.context.close()


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()
