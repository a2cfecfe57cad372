"""The demo company's master data holds together, and the committed files are current."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import phonenumbers
import pytest

from careloop.demo.faults import LANGUAGES, load_catalogue
from careloop.demo.generate import DATA, main, master_data
from careloop.demo.source_tables import SOURCES, read_rows

Table = list[dict[str, str]]
SIZES = {
    "customers": 60,
    "contacts": 90,
    "products": 8,
    "parts": 60,
    "assets": 150,
    "contracts": 70,
    "engineers": 8,
    "staff": 12,
    "tickets": 300,
}
SERIAL = {
    "GS-200": "GS200",
    "GS-2000": "GS2000",
    "GS-2000 Pro": "GS2KP",
    "GS-8000": "GS8000",
    "SP-96": "SP96",
    "SP-384": "SP384",
    "NE-32": "NE32",
    "LC-10": "LC10",
}
COUNTRIES = {"CN", "US", "DE", "ES", "MX", "BR", "FR", "JP"}
OPEN_STATES = {"new", "assigned", "in_progress", "waiting_customer", "waiting_parts"}
CONFUSABLE = [set("0O8"), set("8BS5"), set("17I"), set("38"), set("BSH")]


@pytest.fixture(scope="module")
def data() -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for path in sorted(DATA.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            tables[path.stem] = list(csv.DictReader(lines))
    return tables


def keys(table: Table, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in table]


def part_numbers(cell: str) -> list[str]:
    return [item.split(":")[0] for item in cell.split(";") if item]


def test_regenerating_gives_the_committed_bytes() -> None:
    regenerated = {name: text.encode() for name, text in master_data().items()}
    committed = {path.name: path.read_bytes() for path in DATA.glob("*.csv")}
    assert regenerated == committed


def test_another_seed_gives_another_history_of_the_same_size() -> None:
    other = master_data(seed=7)
    assert other["customers.csv"] == master_data()["customers.csv"]
    assert other["tickets.csv"] != master_data()["tickets.csv"]
    assert len(list(csv.DictReader(other["tickets.csv"].splitlines()))) == SIZES["tickets"]


def test_main_writes_every_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(tmp_path / "out")
    assert {p.name for p in (tmp_path / "out").iterdir()} == {p.name for p in DATA.glob("*.csv")}
    assert "tickets.csv: 300 rows" in capsys.readouterr().out


def test_sizes(data: dict[str, Table]) -> None:
    assert {name: len(data[name]) for name in SIZES} == SIZES
    assert {row["country"] for row in data["customers"]} == COUNTRIES
    assert {row["level"] for row in data["stock"]} == {"centre", "region", "depot", "van"}


def test_keys_are_unique(data: dict[str, Table]) -> None:
    for name, columns in {
        "customers": ("number",),
        "contacts": ("email",),
        "products": ("model",),
        "parts": ("number",),
        "bom": ("model", "part"),
        "assets": ("serial",),
        "contracts": ("number",),
        "engineers": ("code",),
        "staff": ("email",),
        "stock": ("location", "part"),
        "tickets": ("number",),
    }.items():
        doubled = [k for k, n in Counter(keys(data[name], *columns)).items() if n > 1]
        assert not doubled, (name, doubled)
    assert max(Counter(row["phone"] for row in data["contacts"]).values()) == 1


def test_references(data: dict[str, Table]) -> None:
    customers = {row["number"] for row in data["customers"]}
    parts = {row["number"] for row in data["parts"]}
    models = {row["model"] for row in data["products"]}
    assets = {row["serial"]: row for row in data["assets"]}
    contracts = {row["number"]: row for row in data["contracts"]}
    contacts = {row["email"]: row for row in data["contacts"]}
    assert {row["customer"] for row in data["contacts"]} == customers
    assert {row["customer"] for row in data["assets"]} == customers
    assert {row["customer"] for row in data["contracts"]} <= customers
    assert {row["part"] for row in data["bom"]} == parts
    assert {row["model"] for row in data["bom"]} == models
    assert {row["part"] for row in data["stock"]} == parts
    for row in data["assets"]:
        assert row["model"] in models
        if row["contract"]:
            assert contracts[row["contract"]]["customer"] == row["customer"]
    for row in data["tickets"]:
        assert assets[row["asset"]]["customer"] == row["customer"]
        assert contacts[row["contact_email"]]["customer"] == row["customer"]
        assert contacts[row["contact_email"]]["language"] == row["language"]


def test_parts_used_are_fitted_to_the_model(data: dict[str, Table]) -> None:
    bom = {(row["model"], row["part"]): int(row["quantity"]) for row in data["bom"]}
    model = {row["serial"]: row["model"] for row in data["assets"]}
    for row in data["tickets"]:
        for item in filter(None, row["parts_used"].split(";")):
            part, quantity = item.split(":")
            assert 1 <= int(quantity) <= bom[model[row["asset"]], part], row["number"]


def test_serial_patterns(data: dict[str, Table]) -> None:
    for row in data["assets"]:
        assert re.fullmatch(SERIAL[row["model"]] + r"-\d\d[BSH]\d{4}", row["serial"])
        year = int(row["serial"].partition("-")[2][:2])
        assert row["shipped_on"].startswith(str(2000 + year))


def test_look_alike_serials_belong_to_different_customers(data: dict[str, Table]) -> None:
    owner = {row["serial"]: row["customer"] for row in data["assets"]}
    pairs: dict[str, list[str]] = {}
    for row in read_rows(SOURCES / "lookalike_assets.csv"):
        pairs.setdefault(row["pair"], []).append(row["serial"])
        assert owner[row["serial"]] == row["customer"]
    assert len(pairs) >= 10
    for one, other in pairs.values():
        assert owner[one] != owner[other]
        if len(one) != len(other):
            assert one.replace("GS2000", "GS200") == other.replace("GS2000", "GS200")
            continue
        differ = [{a, b} for a, b in zip(one, other, strict=True) if a != b]
        assert 1 <= len(differ) <= 2
        swapped = sorted(one) == sorted(other)
        assert swapped or all(any(d <= group for group in CONFUSABLE) for d in differ), (one, other)


def test_codes_and_numbers_have_their_form(data: dict[str, Table]) -> None:
    assert all(re.fullmatch(r"YP-[A-Z]{2}-\d{4}", row["number"]) for row in data["parts"])
    assert all(re.fullmatch(r"SC-20\d\d-\d{4}", row["number"]) for row in data["contracts"])
    for row in data["tickets"]:
        assert row["number"].startswith(f"TK-{row['created_at'][:4]}-")
        assert re.fullmatch(r"TK-20\d\d-\d{6}", row["number"])
    mails = keys(data["contacts"], "email") + keys(data["staff"], "email")
    assert all(mail.isascii() and mail.endswith(".example") for (mail,) in mails)
    for row in data["contacts"] + data["engineers"]:
        assert phonenumbers.is_valid_number(phonenumbers.parse(row["phone"])), row["phone"]


def test_dates_are_in_order(data: dict[str, Table]) -> None:
    installed = {row["serial"]: date.fromisoformat(row["installed_on"]) for row in data["assets"]}
    for row in data["assets"]:
        assert row["shipped_on"] < row["installed_on"] < row["warranty_until"]
        assert row["installed_on"] <= "2026-11-20"
    assert all(row["starts_on"] < row["ends_on"] for row in data["contracts"])
    for row in data["tickets"]:
        created = datetime.fromisoformat(row["created_at"])
        assert "2024-01-01" <= row["created_at"] <= "2026-11-20T10:00:00Z"
        if row["type"] != "installation":
            assert created.date() >= installed[row["asset"]]
        if row["closed_at"]:
            assert row["created_at"] < row["closed_at"] <= "2026-11-20T10:00:00Z"
    for before, after in pairwise(data["tickets"]):
        assert before["created_at"] <= after["created_at"]


def test_warranty_follows_the_model(data: dict[str, Table]) -> None:
    months = {row["model"]: int(row["warranty_months"]) for row in data["products"]}
    for row in data["assets"]:
        start, end = (date.fromisoformat(row[c]) for c in ("installed_on", "warranty_until"))
        assert (end.year - start.year) * 12 + end.month - start.month == months[row["model"]]


def test_states_of_tickets(data: dict[str, Table]) -> None:
    states = Counter(row["state"] for row in data["tickets"])
    assert states["closed"] == 280
    assert set(states) == OPEN_STATES | {"closed"}
    for row in data["tickets"]:
        is_open = row["state"] != "closed"
        assert (row["closed_at"] == "") == is_open
        if is_open:
            assert not (row["true_fault"] or row["cause"] or row["remedy"] or row["parts_used"])
        if row["state"] == "new":
            assert not (row["engineer"] or row["first_diagnosis"])
        elif is_open:
            assert row["engineer"] and row["first_diagnosis"]
        if row["type"] == "incident" and not is_open:
            assert row["true_fault"] and row["first_diagnosis"] and row["component"]


def test_engineers_are_known_and_skilled(data: dict[str, Table]) -> None:
    skills = {row["code"]: row["skills"].split(";") for row in data["engineers"]}
    family = {row["model"]: row["family"] for row in data["products"]}
    model = {row["serial"]: row["model"] for row in data["assets"]}
    for row in data["tickets"]:
        if row["engineer"]:
            assert family[model[row["asset"]]] in skills[row["engineer"]], row["number"]
        assert int(row["visits"]) == 0 or row["engineer"]


def test_share_of_wrong_first_diagnoses(data: dict[str, Table]) -> None:
    known = [row for row in data["tickets"] if row["true_fault"]]
    wrong = [row for row in known if row["first_diagnosis"] != row["true_fault"]]
    assert 0.20 <= len(wrong) / len(known) <= 0.35
    right = [row for row in known if row not in wrong]

    def mean_visits(rows: Table) -> float:
        return sum(int(row["visits"]) for row in rows) / len(rows)

    assert mean_visits(wrong) > mean_visits(right) + 0.4


def test_faults_fit_the_model_and_the_catalogue(data: dict[str, Table]) -> None:
    catalogue = load_catalogue()
    parts = {row["number"] for row in data["parts"]}
    needed = {need.part for fault in catalogue.faults.values() for need in fault.needs}
    assert needed == parts, "every part mends some fault, and every fault names real parts"
    model = {row["serial"]: row["model"] for row in data["assets"]}
    for row in data["tickets"]:
        for fault in filter(None, (row["first_diagnosis"], row["true_fault"])):
            assert model[row["asset"]] in catalogue.faults[fault].models, row["number"]


def test_every_symptom_can_be_told_in_every_language() -> None:
    catalogue = load_catalogue()
    shown = {name for fault in catalogue.faults.values() for name in fault.symptoms}
    assert shown == set(catalogue.symptoms)
    for symptom in catalogue.symptoms:
        for language in LANGUAGES:
            assert len(catalogue.wordings[symptom, language]) >= 1, (symptom, language)


def test_channels_reach_the_contact(data: dict[str, Table]) -> None:
    contacts = {row["email"]: row for row in data["contacts"]}
    for row in data["tickets"]:
        if row["channel"] in ("wechat", "whatsapp"):
            assert contacts[row["contact_email"]][row["channel"]]


def test_no_placeholder_is_left(data: dict[str, Table]) -> None:
    for table in data.values():
        assert not [row for row in table if any("{" in cell for cell in row.values())]


def test_stock_levels(data: dict[str, Table]) -> None:
    for row in data["stock"]:
        assert 0 <= int(row["quantity"]) <= int(row["max"])
        assert 1 <= int(row["min"]) < int(row["max"])
    assert any(int(row["quantity"]) < int(row["min"]) for row in data["stock"])
    centre = {row["part"] for row in data["stock"] if row["level"] == "centre"}
    assert centre == {row["number"] for row in data["parts"]}
    vans = {row["location"] for row in data["stock"] if row["level"] == "van"}
    assert vans == {f"Van {row['code']}" for row in data["engineers"]}


def test_parts_cells_are_numbers_of_parts(data: dict[str, Table]) -> None:
    known = {row["number"] for row in data["parts"]}
    for row in data["tickets"]:
        assert set(part_numbers(row["parts_used"])) <= known
