"""From files to passages: nothing cut that belongs together, nothing crashes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import ALARMS, GUIDE

from careloop.knowledge.hazard import read_hazard
from careloop.knowledge.ingest.blocks import parse_blocks
from careloop.knowledge.ingest.frontmatter import split_front_matter
from careloop.knowledge.ingest.markdown import Piece, read_markdown
from careloop.knowledge.ingest.procedure import Procedure, read_branch
from careloop.knowledge.ingest.source import SourceFile, decode


def _pieces(body: str, kind: str, doc_type: str = "spec") -> list[Piece]:
    return [piece for piece in read_markdown(body, "T", doc_type).pieces if piece.kind == kind]


def test_a_row_carries_its_headers_caption_and_section() -> None:
    row = _pieces(ALARMS, "table_row")[0]
    assert row.text == "代码: AL-04; 含义: 冷却水流量低于 5 L/min; 处理: 清洗过滤器"
    assert (row.section, row.context) == ("报警代码", "CF-10 报警代码表")
    assert len(_pieces(ALARMS, "table")) == 1


def test_a_procedure_stays_whole_across_a_warning_between_its_steps() -> None:
    (piece,) = _pieces(ALARMS, "procedure")
    procedure = Procedure.from_dict(piece.data["procedure"])
    assert [step.number for step in procedure.steps] == [1, 2, 3]
    assert procedure.hazards[0].role == "engineer"
    assert procedure.hazards[0].kind == "electric"
    assert procedure.steps[2].hazards[0].role == "customer"
    assert not procedure.steps[0].hazards
    assert piece.hazard is not None and piece.hazard["role"] == "engineer"
    assert Procedure.from_dict(procedure.as_dict()) == procedure


def test_branches_lead_to_steps_and_ends() -> None:
    (piece,) = _pieces(GUIDE, "procedure", "troubleshooting")
    procedure = Procedure.from_dict(piece.data["procedure"])
    targets = [(b.answer, b.target) for step in procedure.steps for b in step.branches]
    assert targets == [("是", 2), ("否", "ticket"), ("是", "ticket"), ("否", "solved")]
    assert procedure.problems == ()


def test_targets_in_other_languages() -> None:
    wanted = {
        "Yes: go to step 12": 12, "Sí: ir al paso 3": 3, "Nein: weiter mit Schritt 4": 4,
        "Oui : aller à l'étape 5": 5, "はい：手順 6 へ進む": 6, "Sim: ir para o passo 7": 7,
        "Да: перейти к шагу 8": 8, "No: solved: the filter was dirty": "solved",
        "Sí: solucionado: limpio": "solved", "Ja: gelöst: Filter": "solved",
        "No: abrir un ticket: con foto": "ticket", "E-204: open a ticket: attach log": "ticket",
    }  # fmt: skip
    for text, target in wanted.items():
        branch = read_branch(text)
        assert branch is not None and branch.target == target, text
    assert read_branch("Torque: 5 Nm") is None


def test_dead_branches_and_endless_loops_are_named() -> None:
    loop = "1. A?\n   - yes: go to step 2\n2. B?\n   - no: go to step 1\n   - odd: go to step 9\n"
    warnings = read_markdown(loop, "T", "troubleshooting").warnings
    assert any("missing step 9" in text for text in warnings)
    assert any("no way leads to an end" in text for text in warnings)


def test_wrong_front_matter_is_a_warning_not_a_crash() -> None:
    text = "---\nid: X\ntitle: a: b: [c\naudience: secret\nupdated: soon\n---\nbody"
    matter, body = split_front_matter(text)
    assert (matter.id, body) == ("X", "body")
    assert matter.audience == "internal", "an audience nobody understands must not be public"
    assert len(matter.warnings) == 3


def test_missing_front_matter_and_an_h1_title() -> None:
    article = read_markdown(
        "# Pump manual\n\nText.\n\n#### Deep\n\nMore <!-- hidden --> text.", "", ""
    )
    assert article.title == "Pump manual"
    assert [piece.section for piece in article.pieces] == ["", "Deep"]
    assert "hidden" not in article.pieces[1].text


def test_hard_wrapped_chinese_is_joined_without_a_space() -> None:
    assert parse_blocks("冷却\n液")[0].text == "冷却液"
    assert parse_blocks("cool\nant")[0].text == "cool ant"


def test_encodings() -> None:
    assert decode("泵".encode("gb18030")) == ("泵", "gb18030")
    assert SourceFile("a/b.MD", b"").suffix == ".md"


def test_hazards_reserve_work_in_many_languages() -> None:
    for text in (
        "Warning (qualified engineers only): 400 V", "Gefahr: nur durch Fachpersonal öffnen",
        "Advertencia (solo ingenieros cualificados): láser", "警告：仅限合格工程师操作",
        "警告：有資格者のみ作業可", "Предупреждение: только квалифицированный персонал",
    ):  # fmt: skip
        hazard = read_hazard(text)
        assert hazard is not None and hazard.role == "engineer", text
    careful = read_hazard("注意：先关机，等表面冷却后再操作")
    assert careful is not None and (careful.role, careful.kind) == ("customer", "heat")
    assert read_hazard("打开盖子，取出滤网。") is None


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    matter, body = split_front_matter(text)
    read_markdown(body, matter.title, matter.type)
