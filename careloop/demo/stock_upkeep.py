"""The demo company's tree of locations, labels, substitutes, kits and rules of approval."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.inventory import codes, queries, upkeep
from careloop.crm_core.inventory.upkeep_schemas import (
    KitLine,
    PutKit,
    PutLocation,
    PutSubstitute,
    SetRules,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.money import Money

TREE = {
    "Shenzhen": ("深圳中心仓", ""),
    "Shanghai": ("上海区域仓", "Shenzhen"),
    "Munich": ("Regionallager München", "Shenzhen"),
    "Boston": ("Boston regional warehouse", "Shenzhen"),
    "Beijing": ("北京网点", "Shanghai"),
    "Wuhan": ("武汉网点", "Shanghai"),
    "Singapore": ("Singapore depot", "Shanghai"),
    "Madrid": ("Depósito de Madrid", "Munich"),
    "São Paulo": ("Depósito São Paulo", "Boston"),
    "Van E-01": ("何启明的备件车", "Shenzhen"),
    "Van E-02": ("吴子衿的备件车", "Shenzhen"),
    "Van E-03": ("徐若谷的备件车", "Shanghai"),
    "Van E-04": ("韩北辰的备件车", "Beijing"),
    "Van E-05": ("田汉阳的备件车", "Wuhan"),
    "Van E-06": ("Servicefahrzeug Lukas Brandeis", "Munich"),
    "Van E-07": ("Furgoneta de Marisol Cifuera", "Madrid"),
    "Van E-08": ("Van of Alec Winterbourne", "Boston"),
}
LOTTED = ("YP-CL-1202", "YP-CH-6002", "YP-OP-4201")
NAMED = ("YP-EV-1001", "YP-LS-4001", "YP-CM-4101")
SUBSTITUTES = (
    ("YP-PW-3002", "YP-PW-3001", False, "20 A 可代替 10 A，反之不可"),
    ("YP-SD-3201", "YP-SD-3202", False, "容量更大，需重新写入系统镜像"),
    ("YP-CL-1202", "YP-CH-6002", True, "同一配方，仅包装容量不同"),
)
KITS = (
    ("KIT-GS2000-PM", "GS-2000 年度保养套件",
     (("YP-FL-2101", 2), ("YP-FC-5001", 1), ("YP-TB-5301", 1))),
    ("KIT-SP96-PM", "SP-96 年度保养套件", (("YP-PH-7003", 1), ("YP-GR-7201", 1))),
)  # fmt: skip
DEMO_PREFIX = "952"
"""GS1 keeps this prefix for demonstrations and examples."""


def arrange(session: Session, actor: Actor) -> None:
    """Put the locations into their tree, label the parts, set substitutes, kits and rules."""
    known = {row.code for row in queries.location_rows(session, actor)}
    for code, (name, parent) in TREE.items():
        if code in known:
            engineer = code.removeprefix("Van ") if code.startswith("Van ") else None
            upkeep.put_location(
                session, actor,
                PutLocation(code=code, name=name, parent=parent, engineer=engineer),
            )  # fmt: skip
    for place, part in enumerate(queries.parts_called(session, actor, None), 1):
        part.gtin = codes.gtin14(demo_gtin(place)) or ""
        part.tracking = "lot" if part.number in LOTTED else part.tracking
        part.tracking = "serial" if part.number in NAMED else part.tracking
        part.touch(now(session))
    session.flush()
    for part_number, other, both, note in SUBSTITUTES:
        rule = PutSubstitute(part=part_number, substitute=other, both_ways=both, note=note)
        upkeep.put_substitute(session, actor, rule)
    for code, name, lines in KITS:
        kit = PutKit(
            code=code, name=name, lines=[KitLine(part=part, quantity=n) for part, n in lines]
        )
        upkeep.put_kit(session, actor, kit)
    limit = Money.of(50_000, "CNY")
    upkeep.set_rules(session, actor, SetRules(second_approval_above=limit, reservation_hours=168))


def demo_gtin(place: int) -> str:
    """A GTIN-13 of the range for examples, with its check digit."""
    digits = f"{DEMO_PREFIX}0472{place:05d}"
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits))
    return digits + str(-total % 10)
