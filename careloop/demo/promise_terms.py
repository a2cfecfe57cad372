"""The demo maker's terms: calendars of its regions, policies and lines of its plans, stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from careloop.crm_core.tickets.models import Priority

_FIVE_DAYS = range(5)


def _calendar(
    country: str, name: str, zone: str, start: str, end: str, days: range = _FIVE_DAYS
) -> dict[str, Any]:
    return {
        "code": country, "name": name, "time_zone": zone, "country": country,
        "weekly": {str(day): [[start, end]] for day in days},
    }  # fmt: skip


CALENDARS = (
    _calendar("CN", "中国服务中心", "Asia/Shanghai", "08:30", "20:30", range(6)),
    _calendar("DE", "Service Deutschland", "Europe/Berlin", "08:00", "18:00"),
    _calendar("ES", "Servicio España", "Europe/Madrid", "08:00", "18:00"),
    _calendar("FR", "Service France", "Europe/Paris", "08:00", "18:00"),
    _calendar("US", "Service Americas", "America/New_York", "08:00", "19:00"),
    _calendar("MX", "Servicio México", "America/Mexico_City", "08:00", "18:00"),
    _calendar("BR", "Serviço Brasil", "America/Sao_Paulo", "08:00", "18:00"),
    _calendar("JP", "日本サービス", "Asia/Tokyo", "09:00", "18:00"),
)

_LADDER: list[dict[str, Any]] = [
    {"key": "warn", "at": "warning", "assignee": True, "roles": ["dispatcher"]},
    {"key": "breach", "at": "breach", "assignee": True, "roles": ["dispatcher", "manager"]},
]
_RAISE = {"key": "raise", "kind": "fix", "at": "breach", "after_minutes": 60,
          "raise_priority": True}  # fmt: skip


def _policy(code: str, name: str, targets: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "code": code, "name": name, "targets": targets, "calendar": "CN", "steps": _LADDER,
        "pauses": {"fix": ["waiting_customer"], "arrive": ["waiting_customer"]}, **more,
    }  # fmt: skip


# Smoke and danger are answered within the hour, whoever calls and whatever the contract says.
_URGENT = {"kind": "respond", "minutes": 60, "priority": "critical", "around_the_clock": True}
POLICIES = (
    _policy(
        "premium", "Premium 服务级别",
        [
            {"kind": "respond", "minutes": 240},
            _URGENT,
            {"kind": "arrive", "minutes": 1440, "type": "incident", "around_the_clock": True},
            {"kind": "fix", "minutes": 1800},
            {"kind": "fix", "minutes": 2880, "priority": "critical", "around_the_clock": True},
        ],
        plans=["Premium"], steps=[*_LADDER, _RAISE],
    ),
    _policy(
        "plus", "Plus 服务级别",
        [
            {"kind": "respond", "minutes": 480},
            _URGENT,
            {"kind": "arrive", "minutes": 1080, "type": "incident"},
            {"kind": "fix", "minutes": 2400},
        ],
        plans=["Plus"], steps=[*_LADDER, _RAISE],
    ),
    _policy(
        "basic", "Basic 服务级别",
        [{"kind": "respond", "minutes": 960}, _URGENT, {"kind": "fix", "minutes": 4800}],
        plans=["Basic"],
    ),
    _policy(
        "standard", "保内与单次服务",
        [{"kind": "respond", "minutes": 1440}, _URGENT, {"kind": "fix", "minutes": 7200}],
        fallback=True,
    ),
)  # fmt: skip

PRICES = {"Basic": 900, "Plus": 2600, "Premium": 5400}
"""A year and device, in EUR or USD."""

_ON_SITE: list[dict[str, Any]] = [{"what": "remote"}, {"what": "labour"}, {"what": "travel"}]
LINES: dict[str, list[dict[str, Any]]] = {
    "Basic": [{"what": "remote"}, {"what": "parts", "share": 10}],
    "Plus": [*_ON_SITE, {"what": "parts", "share": 50}, {"what": "maintenance", "visits": 1}],
    "Premium": [
        *_ON_SITE, {"what": "parts"}, {"what": "consumables", "share": 30},
        {"what": "maintenance", "visits": 2}, {"what": "loan", "visits": 1},
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Story:
    """A ticket in minutes: opened so many working minutes (or days) ago, and what came after.

    `answered` and the first of each of `moves` are minutes after it was opened.
    """

    title: str
    description: str
    plan: str = ""
    language: str = "zh"
    priority: Priority = Priority.NORMAL
    minutes_ago: int = 0
    days_ago: int = 0
    around_the_clock: bool = False
    answered: int | None = None
    answer: str = "您好，已收到，工程师正在查看日志，稍后给您方案。"
    moves: tuple[tuple[int, str, str], ...] = ()


OPEN = (
    Story(
        "开机自检卡在温控步骤", "今早开机后停在温控自检，重启两次都一样。", "Premium",
        minutes_ago=20,
    ),
    Story(
        "流路压力偶尔偏低", "一周内出现三次压力偏低提示，重新运行后正常。", "Plus",
        minutes_ago=45, answered=15,
    ),
    Story(
        "Intermittent barcode errors", "About one plate in twenty is not read.", "Basic", "en",
        minutes_ago=800,
    ),
    Story(
        "光路校准失败", "例行校准提示光强不足，今天排了四批样本。", "Premium",
        priority=Priority.HIGH, minutes_ago=200,
    ),
    Story(
        "Störung beim Proben einlesen", "Die Schublade fährt nicht mehr ganz zu.", "Plus", "de",
        minutes_ago=950, answered=90, answer="Danke, wir haben die Meldung erhalten.",
    ),
    Story(
        "整机断电，样本滞留", "运行中突然断电，舱内有未完成的样本，请尽快联系。", "Premium",
        priority=Priority.CRITICAL, minutes_ago=95, around_the_clock=True,
    ),
    Story(
        "机械臂异响，已停用", "移动到第三列时有明显摩擦声，已停机等工程师。", "Plus",
        priority=Priority.HIGH, minutes_ago=2500, answered=60,
        moves=((70, "assigned", ""), (200, "waiting_parts", "滑轨已下单")),
    ),
    Story(
        "软件升级后报告模板丢失", "升级后自定义报告模板不见了，请协助恢复。", "Basic",
        minutes_ago=600, answered=120,
        moves=((150, "waiting_customer", "请客户发送备份文件"),),
    ),
)  # fmt: skip


def _past(days_ago: int, number: int) -> Story:
    """A ticket of the past months; one in five was answered late, one in seven solved late."""
    answered = 2900 if number % 5 == 4 else 35 + 11 * (number % 4)
    solved = 20_000 if number % 7 == 6 else 1_500 + 45 * (number % 6)
    titles = ("吸头未取上", "图像发虚，质量值下降", "废液桶报警误报", "Pump noise after start")
    return Story(
        titles[number % len(titles)], "客户来电，序列号已核对。", days_ago=days_ago,
        answered=answered,
        moves=(
            (max(answered, 60) + 5, "in_progress", ""),
            (answered + solved, "resolved", "更换磨损件并复测，运行正常"),
        ),
    )  # fmt: skip


HISTORY = tuple(_past(18 + 11 * number, number) for number in range(12))
