"""What is shown for a hit: the fact asked for, first, and nothing of another model."""

from __future__ import annotations

import pytest
from shelf import Shelf, article, customer

from careloop.knowledge.answer import AnswerBlock

PLANS = """
## 响应时间

| 服务等级 | 电话响应 | 到场时间 |
|---|---|---|
| 标准 | 4 小时 | 3 个工作日 |
| 金牌 | 1 小时 | 24 小时 |
"""
PRICES = """
## 价格

| 地区 | 差旅 | 工时 |
|---|---|---|
| 中国 | 600 CNY / 次 | 450 CNY/h |
| 欧盟 | 按报价 | 180 EUR/h |
"""
SPEC = """
## KX-5

装箱速度 20 箱/min，功率 5.5 kW，重量 1900 kg。

## KX-9

装箱速度 35 箱/min，功率 8.5 kW，重量 2400 kg。

## 纸箱

两种机型都适用长 250-450 mm 的纸箱。
"""
LOADING = """
一次装入 4 片芯片。

> 注意：芯片易碎。

1. 开机，等待自检完成，约 60 s。
2. 打开上盖，放入芯片。
3. 关盖，压力须低于 5 kPa。
4. 点“开始”，全程约 12 min。
5. 开盖，取出芯片，30 min 内使用。
"""


def _blocks(shelf: Shelf, text: str, lang: str | None = None, **query: object) -> list[AnswerBlock]:
    result = shelf.ask(text, lang=lang, **query)
    return shelf.library.answer(customer(), text, result, lang)


def _shown(shelf: Shelf, text: str, lang: str | None = None, **query: object) -> str:
    return "\n".join(block.text for block in _blocks(shelf, text, lang, **query))


@pytest.mark.parametrize(
    ("question", "lang", "said", "left_out"),
    [
        ("金牌到场时间是多久", "zh", "24 小时", "3 个工作日"),
        ("we have the gold plan, what is the response time on site", "en", "24 小时", "3 个工作日"),
        ("ゴールド契約の対応時間は何時間ですか", "ja", "24 小时", "3 个工作日"),
        ("standard plan response time", "en", "3 个工作日", "24 小时"),
    ],
)
def test_the_row_of_the_plan_named(
    empty: Shelf, question: str, lang: str, said: str, left_out: str
) -> None:
    empty.add(article("P", PLANS, title="服务响应", type="policy", lang="zh"))
    shown = _shown(empty, question, lang)
    assert said in shown and left_out not in shown, shown


def test_rows_that_the_question_leaves_open_are_all_shown(empty: Shelf) -> None:
    empty.add(article("P", PRICES, title="保修外上门维修怎样收费", type="policy", lang="zh"))
    shown = _shown(empty, "工时多少钱")
    assert "450 CNY/h" in shown and "180 EUR/h" in shown
    assert "中国" in shown.split("450")[0] and "欧盟" in shown.split("180")[0]


def test_the_first_line_names_the_value_with_its_unit(empty: Shelf) -> None:
    body = "## 参数\n\n| 型号 | 功率 | 净重 | 气压 |\n|---|---|---|---|\n"
    body += "| KX-5 | 2.2 kW | 780 kg | 0.4 MPa |\n| KX-9 | 3.0 kW | 960 kg | 0.5 MPa |\n"
    empty.add(
        article("S", body, title="参数", type="spec", product_models="[KX-5, KX-9]", lang="zh")
    )
    shown = _shown(empty, "KX-9 的净重是多少")
    assert shown.split("\n")[0] == "KX-9 · 净重: 960 kg" and "780" not in shown


def test_the_value_in_another_section_of_the_document(empty: Shelf) -> None:
    empty.add(
        article("S", SPEC, title="装箱机技术参数", type="spec", product_models="[KX-5, KX-9]",
                lang="zh")
    )  # fmt: skip
    shown = _shown(empty, "how many cases a minute can the KX-9 do", "en")
    assert "35 箱/min" in shown.split("\n")[0] and "20 箱" not in shown


def test_a_count_is_answered_by_the_number_not_by_the_procedure(empty: Shelf) -> None:
    empty.add(article("L", LOADING, title="装载芯片", type="procedure", lang="zh"))
    shown = _shown(empty, "一次能装几张芯片？")
    assert shown.split("\n")[0] == "一次装入 4 片芯片。"
    assert "12 min" not in shown


def test_the_step_that_holds_the_value_keeps_its_warnings(empty: Shelf) -> None:
    body = (
        "> 警告：表面高温。\n\n1. 关机并断电。\n2. 拆下盖板。\n\n> 注意：边缘锋利。\n\n"
        "3. 用扭矩 7 N·m 拧紧螺钉。\n4. 装回盖板。\n5. 开机，等 10 分钟。\n"
    )
    empty.add(article("T", body, title="更换密封", type="procedure", lang="zh"))
    shown = _shown(empty, "螺钉拧紧扭矩是多少")
    assert "7 N·m" in shown and "表面高温" in shown and "边缘锋利" in shown
    assert "10 分钟" not in shown


def test_steps_hold_only_what_is_for_the_model_asked_about(empty: Shelf) -> None:
    body = "1. 关机。\n2. 放入吸头盒：KX-5 用 96 孔盒，KX-9 用 384 孔盒。\n3. 开机。\n"
    empty.add(
        article("T", body, title="KX 怎样更换吸头", type="procedure",
                product_models="[KX-5, KX-9]", lang="zh")
    )  # fmt: skip
    shown = _shown(empty, "KX-9 怎样更换吸头")
    assert "384 孔盒" in shown and "96 孔盒" not in shown and "3. 开机" in shown


def test_how_to_still_shows_every_step(empty: Shelf) -> None:
    empty.add(article("L", LOADING, title="装载芯片", type="procedure", lang="zh"))
    shown = _shown(empty, "怎样装载芯片")
    assert all(f"{number}. " in shown for number in range(1, 6)) and "易碎" in shown


def test_a_block_names_its_place_and_date(empty: Shelf) -> None:
    empty.add(article("P", PLANS, title="服务响应", type="policy", lang="zh", updated="2026-04-18"))
    (block,) = _blocks(empty, "金牌到场时间是多久")
    assert (block.document, block.section, str(block.updated)) == ("P", "响应时间", "2026-04-18")
    assert block.source is not None and block.quoted


def test_headers_are_explained_and_values_untouched(empty: Shelf) -> None:
    body = "## 参数\n\n| 型号 | 功率 | Premium |\n|---|---|---|\n| KX-9 | 3.0 kW | 是 |\n"
    empty.add(article("S", body, title="参数", type="spec", lang="zh"))
    shown = _shown(empty, "what is the power of the KX-9", "en")
    assert "功率 (" in shown and "): 3.0 kW" in shown
    assert "Premium: 是" in shown, "a name is no word to translate"
    assert "(" not in _shown(empty, "KX-9 的功率是多少").split("\n")[0]


def test_the_row_of_a_code_goes_before_a_note_that_mentions_it(empty: Shelf) -> None:
    body = (
        "## 错误代码\n\n| 代码 | 含义 |\n|---|---|\n| E-217 | 模块超过 78 °C |\n"
        "| E-101 | 舱门未关 |\n\n"
        "## 使用说明\n\n多个代码时先处理 E-101，再处理 E-217。\n"
    )
    empty.add(article("S", body, title="代码表", type="spec", lang="zh"))
    shown = _shown(empty, "E-217报警了")
    assert "78 °C" in shown and "舱门未关" not in shown
