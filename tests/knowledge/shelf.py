"""A small library of an invented maker, so that tests do not rest on the demo company."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from careloop.kit.actor import Actor, Role, scopes_of, system_actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.knowledge.library import Library, SearchQuery, SearchResult
from careloop.knowledge.service import AddReport, SourceFile, add_files
from careloop.migrations.models import metadata

TENANT = "kiln"


def article(name: str, body: str, **matter: str) -> SourceFile:
    """A Markdown file with front matter; `id` is the name."""
    head = "\n".join(f"{key}: {value}" for key, value in {"id": name, **matter}.items())
    return SourceFile(f"{matter.get('lang', 'zh')}/{name}.md", f"---\n{head}\n---\n{body}".encode())


def customer(tenant: str = TENANT, audience: str = "public") -> Actor:
    return Actor(tenant, Role.CUSTOMER, audience=audience, scopes=scopes_of(Role.CUSTOMER))


@dataclass
class Shelf:
    database: Database
    library: Library

    def add(self, *files: SourceFile, tenant: str = TENANT) -> AddReport:
        with self.database.write() as session:
            return add_files(session, system_actor(tenant), files)

    def ask(self, text: str, actor: Actor | None = None, **query: object) -> SearchResult:
        return self.library.search(actor or customer(), SearchQuery(text, **query))  # type: ignore[arg-type]


def open_shelf(folder: Path, clock: FixedClock) -> Shelf:
    database = Database(f"sqlite:///{folder / 'knowledge.db'}", clock=clock)
    metadata.create_all(database.engine)
    return Shelf(database, Library(database))


ALARMS = """
## 报警代码

CF-10 报警代码表

| 代码 | 含义 | 处理 |
|---|---|---|
| AL-04 | 冷却水流量低于 5 L/min | 清洗过滤器 |
| AL-07 | 炉门未关 | 关好炉门 |

## 更换密封条

> 警告（仅限合格工程师）：柜内有 380 V 电压。

1. 关机并断电。
2. 拆下旧密封条。

> 注意：新密封条边缘锋利。

3. 装上新密封条。
"""

GUIDE = """
## 排查

1. 水泵是否运转？
   - 是：转到第 2 步
   - 否：报修：水泵故障
2. 过滤器是否干净？
   - 是：报修：流量传感器故障
   - 否：已解决：清洗后流量恢复
"""


def kiln_files() -> list[SourceFile]:
    return [
        article(
            "AL", ALARMS, title="CF-10 报警代码", type="spec", product_models="[CF-10]", lang="zh"
        ),
        article(
            "FLOW", GUIDE, title="CF-10 冷却水流量低", type="troubleshooting",
            product_models="[CF-10]", lang="zh",
        ),
        article(
            "DOOR-PRO", "CF-10 Pro 的 AL-07 表示门锁电磁阀故障，限值 2.5 A。",
            title="CF-10 Pro 报 AL-07",
            type="faq", product_models="[CF-10 Pro]", lang="zh",
        ),
        article(
            "WAR", "## 保修期\n\n整机保修 18 个月，易损件保修 3 个月。",
            title="保修条款", type="policy", lang="zh",
        ),
        article(
            "WAR",
            "## Warranty period\n\nThe furnace has 18 months of warranty, wear parts 3 months.",
            title="Warranty terms", type="policy", lang="en", translation="reviewed",
        ),
        article(
            "INT", "服务码 8844 可进入工程菜单。", title="工程菜单", audience="internal", lang="zh"
        ),
    ]  # fmt: skip
