"""No link leaves the house that does not lead back to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloop.agents.mind.ports import Decision, Say
from careloop.agents.turn.guardrails import REMOVED, check, without_foreign_links
from careloop.kit.messages import Reply, Source, Sources, StepCard

OWN = ("maker.example", "")


@pytest.mark.parametrize(
    "link",
    ["https://maker.example", "https://maker.example/manual?page=3", "http://www.maker.example/a"],
)
def test_the_makers_own_links_stay(link: str) -> None:
    assert without_foreign_links(f"see {link} first", OWN) == f"see {link} first"


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example", "HTTPS://EVIL.EXAMPLE/a", "www.evil.example",
        "https://maker.example.evil.example/", "https://maker.example@evil.example/",
        "https://evilmaker.example", "https://evil.example.", "https://evil.example:99999/x",
        "https://evil\u2100.example", "https://[::1]/x", "https://evil.example/maker.example",
        "https://evil.example?https://maker.example", "https://",
    ],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["{}", "({})", "go to {}, then", "【{}】", "去{}。"])
def test_every_other_link_goes(link: str, frame: str) -> None:
    left = without_foreign_links(frame.format(link), OWN)
    assert "evil" not in left.lower()


@given(st.text(max_size=200))
def test_any_text_is_survived_and_text_without_links_is_kept(text: str) -> None:
    left = without_foreign_links(text, OWN)
    if "://" not in text and "www." not in text.lower():
        assert left == text


@given(st.from_regex(r"https?://[a-z0-9@:%._\-]{1,30}(/[a-z0-9?&=]{0,10})?", fullmatch=True))
def test_what_stays_leads_home(link: str) -> None:
    left = without_foreign_links(link, OWN)
    if REMOVED not in left:
        assert "maker.example" in left


def test_every_part_that_carries_text_is_looked_at() -> None:
    bad = "read https://evil.example now"
    reply = Reply(
        text=bad,
        parts=[
            Sources(items=[Source(document="A", title="a", excerpt=bad)]),
            StepCard(index=1, total=2, title="step", text=bad, hazards=[bad]),
        ],
    )
    said = Say(Decision.ANSWER, (reply,), {}, "en")
    assert "evil" not in check(said, OWN).replies[0].model_dump_json()
    assert "evil" in reply.model_dump_json(), "the original is left alone"
