"""The demo maker's rates, price lists, rules of billing and offers. All figures are invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

RULES: dict[str, Any] = {
    "currency": "CNY", "calendar": "CN",
    "calendars": {code: code for code in ("CN", "DE", "ES", "FR", "US", "MX", "BR", "JP")},
    "approval_above": [
        {"amount": "50000", "currency": "CNY"}, {"amount": "6000", "currency": "EUR"},
    ],
    "taxes": [
        {"code": "CN-13", "name": "增值税（货物）", "rate": "13"},
        {"code": "CN-6", "name": "增值税（服务）", "rate": "6"},
        {"code": "EXPORT", "name": "Export, not taxed", "rate": "0"},
    ],
    "series": [
        {"code": "INV", "kind": "invoice", "name": "账单"},
        {"code": "CN", "kind": "credit_note", "name": "红字账单"},
    ],
    "seller": {
        "name": "Yaopu Biosystems", "address": "示例路 1 号\n深圳", "tax_number": "DEMO-0001",
        "bank": "示例银行 · 账户 0000 0000 0000（演示）", "note": "演示数据，非真实票据",
    },
}  # fmt: skip


def _rate(kind: str, amount: int, currency: str = "CNY", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "amount": {"amount": str(amount), "currency": currency}, **more}


RATES = (
    *(_rate("labour", 120 + 40 * level, level=level, hours="normal") for level in (1, 2, 3)),
    *(_rate("labour", 180 + 60 * level, level=level, hours="overtime") for level in (1, 2, 3)),
    _rate("labour", 420, hours="night"), _rate("labour", 480, hours="holiday"),
    _rate("labour", 160), _rate("travel_time", 90), _rate("travel_km", 2), _rate("call_out", 60),
    *(_rate("labour", 52, "EUR", country=code) for code in ("DE", "FR", "ES")),
    *(_rate("travel_time", 38, "EUR", country=code) for code in ("DE", "FR", "ES")),
)  # fmt: skip

EXCHANGE = (
    ("EUR", "7.8150"), ("USD", "7.1020"), ("EUR", "7.7920"), ("USD", "7.1180"),
    ("EUR", "7.8430"), ("USD", "7.1260"), ("EUR", "7.8010"), ("USD", "7.1090"),
    ("EUR", "7.7680"), ("USD", "7.1330"), ("EUR", "7.7450"), ("USD", "7.1410"),
)  # fmt: skip

_NAMES = {
    "PM-YEAR": {"zh": "年度预防性维护（单台）", "en": "Yearly preventive maintenance, one device",
                "de": "Jährliche Wartung, ein Gerät", "es": "Mantenimiento anual, un equipo",
                "fr": "Maintenance annuelle, un appareil"},
    "MOVE": {"zh": "设备搬迁与重新验证", "en": "Relocation and requalification",
             "de": "Umzug und erneute Qualifizierung", "es": "Traslado y recalificación",
             "fr": "Déménagement et requalification"},
    "REMOTE": {"zh": "远程诊断（每次）", "en": "Remote diagnosis, each",
               "de": "Ferndiagnose, je Fall", "es": "Diagnóstico remoto, por caso",
               "fr": "Diagnostic à distance, par cas"},
}  # fmt: skip


def _items(prices: dict[str, str], service: str) -> list[dict[str, Any]]:
    timed = [
        {"kind": "labour", "hours": hours, "price": prices[hours or "labour"],
         "tax_code": service, **({"minimum": "60", "step": "15"} if not hours else {})}
        for hours in ("", "overtime", "night", "holiday")
    ]  # fmt: skip
    fixed = [
        {"kind": "fixed", "code": code, "names": names, "price": prices[code],
         "tax_code": service}
        for code, names in _NAMES.items()
    ]  # fmt: skip
    return [
        *timed,
        {"kind": "travel_time", "price": prices["travel"], "tax_code": service},
        {"kind": "travel_km", "price": prices["km"], "tax_code": service},
        {"kind": "call_out", "price": prices["call_out"], "tax_code": service},
        *fixed,
    ]


LISTS: tuple[dict[str, Any], ...] = (
    {
        "code": "CN-2026", "name": "中国区服务价目", "currency": "CNY", "countries": ["CN"],
        "tax_code": "CN-13", "rounding": "1", "minimum": "500",
        "items": _items(
            {"labour": "480", "overtime": "720", "night": "960", "holiday": "960",
             "travel": "260", "km": "3", "call_out": "300", "PM-YEAR": "6800", "MOVE": "15800",
             "REMOTE": "400"}, "CN-6",
        ),
    },
    {
        "code": "INT-2026", "name": "International service prices", "currency": "EUR",
        "tax_code": "EXPORT", "discount": "0",
        "items": _items(
            {"labour": "148", "overtime": "222", "night": "296", "holiday": "296",
             "travel": "95", "km": "0.65", "call_out": "120", "PM-YEAR": "1950", "MOVE": "4200",
             "REMOTE": "90"}, "EXPORT",
        ),
    },
)  # fmt: skip

OUTSIDE: tuple[dict[str, Any], ...] = (
    {"text": "吊装与搬运（第三方）", "supplier": "示例吊装服务部", "document": "DZ-20-118",
     "unit_cost": {"amount": "1800", "currency": "CNY"}, "tax_code": "CN-6"},
    {"text": "激光功率计量校准（外送）", "supplier": "示例计量所", "document": "JL-3307",
     "unit_cost": {"amount": "960", "currency": "CNY"}, "charge": "price",
     "unit_price": {"amount": "1200", "currency": "CNY"}, "tax_code": "CN-6"},
    {"text": "Courier for the exchanged module", "supplier": "Example Courier",
     "document": "AWB-5521", "unit_cost": {"amount": "310", "currency": "USD"},
     "tax_code": "EXPORT"},
)  # fmt: skip
GOODWILL: tuple[tuple[int, str, bool | None], ...] = (
    (50, "同一部件一年内第二次故障，经协商承担一半", True),
    (100, "上次维护遗漏检查项，由我方承担", True),
    (30, "老客户续约谈判期间的让步", None),
    (80, "客户认为价格偏高", False),
)


@dataclass(frozen=True)
class Offer:
    """A quote of the demo: its lines, how far it came, and what its customer said."""

    state: str
    titles: dict[str, str]
    lines: tuple[dict[str, Any], ...]
    days_ago: int = 1
    name: str = ""
    words: str = ""
    terms: dict[str, str] = field(
        default_factory=lambda: {
            "zh": "报价含税。备件自确认之日起 10 个工作日内到货。",
            "en": "Parts arrive within ten working days of your approval.",
            "de": "Ersatzteile treffen innerhalb von zehn Arbeitstagen nach Freigabe ein.",
            "es": "Las piezas llegan en diez días laborables tras su aprobación.",
            "fr": "Les pièces arrivent sous dix jours ouvrés après votre accord.",
        }
    )


_WORK = {"kind": "labour", "quantity": "180"}
_TRIP = ({"kind": "travel_time", "quantity": "120"}, {"kind": "call_out"})
_REPAIR = {
    "zh": "更换温控模块并校准", "en": "Exchange of the temperature module and calibration",
    "de": "Tausch des Temperaturmoduls und Kalibrierung",
    "es": "Sustitución del módulo térmico y calibración",
    "fr": "Remplacement du module thermique et étalonnage",
}  # fmt: skip
_MODULE = {"kind": "part", "code": "YP-EV-1001"}
_CARE = {
    "zh": "年度维护方案", "en": "Yearly maintenance", "de": "Jährliche Wartung",
    "es": "Mantenimiento anual", "fr": "Maintenance annuelle",
}  # fmt: skip
_YEAR = ({"kind": "fixed", "code": "PM-YEAR", "quantity": "2"},)
_MOVING = {
    "zh": "设备搬迁", "en": "Relocation of the device", "de": "Umzug des Geräts",
    "es": "Traslado del equipo", "fr": "Déménagement de l’appareil",
}  # fmt: skip
QUOTES = (
    Offer("draft", _CARE, _YEAR, 0),
    Offer("waiting_approval", _REPAIR, (_MODULE, _WORK, *_TRIP), 1),
    Offer("released", _REPAIR, (_MODULE, _WORK, *_TRIP), 2),
    Offer("sent", _CARE, (*_YEAR, *_TRIP), 3),
    Offer("question", _MOVING, ({"kind": "fixed", "code": "MOVE"}, _WORK), 4, "设备科 林老师",
          "搬迁后的性能验证报告是否包含在内？"),
    Offer("approved", _REPAIR, (_MODULE, _WORK, *_TRIP), 6, "设备科 林老师"),
    Offer("rejected", _MOVING, ({"kind": "fixed", "code": "MOVE", "quantity": "2"},), 9,
          "采购部 周工", "今年预算已用完，明年一季度再议。"),
    Offer("expired", _CARE, _YEAR, 45),
    Offer("withdrawn", _CARE, ({"kind": "fixed", "code": "REMOTE", "quantity": "5"},), 12,
          words="客户改签 Plus 合同，报价作废"),
)  # fmt: skip
