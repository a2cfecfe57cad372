"""The widget as a customer's hands use it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class Widget:
    """Opens the chat on the demo maker's page and talks."""

    def __init__(self, page: Page, url: str, language: str) -> None:
        self.page = page
        page.goto(f"{url}/demo?lang={language}")
        self.chat = page.locator("careloop-chat")
        self.open()

    def open(self) -> None:
        self.chat.locator("button.launcher").click()
        expect(self.chat.locator("textarea")).to_be_visible()

    def say(self, text: str) -> str:
        """Send a text and wait for the bot's next bubble; returns its text."""
        before = self.bot_rows().count()
        self.chat.locator("textarea").fill(text)
        self.chat.locator("button.send").click()
        return self.next_reply(before)

    def press(self, label: str) -> str:
        """Press the latest button of that label."""
        before = self.bot_rows().count()
        self.chat.get_by_role("button", name=label, exact=True).last.click()
        return self.next_reply(before)

    def next_reply(self, before: int) -> str:
        expect(self.bot_rows().nth(before)).to_be_visible(timeout=20_000)
        return self.bot_rows().last.inner_text()

    def bot_rows(self) -> Locator:
        return self.chat.locator(".row.bot")

    def agent_rows(self) -> Locator:
        return self.chat.locator(".row.agent")

    def customer_texts(self) -> list[str]:
        return self.chat.locator(".row.customer .bubble").all_inner_texts()
