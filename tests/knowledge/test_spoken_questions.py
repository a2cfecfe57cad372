"""Questions as customers write them: a story around them, parts of names, values by model."""

from __future__ import annotations

import pytest
from shelf import Shelf, article, customer

from careloop.knowledge.language.model_names import ModelNames
from careloop.knowledge.language.near_names import near_concepts
from careloop.knowledge.model_text import only_of, only_of_others
from careloop.knowledge.retrieve.focus import clauses
from careloop.knowledge.retrieve.question import Wants, read_question

NAMES = ModelNames(["QP-12", "QP-24", "QP-24S", "QP-37", "QP-37V", "RK-8E"])

SPEC = """
## 技术参数

| 项目 | QP-24 | QP-24S |
|---|---|---|
| 额定功率 | 6.8 kW | 9.2 kW |
| 重量 | 2600 kg | 2950 kg |
| 供电 | 380 V | 380 V |

## 润滑

| 型号 | 部位 | 润滑油 | 用量 |
|---|---|---|---|
| QP-24 | 减速箱 | VG220 | 3.6 L |
| QP-24S | 减速箱 | VG150 | 4.5 L |

## 周期

QP-24：每 500 小时加油；QP-24S：每 800 小时加油。
"""


@pytest.fixture
def pump(empty: Shelf) -> Shelf:
    empty.add(
        article("SPEC", SPEC, title="QP 技术参数", type="spec", lang="zh",
                product_models="[QP-24, QP-24S]"),
        article("SITE", "设备四周留出 1000 mm 的通道。", title="安装场地", lang="zh"),
        article("FEE", "上门服务 900 元每天。", title="上门费用", type="policy", lang="zh"),
    )  # fmt: skip
    return empty


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("the 24S is loud", ["QP-24S"]), ("旋盖机8E净重多少", ["RK-8E"]), ("qp37v", ["QP-37V"]),
        ("PQ-24 shows", []), ("power supply 24V", []), ("after 24s it stops", []),
        ("2 x 12 bottles", []), ("fan 37 V", []),
    ],
)  # fmt: skip
def test_models_are_known_by_a_part_of_their_name(text: str, models: list[str]) -> None:
    assert [match.name for match in NAMES.spoken(text) if match.name] == models


def test_a_part_that_models_share_leaves_them_open() -> None:
    assert NAMES.spoken("QP 系列的保养")[0].among == ("QP-12", "QP-24", "QP-24S", "QP-37", "QP-37V")


def test_a_number_that_several_models_have_leaves_them_open() -> None:
    (match,) = NAMES.spoken("unser 37er macht Lärm")
    assert match.name is None and set(match.among) == {"QP-37", "QP-37V"}
    shared = ModelNames(["QP-37V", "QP-37S"]).spoken("our 37 is loud")
    assert set(shared[0].among) == {"QP-37V", "QP-37S"}


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("fan speed on the Pro", ["QP-500 Pro"]), ("Pro那台报警", ["QP-500 Pro"]),
        ("na 500 Pro, aqui", ["QP-500 Pro"]), ("a pro tip please", []),
        ("la QP-500 se paró", ["QP-500"]), ("QP-500 max speed", ["QP-500"]),
        ("QP-500 Max", []), ("500で警報", []), ("500 samples", []),
    ],
)  # fmt: skip
def test_words_beside_a_number_tell_its_variant(text: str, models: list[str]) -> None:
    names = ModelNames(["QP-500", "QP-500 Pro", "RK-8E"])
    assert [match.name for match in names.spoken(text) if match.name] == models


def test_a_kind_of_machine_stands_for_its_models(empty: Shelf) -> None:
    table = "| 项目 | {0} | {0}S |\n|---|---|---|\n| 额定功率 | 3 kW | {1} kW |\n"
    empty.add(
        article("A", table.format("AA-1", 5), title="AA 系列灌装机技术参数", type="spec",
                product_models="[AA-1, AA-1S]"),
        article("B", table.format("BB-2", 9), title="BB 系列贴标机技术参数", type="spec",
                product_models="[BB-2, BB-2S]"),
    )  # fmt: skip
    for text, lang in (
        ("贴标机的额定功率多少", "zh"),
        ("rated power of the labelling machine?", "en"),
    ):
        assert set(empty.ask(text, lang=lang).clarify) == {"BB-2", "BB-2S"}


def test_an_unknown_word_comes_near_to_a_name() -> None:
    assert "password" in {near.concept for near in near_concepts("passwrod", "en")}
    assert near_concepts("zzzzzz", "en") == ()


def test_the_clause_that_asks_is_told_from_the_story() -> None:
    text = "my boss is worried about the bill, what is the rated power?"
    assert [asks for _, _, asks in clauses(text)] == [False, True]
    question = read_question(text, "en", NAMES, ())
    assert question.properties == ("power",) and question.wants is Wants.VALUE
    assert question.focus["invoice"] < question.focus["power"] == 1.0


def test_what_names_other_models_only_is_left_out() -> None:
    text = "温度：QP-12、QP-24 不超过 60 ℃；QP-24S 不超过 92 ℃。\n通用说明。"
    assert only_of(text, ["QP-24S"], NAMES) == "温度：QP-24S 不超过 92 ℃。\n通用说明。"
    assert only_of(text, ["QP-12"], NAMES) == "温度：QP-12、QP-24 不超过 60 ℃；\n通用说明。"
    assert only_of(text, [], NAMES) == text
    assert only_of("QP-12 重 5 kg", ["QP-24"], NAMES) == "QP-12 重 5 kg"
    assert only_of("警告：QP-12 带 380 V 电压", ["QP-24"], NAMES) == "警告：QP-12 带 380 V 电压"
    assert only_of_others("QP-12", ["QP-24"], NAMES)
    assert not only_of_others("QP-12、QP-24", ["QP-24"], NAMES)


def _shown(shelf: Shelf, text: str) -> str:
    result = shelf.ask(text)
    assert result.answerable and not result.clarify, (text, result.reasons)
    return "\n".join(block.text for block in shelf.library.answer(customer(), text, result))


@pytest.mark.parametrize(
    ("text", "fact", "others"),
    [
        ("老板催着要电费预算，我们24S的功率多大啊", "9.2 kW", "6.8 kW"),
        ("hi, the forklift only lifts 3 tons.. how heavy is the 24S?", "2950 kg", "2600 kg"),
        ("QP-24减速箱加几升油，师傅忘了", "3.6 L", "4.5 L"),
        ("сколько весит QP-24? нужен кран", "2600 kg", "2950 kg"),
    ],
)
def test_a_value_is_found_in_a_story_and_only_of_this_model(
    pump: Shelf, text: str, fact: str, others: str
) -> None:
    shown = _shown(pump, text)
    assert fact in shown and others not in shown


@pytest.mark.parametrize(
    "text",
    [
        "QP-24 的噪音多少分贝", "Dimensions of the QP-24S?", "QP-24 一台多少钱",
        "power of the fan motor of the QP-24", "¿Qué grado de protección tiene la QP-24?",
    ],
)  # fmt: skip
def test_a_property_that_only_another_thing_has_is_refused(pump: Shelf, text: str) -> None:
    result = pump.ask(text)
    assert not result.answerable and not result.clarify, result.reasons


def test_the_model_is_asked_for_by_columns_rows_and_lists(pump: Shelf) -> None:
    for text in ("这机器多重啊", "减速箱要加几升油", "多少小时加油"):
        assert set(pump.ask(text).clarify) == {"QP-24", "QP-24S"}, text
    assert pump.ask("用什么电，380的吗").clarify == [], "the same for both"


def test_a_row_for_one_model_is_not_told_of_an_unknown_machine(empty: Shelf) -> None:
    body = (
        "| Model | Oil | Oil quantity |\n|---|---|---|\n"
        "| KX-1 | for life | - |\n| KX-2 | L68 | 9 L |\n"
    )
    empty.add(
        article("OIL", body, title="Oil of the compressor", type="spec", lang="en",
                product_models="[KX-1, KX-2]")
    )  # fmt: skip
    assert set(empty.ask("What oil quantity does the compressor need?").clarify) == {"KX-1", "KX-2"}
    assert empty.ask("What oil quantity does the KX-2 compressor need?").clarify == []
