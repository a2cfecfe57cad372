"""The office that prepares a visit, and the phone on which an engineer does it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Literal

from playwright.sync_api import APIRequestContext, Browser, BrowserContext, Page, expect

from careloop.demo.load import PASSWORD
from tests.browser.readable import faults

ADMIN = "ou.yang@yaopu.example"
SERIAL, PART = "GS2000-22B0260", "YP-FN-2002"
SOP = "FIELD-TEST"
_numbers = count(1)


def _said(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh": zh}


STEPS = [
    {
        "id": "off", "title": _said("Power off", "断电"), "text": _said("Off.", "断电。"),
        "kind": "action", "hazard": "danger", "required": True, "role": "engineer",
        "safety": _said("Nobody may be at the machine. Lock it.", "确认无人操作并上锁。"),
    },
    {
        "id": "which", "title": _said("What is it?", "是什么？"), "text": _said("Look.", "查看。"),
        "kind": "choice", "required": True,
        "options": [
            {"id": "dust", "label": _said("Dust", "灰尘"), "goto": "clean"},
            {"id": "worn", "label": _said("Worn out", "磨损"), "goto": "change"},
        ],
    },
    {
        "id": "clean", "title": _said("Clean it", "清洁"), "text": _said("Blow.", "吹。"),
        "kind": "action", "then": "heat",
    },
    {
        "id": "change", "title": _said("Change it", "更换"), "text": _said("Screws.", "螺钉。"),
        "kind": "action", "parts": [{"part": PART, "quantity": 1}],
    },
    {
        "id": "heat", "title": _said("Temperature", "温度"), "text": _said("Wait.", "等待。"),
        "kind": "reading", "required": True, "reading": {"unit": "°C", "high": 78},
    },
]  # fmt: skip
"""A hazard, a choice with two ways, and a reading with a limit."""


class Office:
    """What the office prepares, over the same HTTP that the desk uses."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url
        self.context = browser.new_context()
        self.http: APIRequestContext = self.context.request
        self.call("POST", "/v1/auth/login", email=ADMIN, password=PASSWORD)

    def call(self, method: str, path: str, **body: Any) -> Any:
        headers = {"x-careloop": "test", "idempotency-key": f"field-{next(_numbers)}-{path}"}
        answer = self.http.fetch(
            self.url + path, method=method, headers=headers,
            **({"data": body} if method != "GET" else {}),
        )  # fmt: skip
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json()

    def engineer(self, code: str, language: str) -> str:
        """An engineer of their own, with a login and a van that holds two of the part."""
        mail = f"{code.lower()}@yaopu.example"
        self.call(
            "POST", "/v1/users", email=mail, name=f"Field {code}", role="engineer",
            password=PASSWORD, language=language,
        )  # fmt: skip
        self.call(
            "POST", "/v1/engineers", code=code, name=f"Field {code}", email=mail,
            time_zone="Asia/Shanghai", skills=["sequencer"], lat=22.5, lon=114.0,
            base_city="Shenzhen",
        )  # fmt: skip
        van = f"Van {code}"
        depot = next(
            row["code"]
            for row in self.call("GET", "/v1/stock/locations")
            if row["level"] == "depot"
        )
        self.call(
            "PUT", f"/v1/stock/locations/{van.replace(' ', '%20')}", level="van", name=van,
            parent=depot, engineer=code,
        )  # fmt: skip
        self.call("POST", "/v1/stock/receipts", location=van, lines=[{"part": PART, "quantity": 2}])
        return mail

    def visit(self, engineer: str) -> str:
        """A visit to a device, within the day of an engineer in China, with required work on it."""
        ticket = self.call(
            "POST", "/v1/tickets", title="风扇很响", description="运行一小时后报警", serial=SERIAL,
            error_codes=["E-909"],
        )["number"]  # fmt: skip
        now = datetime.now(UTC)
        window = {
            "from": (now - timedelta(minutes=5)).isoformat(),
            "until": (now + timedelta(minutes=5)).isoformat(), "time_zone": "Asia/Shanghai",
        }  # fmt: skip
        visit = self.call(
            "POST", "/v1/work-orders", ticket=ticket, engineer=engineer, window=window,
            purpose="Change the fan",
        )["number"]  # fmt: skip
        self._procedure()
        self.call("POST", f"/v1/work-orders/{visit}/sop-runs", sop=SOP, required=True)
        return str(visit)

    def _procedure(self) -> None:
        if any(one["code"] == SOP for one in self.call("GET", "/v1/sops?limit=200")["items"]):
            return
        title = _said("Fan of the test", "测试风扇")
        self.call("POST", "/v1/sops", code=SOP, content={"title": title, "steps": STEPS})
        self.call("POST", f"/v1/sops/{SOP}/publish", note="")

    def file(self, visit: str) -> Any:
        return self.call("GET", f"/v1/work-orders/{visit}")


class Phone:
    """The app as a thumb uses it."""

    def __init__(
        self, browser: Browser, url: str, workers: Literal["allow", "block"] = "block"
    ) -> None:
        self.url = url
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 390, "height": 844}, locale="en", timezone_id="Asia/Shanghai",
            has_touch=True, permissions=["geolocation"],
            geolocation={"latitude": 22.54321, "longitude": 114.05, "accuracy": 12},
            service_workers=workers,
        )  # fmt: skip
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.broken: list[str] = []
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))

    def open(self, path: str) -> None:
        self.page.goto(f"{self.url}/field{path}")

    def press(self, name: str | re.Pattern[str], exact: bool = True) -> None:
        self.page.get_by_role("button", name=name, exact=exact).last.click()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label).last.fill(text)

    def choose(self, label: str) -> None:
        self.page.get_by_role("radio", name=label, exact=True).last.check(force=True)

    def to(self, tile: str) -> None:
        self.page.get_by_role("navigation", name="On site").get_by_role("link", name=tile).click()

    def back(self) -> None:
        self.press("Back")

    def check(self) -> None:
        """The page can be read and used by everybody."""
        self.page.wait_for_load_state("networkidle")
        assert faults(self.page) == []

    def login(self, mail: str) -> None:
        self.open("/")
        self.check()
        self.page.get_by_label("E-mail").fill(mail)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.press("Log in")
        expect(self.page.get_by_role("heading", name="My visits")).to_be_visible()
