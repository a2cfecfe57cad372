"""One file per device: its components, meters, moves, and what stays on file of each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session

from careloop.crm_core.assets import (
    component_queries,
    meter_queries,
    meters,
    queries,
    service,
    timeline_queries,
)  # fmt: skip
from careloop.crm_core.assets.component_schemas import (
    AddComponent,
    ChangeComponent,
    RemoveComponent,
    ReplaceComponent,
    Replacement,
)  # fmt: skip
from careloop.crm_core.assets.errors import CommandMismatch, ComponentTaken, PositionTaken
from careloop.crm_core.assets.meter_models import MeterKind, ReadingKind
from careloop.crm_core.assets.meter_schemas import AddMeter, NoteReading
from careloop.crm_core.assets.models import AssetStatus
from careloop.crm_core.assets.schemas import (
    ChangeAsset,
    ChangeFirmware,
    CreateAsset,
    MoveAsset,
    RotateCode,
    SetStatus,
    TransferAsset,
)  # fmt: skip
from careloop.crm_core.catalog.models import Part, ProductModel
from careloop.crm_core.customers.models import Customer
from careloop.kit.actor import Actor
from careloop.kit.clock import Clock, FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, InvalidInput, NotFound, VersionConflict
from careloop.kit.ids import new_id

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
FITTED = datetime(2024, 1, 10, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return FixedClock(NOW)


@pytest.fixture
def device(database: Database, tenant: str, admin: Actor) -> str:
    """A device with a laser in its optics."""
    with database.write() as session:
        session.add_all([
            ProductModel(tenant_id=tenant, model="PX-100", warranty_months=24),
            *(
                Part(tenant_id=tenant, number=name, names={"en": name})
                for name in ("LASER", "OPTICS", "FAN")
            ),
            *(Customer(tenant_id=tenant, id=f"customer-{n}", number=n, name=n) for n in "AB"),
        ])  # fmt: skip
        session.flush()
        made = service.create_asset(
            session, admin,
            CreateAsset(
                serial="PX100-0001", model="PX-100", status=AssetStatus.INSTALLED,
                installed_on=date(2024, 1, 31), customer_id="customer-A",
                configuration={"lanes": 2, "cooled": True, "head": "x", "gain": 1.5},
            ),
        )  # fmt: skip
        for position, parent, part, serial in (
            ("optics", "", "OPTICS", ""), ("optics/laser", "optics", "LASER", "L-1"),
        ):  # fmt: skip
            service.add_component(
                session, admin,
                AddComponent(
                    serial=made.serial, position=position, parent=parent, part=part,
                    serial_in=serial, happened_at=FITTED,
                ),
            )  # fmt: skip
        return made.serial


def swap(**given: Any) -> ReplaceComponent:
    return ReplaceComponent(serial="PX100-0001", **given)


def act(database: Database, admin: Actor, call: Any, command: BaseModel) -> Any:
    with database.write() as session:
        return call(session, admin, command)


def test_a_new_device_has_warranty_types_and_a_code_nobody_guesses(
    database: Database, admin: Actor, device: str
) -> None:
    with database.read() as session:
        row = queries.asset(session, admin, device)
        assert row.warranty_until == date(2026, 1, 31)
        assert row.configuration == {"lanes": 2, "cooled": True, "head": "x", "gain": 1.5}
        assert len(row.public_code) >= 16
        assert queries.by_public_code(session, row.public_code) is row
        assert queries.by_public_code(session, row.public_code[:-1]) is None
    with pytest.raises(Conflict, match="on file"):
        act(
            database, admin, service.create_asset,
            CreateAsset(serial="px100 0001", model="PX-100"),
        )  # fmt: skip
    for bad in ("a/b1", "a?1", "  ", "--"):
        with pytest.raises(ValidationError):
            CreateAsset(serial=bad, model="PX-100")


def test_a_replacement_keeps_both_serials_and_acts_once(
    database: Database, admin: Actor, device: str
) -> None:
    command = swap(
        serial_out="l-1", serial_in="L-2", lot_in="K7", reason="dim", work_order="WO-1",
        command_id="phone-00001", happened_at=NOW - timedelta(days=3),
    )  # fmt: skip
    first: Replacement = act(database, admin, service.replace_component, command)
    again: Replacement = act(database, admin, service.replace_component, command)
    assert again == first
    assert first.removed is not None
    assert (first.removed.serial, first.fitted.serial) == ("L-1", "L-2")
    assert first.removed.removed_at == first.fitted.fitted_at
    assert first.removed.replaced_by == first.fitted.id
    assert first.fitted.replaces == first.removed.id
    with pytest.raises(CommandMismatch):
        act(
            database, admin, service.replace_component,
            command.model_copy(update={"serial_in": "L-3"}),
        )  # fmt: skip
    with database.read() as session:
        (old,) = component_queries.found_by_serial(session, admin, "L-1")
        assert old.device == device
        assert old.component.removed_on == date(2026, 11, 19)
        assert [row.serial for row in queries.assets(session, admin, q="L-1")] == [device]
        row = queries.asset(session, admin, device)
        (top,) = component_queries.tree(session, row)
        assert [(node.serial, [item.serial for item in node.earlier]) for node in top.children] == [
            ("L-2", ["L-1"])
        ]
        (past,) = component_queries.tree(session, row, NOW - timedelta(days=10))
        assert past.children[0].serial == "L-1"


def test_what_the_books_contradict_is_refused_by_name(
    database: Database, admin: Actor, device: str
) -> None:
    refused: list[tuple[type[Exception], str, ReplaceComponent]] = [
        (Conflict, "holds L-1", swap(position="optics/laser", serial_out="L-9", serial_in="L-2")),
        (NotFound, "add it first", swap(serial_out="L-9", serial_in="L-2")),
        (InvalidInput, "replaces nothing", swap(serial_out="L-1", serial_in="l 1")),
        (InvalidInput, "after that", swap(serial_out="L-1", happened_at=FITTED - timedelta(1))),
        (InvalidInput, "future", swap(serial_out="L-1", happened_at=NOW + timedelta(hours=1))),
        (InvalidInput, "Say which", swap(serial_in="L-2")),
        (InvalidInput, "no part", swap(serial_out="L-1", part="NONE")),
    ]
    for kind, words, command in refused:
        with pytest.raises(kind, match=words):
            act(database, admin, service.replace_component, command)
    with pytest.raises(PositionTaken):
        act(
            database, admin, service.add_component,
            AddComponent(serial=device, position="optics", part="OPTICS"),
        )  # fmt: skip
    act(database, admin, service.create_asset, CreateAsset(serial="PX100-0002", model="PX-100"))
    with pytest.raises(ComponentTaken, match="PX100-0001"):
        act(
            database, admin, service.add_component,
            AddComponent(serial="PX100-0002", position="laser", part="LASER", serial_in="L-1"),
        )  # fmt: skip


def test_a_part_that_nobody_listed_is_noted_as_removed_all_the_same(
    database: Database, admin: Actor, device: str
) -> None:
    told: Replacement = act(
        database, admin, service.replace_component,
        swap(part="FAN", serial_out="F-1", serial_in="F-2", fit_if_absent=True),
    )  # fmt: skip
    assert told.removed is not None
    assert (told.removed.serial, told.removed.fitted_on) == ("F-1", date(2024, 1, 31))
    assert (told.fitted.position, told.fitted.serial) == ("FAN", "F-2")


def test_a_tree_has_no_cycle_and_nothing_is_left_hanging(
    database: Database, admin: Actor, device: str
) -> None:
    with database.read() as session:
        row = queries.asset(session, admin, device)
        ids = {item.position: item.id for item in component_queries.fitted(session, row)}
    outer = ids["optics"]
    with pytest.raises(InvalidInput, match="cannot sit in"):
        act(
            database, admin, service.change_component,
            ChangeComponent(serial=device, component_id=outer, parent="optics/laser"),
        )  # fmt: skip
    with pytest.raises(Conflict, match="sit in"):
        act(
            database, admin, service.remove_component,
            RemoveComponent(serial=device, component_id=outer),
        )  # fmt: skip
    # A module is replaced and what sits in it stays where it is.
    act(database, admin, service.replace_component, swap(component_id=outer))
    with database.read() as session:
        (top,) = component_queries.tree(session, queries.asset(session, admin, device))
        assert [node.position for node in top.children] == ["optics/laser"]
        assert len(top.earlier) == 1


Step = tuple[str, int, int]


@given(
    st.lists(
        st.tuples(st.sampled_from(["fit", "swap", "remove"]), st.integers(0, 2), st.integers(0, 9)),
        max_size=25,
    )
)
@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_at_any_time_a_position_holds_one_component_and_history_only_grows(
    database: Database, admin: Actor, device: str, steps: list[Step]
) -> None:
    serial = f"PX100-{new_id()}"
    act(database, admin, service.create_asset, CreateAsset(serial=serial, model="PX-100"))
    at, seen = FITTED, 0
    for number, (kind, place, pause) in enumerate(steps):
        at += timedelta(days=pause)
        with database.write() as session:
            try:
                _step(session, admin, serial, kind, f"slot {place}", f"{serial}-{number}", at)
            except (PositionTaken, NotFound):
                continue
            rows = component_queries.all_of(session, queries.asset(session, admin, serial))
            assert len(rows) >= seen
            seen = len(rows)
    with database.read() as session:
        row = queries.asset(session, admin, serial)
        rows = component_queries.all_of(session, row)
        edges = {item.fitted_at for item in rows} | {item.removed_at or at for item in rows}
        for edge in edges:
            present = [item.position for item in component_queries.fitted(session, row, edge)]
            assert len(present) == len(set(present))
        for item in rows:
            if item.replaced_by:
                heir = component_queries.component(session, row, item.replaced_by)
                assert (heir.fitted_at, heir.replaces) == (item.removed_at, item.id)


def _step(
    session: Session, admin: Actor, serial: str, kind: str, position: str, part: str, at: datetime
) -> None:
    if kind == "fit":
        service.add_component(
            session, admin,
            AddComponent(serial=serial, position=position, serial_in=part, happened_at=at),
        )  # fmt: skip
    elif kind == "swap":
        service.replace_component(
            session, admin,
            ReplaceComponent(serial=serial, position=position, serial_in=part, happened_at=at),
        )  # fmt: skip
    else:
        row = queries.asset(session, admin, serial)
        item = component_queries.in_position(session, row, position)
        if item is not None:
            service.remove_component(
                session, admin,
                RemoveComponent(serial=serial, component_id=item.id, happened_at=at),
            )  # fmt: skip


def reading(value: str, day: int, kind: ReadingKind = ReadingKind.READING, **more: Any) -> Any:
    return NoteReading(
        serial="PX100-0001", meter="hours", value=Decimal(value), kind=kind,
        read_at=datetime(2026, 1, day, tzinfo=UTC), **more,
    )  # fmt: skip


def test_a_counter_only_rises_and_its_total_goes_on(
    database: Database, admin: Actor, device: str
) -> None:
    def note(command: NoteReading) -> float:
        told: float = act(database, admin, meters.note_reading, command).total
        return told

    act(
        database, admin, meters.add_meter,
        AddMeter(serial=device, name="hours", unit="h", feeds_usage=True, rollover_at=1000),
    )  # fmt: skip
    assert note(reading("900", 1)) == 900
    assert note(reading("990", 10, command_id="phone-1")) == 990
    assert note(reading("990", 10, command_id="phone-1")) == 990
    assert note(reading("940", 5)) == 940, "late, but between its neighbours"
    for value, day in (("989", 12), ("995", 9)):
        with pytest.raises(InvalidInput):
            note(reading(value, day))
    with pytest.raises(InvalidInput, match="starts anew"):
        note(reading("1000", 12))
    assert note(reading("20.5", 13, ReadingKind.ROLLOVER)) == 1020.5
    assert note(reading("3", 14, ReadingKind.REPLACED)) == 1023.5
    with pytest.raises(InvalidInput, match="replaced"):
        late = datetime(2026, 1, 13, 12, tzinfo=UTC)
        note(reading("30", 13).model_copy(update={"read_at": late}))
    with pytest.raises(Conflict):
        note(reading("4", 14))
    with database.read() as session:
        row = queries.asset(session, admin, device)
        assert row.usage_hours == 1023
        assert meter_queries.meter(session, row, "hours").last_value == 3
    with pytest.raises(Conflict, match="operating hours"):
        act(database, admin, meters.add_meter, AddMeter(serial=device, name="x", feeds_usage=True))
    with pytest.raises(InvalidInput):
        act(
            database, admin, meters.add_meter,
            AddMeter(serial=device, name="t", kind=MeterKind.GAUGE, feeds_usage=True),
        )  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 50)), min_size=1, max_size=15))
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_readings_in_any_order_never_run_backwards(
    database: Database, admin: Actor, device: str, told: list[tuple[int, int]]
) -> None:
    name = new_id()
    act(database, admin, meters.add_meter, AddMeter(serial=device, name=name))
    for day, value in told:
        with database.write() as session:
            try:
                meters.note_reading(
                    session, admin,
                    NoteReading(
                        serial=device, meter=name, value=Decimal(value),
                        read_at=FITTED + timedelta(days=day),
                    ),
                )  # fmt: skip
            except (InvalidInput, Conflict):
                continue
    with database.read() as session:
        meter = meter_queries.meter(session, queries.asset(session, admin, device), name)
        rows = list(reversed(meter_queries.readings(session, meter, limit=100)))
        assert [row.value for row in rows] == sorted(row.value for row in rows)
        assert [row.total for row in rows] == [row.value for row in rows]
        assert meter.last_value == rows[-1].value


def test_status_follows_its_arrows(database: Database, admin: Actor, device: str) -> None:
    with pytest.raises(Conflict, match="decommissioned, returned"):
        act(database, admin, service.set_status, SetStatus(serial=device, status="in_stock"))
    gone = act(
        database, admin, service.set_status,
        SetStatus(serial=device, status="decommissioned", on=date(2026, 11, 1), reason="scrapped"),
    )  # fmt: skip
    assert gone.decommissioned_on == date(2026, 11, 1)
    back = act(database, admin, service.set_status, SetStatus(serial=device, status="returned"))
    assert back.decommissioned_on is None
    with pytest.raises(VersionConflict):
        act(
            database, admin, service.set_status,
            SetStatus(serial=device, status="in_stock", version=1),
        )  # fmt: skip


def test_a_new_owner_gets_the_device_without_the_old_contract(
    database: Database, admin: Actor, device: str
) -> None:
    act(
        database, admin, service.change_asset,
        ChangeAsset(serial=device, contract_number="SC-1", name="Lab 3"),
    )  # fmt: skip
    act(database, admin, service.move_asset, MoveAsset(serial=device, site="Basement"))
    told = act(
        database, admin, service.transfer_asset,
        TransferAsset(serial=device, customer_id="customer-B"),
    )  # fmt: skip
    assert (told.customer_id, told.contract_number, told.site, told.name) == (
        "customer-B", "", "", "",
    )  # fmt: skip
    with pytest.raises(Conflict, match="owns the device already"):
        act(
            database, admin, service.transfer_asset,
            TransferAsset(serial=device, customer_id="customer-B"),
        )  # fmt: skip
    with database.read() as session:
        kinds = [row.kind for row in queries.facts(session, queries.asset(session, admin, device))]
    assert sorted(kinds) == ["contract", "contract", "owner", "registered", "site", "site"]


def test_firmware_is_a_dated_fact(database: Database, admin: Actor, device: str) -> None:
    for version, days in (("3.1", 30), ("3.2", 2)):
        act(
            database, admin, service.change_firmware,
            ChangeFirmware(serial=device, firmware=version, happened_at=NOW - timedelta(days=days)),
        )  # fmt: skip
    with pytest.raises(Conflict, match="later"):
        act(
            database, admin, service.change_firmware,
            ChangeFirmware(serial=device, firmware="3.0", happened_at=NOW - timedelta(days=9)),
        )  # fmt: skip
    with database.read() as session:
        row = queries.asset(session, admin, device)
        assert row.firmware == "3.2"
        told = [fact.data for fact in queries.facts(session, row, ["firmware"])]
    assert told == [{"before": "3.1", "after": "3.2"}, {"before": "", "after": "3.1"}]


def test_a_rotated_code_opens_nothing(database: Database, admin: Actor, device: str) -> None:
    with database.read() as session:
        old = queries.asset(session, admin, device).public_code
    told = act(database, admin, service.rotate_code, RotateCode(serial=device))
    with database.read() as session:
        assert queries.by_public_code(session, old) is None
        found = queries.by_public_code(session, told.public_code)
        assert found is not None and found.serial == device


def test_a_system_is_not_in_itself(database: Database, admin: Actor, device: str) -> None:
    act(
        database, admin, service.create_asset,
        CreateAsset(serial="PX100-0003", model="PX-100", parent=device),
    )  # fmt: skip
    with pytest.raises(InvalidInput, match="is in it"):
        act(database, admin, service.change_asset, ChangeAsset(serial=device, parent="PX100-0003"))


@pytest.mark.parametrize("size", [1, 3, 50])
def test_the_timeline_is_the_same_whole_or_in_pages(
    database: Database, admin: Actor, device: str, size: int
) -> None:
    same = NOW - timedelta(days=1)
    act(database, admin, meters.add_meter, AddMeter(serial=device, name="hours"))
    act(database, admin, service.replace_component, swap(serial_out="L-1", happened_at=same))
    act(
        database, admin, service.change_firmware,
        ChangeFirmware(serial=device, firmware="9", happened_at=same),
    )  # fmt: skip
    act(
        database, admin, meters.note_reading,
        NoteReading(serial=device, meter="hours", value=Decimal(5), read_at=same),
    )  # fmt: skip
    with database.read() as session:
        row = queries.asset(session, admin, device)
        whole = [place for place, _ in timeline_queries.own_entries(session, row, None, 100)]
        paged, before = [], None
        while page := timeline_queries.own_entries(session, row, before, size):
            paged.extend(place for place, _ in page)
            before = paged[-1]
    assert len(whole) == 5
    assert paged == whole == sorted(whole, reverse=True)
