from __future__ import annotations

import pytest

from careloop.evals.facts import says


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("压力 １．５ ＭＰａ", "1.5"),
        ("Es sind 1,5 bar", "1.5"),
        ("20 000 h", "20000"),
        ("20,000 hours", "20000"),
        ("20.000 Stunden", "20000"),
        ("20000小时更换", "20000"),
        ("limit 78°C", "78 °C"),
        ("limit 78 °C.", "78 °C"),
        ("18–28 °C", "18-28"),
        ("0.6-0.9 A", "0.6-0.9"),
        ("Part number: YP-VM-9101 Who: partner", "YP-VM-9101"),
        ("38L 机油", "38"),
        ("用LC-46油", "LC-46"),
        ("Weight: 62 kg.", "62"),
    ],
)
def test_a_figure_is_found_however_it_is_written(text: str, fact: str) -> None:
    assert says(text, fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("LC-46S oil", "LC-46"),
        ("GS-2000 Pro", "2000"),
        ("178 °C", "78"),
        ("78.5 °C", "78"),
        ("E-2170", "E-217"),
        ("610-0038", "0038x"),
        ("1.50 MPa and 15 bar", "1.5"),
        ("the GS-2000 weighs 62 kg", "GS-200"),
    ],
)
def test_a_figure_is_not_found_inside_another(text: str, fact: str) -> None:
    assert not says(text, fact)
