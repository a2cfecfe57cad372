# ruff: noqa: E501
"""Questions about the files, with the page and the facts that a right answer has.

The scripts that make the files say where everything stands, so pages are exact. Run
`python -m tests.manuals.questions` to write `questions.jsonl` anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.manuals import make_bulletin_docx, make_scanned_pdf, trade
from tests.manuals.make_bulletin_docx import make_bulletin
from tests.manuals.make_faq_html import make_faq
from tests.manuals.make_fault_list_xlsx import alarms, make_fault_list
from tests.manuals.make_mail_eml import make_mail
from tests.manuals.make_manual_pdf import Made, make_manual
from tests.manuals.make_scanned_pdf import make_scanned
from tests.manuals.make_training_pptx import make_training
from tests.manuals.procedures import (
    BEATER,
    FIRMWARE,
    GEAR_OIL,
    LEVEL,
    REPLACEMENTS,
    SANITISE,
    UNPACK,
)

FILE = Path(__file__).with_name("questions.jsonl")


@dataclass(frozen=True)
class Question:
    """What is asked and what a right answer has.

    `pages`: one of them must be named. `facts`: each must stand in the passage; `forbidden`
    belongs to the other model and must not stand in the answer; `told` must stand in the answer,
    too. `steps` must come all, in order; `reserved` if only an engineer may take them.
    `figure` is the key of the picture that must be shown and `figure_page` where it stands.
    """

    id: str
    kind: str
    lang: str
    text: str
    document: str
    pages: list[int] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    figure: str = ""
    figure_page: int = 0
    slow: bool = False
    reserved: bool = False


@dataclass(frozen=True)
class Shelf:
    """All files and the questions about them."""

    files: list[Made]
    questions: list[Question]
    captions: dict[str, str]


def make_shelf(scanned_pages: int = 4) -> Shelf:
    """Everything; the scan is cut to its first pages, because reading pictures takes long."""
    manual, captions = make_manual()
    scan = make_scanned(scanned_pages)
    files = [
        manual,
        scan,
        make_bulletin(),
        make_fault_list(),
        make_faq(),
        make_training(),
        make_mail(),
    ]
    asked = [*_of_manual(manual), *_of_scan(scan), *_of_small_files(files[5])]
    return Shelf(files, asked, captions)


def _of_manual(m: Made) -> Iterator[Question]:
    yield from _tables(m)
    yield from _late_rows(m)
    yield from _merged(m)
    yield from _codes(m)
    yield from _procedures(m)
    yield from _figures(m)
    yield Question("t-rental", "text", "en", "How can I identify machines of the rental fleet?", m.name,
                   m.pages["rental"], ["seal of blue lacquer on the gearbox flange"])  # fmt: skip


def _tables(m: Made) -> Iterator[Question]:
    general = {row[0]: row for row in trade.GENERAL}
    for number, lang, text, name, model in (
        (
            "g1",
            "en",
            "How heavy is the TD-48 without the crate? I need the net mass.",
            "Net mass",
            2,
        ),
        ("g2", "en", "rated power input of TD-22", "Rated power input", 1),
        (
            "g3",
            "de",
            "Welche Absicherung braucht die TD-48? Sicherung der Installation",
            "Fuse of the installation",
            2,
        ),
        (
            "g4",
            "en",
            "refrigerant and charge of the cylinder circuit TD-48",
            "Refrigerant of the cylinder circuit",
            2,
        ),
        ("g5", "zh", "TD-48 的外壳防护等级是多少？", "Protection class of the housing", 2),
    ):
        row = general[name]
        yield Question(
            f"t-{number}",
            "table",
            lang,
            text,
            m.name,
            m.pages[f"general:{name}"],
            [row[model]],
            forbidden=[row[3 - model]],
        )
    cylinder = {row[0]: row for row in trade.CYLINDER}
    for number, lang, text, name, model in (
        ("c1", "en", "What is the volume of one hopper on the TD-22?", "Volume of one hopper", 2),
        ("c2", "en", "TD-48 speed of the beater", "Speed of the beater", 3),
        (
            "c3",
            "es",
            "¿Qué potencia tiene el motor del batidor de la TD-48?",
            "Power of the beater motor",
            3,
        ),
    ):
        row = cylinder[name]
        yield Question(
            f"t-{number}",
            "unruled table",
            lang,
            text,
            m.name,
            m.pages[f"cylinder:{name}"],
            [row[model], row[1]],
            forbidden=[row[5 - model]],
        )
    torque = {row[0]: row for row in trade.TORQUES}
    for number, text, name, model in (
        (
            "n1",
            "Tightening torque for the nuts of the dispensing door, TD-22",
            "Nuts of the dispensing door",
            2,
        ),
        (
            "n2",
            "torque for the grub screw of the V-belt pulley on a TD-48",
            "Grub screw of the V-belt pulley",
            3,
        ),
    ):
        row = torque[name]
        yield Question(
            f"t-{number}",
            "unit in caption",
            "en",
            text,
            m.name,
            m.pages[f"torque:{name}"],
            [row[model]],
            ["Nm"],
            [row[5 - model]],
        )


def _late_rows(m: Made) -> Iterator[Question]:
    rows = {row[0]: row for row in trade.parameters()}
    for number, code, model in (("P93", "TD-48", 5), ("P58", "TD-22", 4), ("P31", "TD-48", 5)):
        row = rows[number]
        other = row[9 - model]
        yield Question(f"l-{number}", "late row", "en", f"What is the default of parameter {number} on the {code}?", m.name,
                       m.pages[f"parameter:{number}"], [row[model], row[3], row[1]],
                       forbidden=[other] if other != row[model] else [])  # fmt: skip
    lots = trade.parts()
    for part in (lots[69], lots[151]):
        yield Question(f"l-part-{part[0]}", "late row", "en", f"What is the part number of the {part[2]}?", m.name,
                       m.pages[f"part:{part[1]}"], [part[1], part[2]])  # fmt: skip
    terminal = ("X4.6", m.pages["terminal:X4.6"])
    yield Question(
        "l-terminal",
        "late row",
        "en",
        "Which cable is on terminal X4.6 in the control box?",
        m.name,
        terminal[1],
        ["X4.6", "W38"],
    )


def _merged(m: Made) -> Iterator[Question]:
    out = {row[0]: row for row in trade.OUTPUT}
    yield Question("m-out1", "merged head", "en", "What output does the TD-48 have at an ambient temperature of 35 °C?", m.name,
                   m.pages["output:35"], [out["35"][2], "kg/h"], forbidden=[out["35"][1], out["30"][2]])  # fmt: skip
    yield Question("m-out2", "merged head", "en", "Power input of the TD-22 at 38 °C ambient temperature", m.name,
                   m.pages["output:38"], [out["38"][3], "kW"], forbidden=[out["38"][4]])  # fmt: skip
    yield Question("m-blades", "merged cell", "en", "At what interval do the scraper blades have to be replaced?", m.name,
                   m.pages["schedule:Replace the scraper blades"], ["600 operating hours"], forbidden=["2500 operating hours"])  # fmt: skip
    yield Question("m-oil", "merged cell", "de", "In welchem Intervall muss das Getriebeöl gewechselt werden?", m.name,
                   m.pages["schedule:Change the gearbox oil"], ["2500 operating hours"], forbidden=["600 operating hours"])  # fmt: skip
    yield Question("m-grease", "merged cell", "en", "Which lubricant goes on the beater bearing and how much?", m.name,
                   m.pages["lubricant:Beater bearing"], ["LG-1", "3 g"])  # fmt: skip
    yield Question("m-rattle", "merged cell", "en", "Rattling noise, what can be the cause?", m.name,
                   m.pages["symptom:Beater inserted the wrong way round"], ["wrong way round"])  # fmt: skip


def _codes(m: Made) -> Iterator[Question]:
    rows = {row[0]: row for row in trade.faults()}
    for code, lang, text in (
        ("E-107", "en", "The display shows E-107, what does it mean?"),
        ("E-202", "de", "Maschine meldet E-202, was tun?"),
        ("E-308", "zh", "机器报 E-308 怎么处理？"),
        ("E-406", "es", "La máquina muestra el error E-406, ¿qué hago?"),
        ("E-412", "en", "fault E-412"),
        ("E-216", "en", "E-216 on our TD-48 since this morning"),
    ):
        row = rows[code]
        yield Question(
            f"e-{code}",
            "fault code",
            lang,
            text,
            m.name,
            m.pages[f"fault:{code}"],
            [row[0], row[1], row[3]],
        )


def _procedures(m: Made) -> Iterator[Question]:
    works = [
        ("en", "How do I sanitise the machine before filling?", SANITISE),
        ("en", "How do I remove the beater and change the scraper blades?", BEATER),
        ("en", "how to change the gearbox oil step by step", GEAR_OIL),
        ("en", "How is new firmware loaded with a USB stick?", FIRMWARE),
        ("en", "How do I unpack the machine and move it to its place?", UNPACK),
        ("en", "How do I level the machine and connect it to the supply?", LEVEL),
        ("en", "How do I replace the shaft seal?", REPLACEMENTS[6]),
        ("en", "How is the filter drier replaced?", REPLACEMENTS[9]),
        ("es", "¿Cómo cambio el ventilador del condensador?", REPLACEMENTS[0]),
        ("en", "replacing the hopper agitator", REPLACEMENTS[16]),
    ]
    for lang, text, work in works:
        pages = sorted({*m.pages[f"work:{work.key}"], *m.pages[f"step:{work.key}:1"]})
        yield Question(f"p-{work.key}", "procedure", lang, text, m.name, pages,
                       [work.warning], steps=[item for item, _ in work.steps],
                       reserved=work is LEVEL)  # fmt: skip


def _figures(m: Made) -> Iterator[Question]:
    for text, key in (
        ("Show me the transport brackets and lifting points", "unpack"),
        ("picture of the control panel with its keys", "panel"),
        ("exploded view of the dispensing door", "exploded"),
        ("diagram of the cooling circuit of the hopper", "circuit-3"),
        ("Where are drain plug A and opening B of the gearbox?", "gearoil"),
        ("Show me a picture of the food area of the TD-48", "description-1"),
    ):
        page = m.pages[f"figure:{key}"]
        begun = m.pages.get(f"work:{key}", [])
        yield Question(
            f"f-{key}",
            "figure",
            "en",
            text,
            m.name,
            [*begun, *page],
            figure=key,
            figure_page=page[0],
        )


def _of_scan(scan: Made) -> Iterator[Question]:
    values = {row[0]: row for row in make_scanned_pdf.PARAMETERS}
    for number, name, model in (
        ("s-1", "每小时产量", 2),
        ("s-2", "进水压力", 1),
        ("s-3", "冷冻缸容积", 2),
    ):
        row = values[name]
        yield Question(number, "scan table", "zh", f"TD-{'22' if model == 1 else '48'} 的{name}是多少？", scan.name,
                       scan.pages[f"parameter:{name}"], [row[model]], forbidden=[row[3 - model]])  # fmt: skip
    yield Question(
        "s-steps",
        "scan procedure",
        "zh",
        "怎么更换刮刀？",
        scan.name,
        scan.pages["steps"],
        steps=make_scanned_pdf.STEPS,
    )
    for code in ("A13", "A32"):
        row = next(item for item in make_scanned_pdf.FAULTS if item[0] == code)
        yield Question(
            f"s-{code}",
            "scan code",
            "zh",
            f"冰淇淋机显示 {code} 是什么故障？",
            scan.name,
            scan.pages[f"fault:{code}"],
            [row[1], row[3]],
        )
    yield Question(
        "s-warranty",
        "scan text",
        "zh",
        "压缩机保修多长时间？",
        scan.name,
        scan.pages["warranty"],
        ["三十六个月"],
        slow=True,
    )


def _of_small_files(slides: Made) -> Iterator[Question]:
    bulletin = "SB-2026-07.docx"
    yield Question(
        "d-1",
        "merged cell",
        "de",
        "Wie groß ist die Riemenspannung bei gebrauchtem Riemen an der TD-48?",
        bulletin,
        [],
        ["29", "Hz"],
        forbidden=["24"],
    )
    yield Question(
        "d-2",
        "merged cell",
        "de",
        "Achsabstand Keilriemen TD-22 Sollwert",
        bulletin,
        [],
        ["186", "mm"],
        forbidden=["214"],
    )
    yield Question(
        "d-3",
        "procedure",
        "de",
        "Wie tausche ich den Keilriemen?",
        bulletin,
        [],
        ["Quetschgefahr"],
        steps=make_bulletin_docx.STEPS,
    )
    yield Question(
        "d-4", "figure", "de", "Bild der Motorwippe mit Spannschraube", bulletin, [], figure="belt"
    )
    rows = {row[1]: row for row in alarms()}
    for code in ("U318", "U605", "U120"):
        row = rows[code]
        yield Question(
            f"x-{code}",
            "sheet row",
            "en",
            f"What does alarm {code} mean and what is to be done?",
            "accessory-alarms.xlsx",
            [],
            [code, row[2], row[6], row[0]],
        )
    row = rows["U411"]
    yield Question(
        "x-limit",
        "sheet row",
        "en",
        "Threshold of alarm U411 for the TD-48",
        "accessory-alarms.xlsx",
        [],
        [f"{row[4]:g}", "V"],
        forbidden=[f"{row[3]:g}"],
    )
    yield Question(
        "h-1",
        "web page",
        "es",
        "¿Por qué sale el helado demasiado blando?",
        "faq.html",
        [],
        ["umbral de viscosidad un 5 %"],
    )
    yield Question(
        "h-2",
        "merged cell",
        "es",
        "¿Cuánto dura la garantía del compresor de la TD-48 en Canarias?",
        "faq.html",
        [],
        ["40 meses"],
        forbidden=["30 meses"],
    )
    yield Question(
        "w-1",
        "slides",
        "en",
        "Which tool number is the belt tester?",
        slides.name,
        slides.pages["tools"],
        ["W-347"],
    )
    yield Question(
        "w-2",
        "slides",
        "en",
        "Scraper blades thinner than what are worn?",
        slides.name,
        slides.pages["wear"],
        ["4.2 mm"],
    )
    yield Question(
        "w-3",
        "figure",
        "en",
        "picture of the blade gauge on the scraper blade",
        slides.name,
        slides.pages["gauge"],
        figure="gauge",
        figure_page=4,
    )
    yield Question(
        "a-1",
        "mail",
        "en",
        "Which button cell does the main board take from serial 48-05000?",
        "mail-0504.eml",
        [],
        ["CR2477"],
    )
    yield Question(
        "a-2",
        "mail",
        "en",
        "delivery time in days of the castor with brake 7415-22",
        "delivery.csv",
        [],
        ["21"],
    )


def write_questions() -> None:
    lines = [json.dumps(asdict(item), ensure_ascii=False) for item in make_shelf().questions]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_questions()
