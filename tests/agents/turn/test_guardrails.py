"""No link leaves the house that does not lead back to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloop.agents.mind.ports import Decision, Say
from careloop.agents.turn.guardrails import REMOVED, check, without_foreign_links
from careloop.kit.messages import Picture, Reply, Source, Sources, StepCard

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


@pytest.mark.parametrize(
    "trick",
    [
        "![logo](https://evil.com/pixel.png)", "[manual](javascript:location='//evil.com')",
        "<a href='https://evil.com'>manual</a>", '<img src=x onerror="fetch(`//evil.com`)">',
        "<script src=//evil.com/x.js></script>", "//evil.com/x", "evil.com", "Evil.COM/login?x=1",
        "ftp://evil.com/a", "data:text/html;base64,evil", "tg://resolve?domain=evil",
        "http://maker.example\u202e@evil.com", "h\u200bttps://evil.com", "<iframe src=https://evil.com",
        "intent://evil.com#Intent;scheme=https;end", "https:\u2028//evil.com",
    ],
)  # fmt: skip
def test_markup_and_other_schemes_go(trick: str) -> None:
    left = without_foreign_links(f"Read {trick} now", OWN)
    assert "evil" not in left.lower() and "<" not in left, left


@pytest.mark.parametrize(
    "text",
    [
        "Set 5.5 kW (400 V), see 3.2.1 and README.md, v2.10.4", "p < 0.5 MPa and T > 20 °C",
        "write to service@maker.com", "GS-2000.", "ratio 1:2, 10:30-11:00", "and/or, km/h, N·m",
        "风扇 = ventilador; \u2068功率\u2069", "data: 5 rows", "file: manual", "E-217://",
    ],
)  # fmt: skip
def test_ordinary_text_stays(text: str) -> None:
    assert without_foreign_links(text, OWN) == text


@given(st.text(max_size=200))
def test_any_text_is_survived_and_text_without_links_is_kept(text: str) -> None:
    left = without_foreign_links(text, OWN)
    if (
        not set(text) & set(":./<\u202a\u202b\u202c\u202d\u202e")
        and max(text, default="") < "\U000e0000"
    ):
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
            Sources(items=[Source(document="A", title=bad, section=bad, excerpt=bad)]),
            StepCard(index=1, total=2, title=bad, text=bad, hazards=[bad]),
            Picture(document_id="1", name="a.png", media_type="image/png", caption=bad),
        ],
    )
    said = Say(Decision.ANSWER, (reply,), {}, "en")
    assert "evil" not in check(said, OWN).replies[0].model_dump_json()
    assert "evil" in reply.model_dump_json(), "the original is left alone"
