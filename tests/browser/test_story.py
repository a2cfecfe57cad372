"""The main job in a real browser: question, guided check, ticket, status, person, answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from careloop.kit.text import t
from tests.browser.conftest import Server
from tests.browser.widget import Widget

pytestmark = pytest.mark.browser

AGENT = "tang.wanqing@yaopu.example"
PASSWORD = "careloop-demo"
TICKET = re.compile(r"TK-\d{4}-\d{6}")


@dataclass(frozen=True)
class Story:
    """What one customer says; `weight` is a fact of the library the answer must hold."""

    language: str
    how_to: str
    weight: str
    fault: str
    status: str
    person: str


STORIES = [
    Story("zh", "GS-8000 有多重？", "410", "我们的 GS2000-23BO185 报 E-217 停机了", "我的工单怎么样了？", "我要转人工"),
    Story("en", "How heavy is the GS-8000?", "410", "Our GS2000-23BO185 stopped with E-217", "How does my ticket stand?", "I want to talk to a person"),
    Story("es", "¿Cuánto pesa el GS-8000?", "410", "Nuestro GS2000-23BO185 se ha parado con E-217", "¿Cómo va mi ticket?", "Quiero hablar con una persona"),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.language)
def test_customer_story(server: Server, browser: Browser, page: Page, story: Story) -> None:
    widget = Widget(page, server.url, story.language)

    assert story.weight in widget.say(story.how_to)

    assert "GS2000-23B0185" in widget.say(story.fault)
    expect(widget.chat.locator(".step-card").last).to_be_visible()

    widget.press(t("button.stuck", story.language))
    answer = widget.press(t("button.open_ticket", story.language))
    number = TICKET.search(answer)
    assert number, answer
    assert number.group() in widget.say("+49 170 1234567")

    assert t("state.new", story.language) in widget.say(story.status)

    widget.say(story.person)
    said = f"Hello from the desk, {story.language}"
    _answer_from_desk(server, browser, number.group(), said)
    expect(widget.agent_rows().last).to_contain_text(said)


def _answer_from_desk(server: Server, browser: Browser, ticket: str, text: str) -> None:
    """An agent logs in, finds the waiting conversation, takes it over and answers."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en")
    desk = context.new_page()
    desk.set_default_timeout(20_000)
    desk.goto(f"{server.url}/desk/")
    desk.locator("input[type=email], input[autocomplete=username]").first.fill(AGENT)
    desk.locator("input[type=password]").fill(PASSWORD)
    desk.locator("button[type=submit]").click()
    desk.wait_for_url(re.compile("/desk/(?!login)"))
    desk.goto(f"{server.url}/desk/tickets/{ticket}")
    expect(desk.get_by_text(ticket).first).to_be_visible()
    desk.goto(f"{server.url}/desk/inbox")
    desk.locator(".inbox-boxes a[data-box=queue]").click()
    desk.locator(".inbox-list a.line").last.click()  # the longest wait stands first
    desk.locator(".composer textarea").last.fill(text)
    desk.locator(".composer textarea").last.press("Enter")
    expect(desk.get_by_text(text).first).to_be_visible()
    context.close()


def test_kill_9_in_the_middle_of_a_check(server: Server, page: Page) -> None:
    widget = Widget(page, server.url, "en")
    widget.say("Our GS2000-23B0185 stopped with E-217")
    card = widget.chat.locator(".step-card").last
    first = card.locator("button").first.inner_text()
    widget.press(first)
    before = widget.customer_texts()
    step = widget.chat.locator(".step-card").last.locator(".step-count").inner_text()

    server.kill()
    server.start()

    page.reload()
    widget.open()
    expect(widget.chat.locator(".step-card").last.locator(".step-count")).to_have_text(step)
    assert widget.customer_texts() == before
    told = widget.say("I am stuck")
    assert told
    assert widget.customer_texts() == [*before, "I am stuck"]
