"""Ticket exports to manuscripts: what was wrong and what helped, one section a ticket.

A fault list (code, meaning, remedy) looks alike but is reference; it is not taken for tickets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.formats.draft import Draft
from careloop.knowledge.ingest.formats.grid import cell_text
from careloop.knowledge.ingest.formats.personal_data import masked
from careloop.knowledge.ingest.formats.sheet.delimited import read_rows
from careloop.knowledge.ingest.formats.sheet.regions import find_regions
from careloop.knowledge.ingest.formats.sheet.workbook import open_workbook
from careloop.knowledge.ingest.manuscript import Manuscript
from careloop.knowledge.ingest.source import SourceFile, decode

Record = dict[str, str]
"""Values of one row by role: `title`, `symptom`, `cause`, `remedy`, `parts`, `model` ..."""

_ROLES: tuple[tuple[str, str], ...] = (
    ("remedy", r"resolution(?:[ _](?:notes?|details?|summary|description))?|solution|fix|"
               r"action[ _]taken|"
               r"work[ _]done|closing[ _](?:notes?|comments?)|解决方案|解决办法|解决方法|"
               r"解决措施|处理结果|处理方法|处理措施|"
               r"处理过程|处理方案|处理情况|处理意见|维修措施|维修结果|维修内容|维修记录|lösung|solución|résolution"),
    ("symptom", r"symptoms?|description|problem(?:[ _]description)?|issue(?:[ _]description)?|"
                r"fault(?:[ _]description)?|complaint|故障现象|问题描述|故障描述|现象|描述|"
                r"问题|报修内容|客户描述|"
                r"问题现象|故障|beschreibung|descripción|problème"),
    ("title", r"title|subject|summary|short[ _]description|标题|主题|工单标题|问题标题|概述|"
              r"betreff|asunto|sujet"),
    ("cause", r"(?:root[ _])?cause|root[ _]cause[ _]analysis|reason|diagnosis|原因|故障原因|"
              r"根本原因|原因分析|"
              r"问题原因|诊断|ursache|causa"),
    ("parts", r"(?:spare[ _])?parts?(?:[ _](?:used|replaced|numbers?|no\.?))?|更换备件|"
              r"使用备件|更换部件|更换配件|备件|配件|"
              r"ersatzteile|repuestos|piezas"),
    ("model", r"(?:product[ _]|device[ _]|machine[ _])?model|product|device|machine|equipment|"
              r"产品型号|设备型号|机型|型号|"
              r"产品|设备|modell|gerät|modelo|equipo"),
    ("ticket", r"(?:ticket|case|incident|issue|request|sr|work[ _]order)[ _]?(?:id|no\.?|"
               r"number|#|key)|key|ticket|case|"
               r"工单号|工单编号|单号|工单|案例号|服务单号|维修单号|ticketnummer"),
    ("status", r"status|state|状态|工单状态|处理状态|estado|statut"),
    ("date", r"(?:created|opened|closed|resolved|reported|updated|completed)(?:[ _](?:at|on|"
             r"date|time))?|date|"
             r"创建时间|创建日期|报修时间|报修日期|关闭时间|完成时间|解决时间|提交时间|处理时间|日期|时间"),
    ("person", r"customer(?:[ _]name)?|contact(?:[ _](?:name|person))?|requester|reporter|"
               r"reported[ _]by|assignee|"
               r"assigned[ _]to|agent|engineer|technician|owner|client|客户|客户名称|客户姓名|"
               r"联系人|报修人|处理人|"
               r"工程师|维修人员|负责人|提交人|kunde|cliente|técnico"),
    ("phone", r"(?:phone|mobile|tel|telephone|e-?mail|contact[ _]info)(?:[ _](?:no\.?|"
              r"number))?|电话|手机|手机号|联系电话|"
              r"邮箱|联系方式"),
    ("priority", r"priority|severity|优先级|严重程度|紧急程度"),
    ("code", r"(?:error|fault|alarm)?[ _]?codes?|(?:error|alarm)|代码|错误代码|故障代码|"
             r"报警代码|报警号|错误码|故障码|fehlercode"),
    ("meaning", r"meaning|definition|含义|意义|说明|报警内容|bedeutung|significado"),
)  # fmt: skip
_COLUMNS = [(role, re.compile(rf"^(?:{names})$", re.IGNORECASE)) for role, names in _ROLES]
_ADMINISTRATIVE = {"ticket", "status", "date", "person", "phone", "priority"}
_OPEN = re.compile(
    r"^(?:open|new|in[ _]progress|pending|waiting|on[ _]hold|reopened|assigned|cancelled|canceled|"
    r"duplicate|待处理|处理中|进行中|未解决|新建|待分配|已派单|挂起|已取消|重复|offen|abierto|"
    r"en curso)$",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"^[\s\-–—/.]*$|^(?:n/?a|none|null|nil|tbd|unknown|无|暂无|待定|未知)$", re.IGNORECASE
)
_LABELS = {
    "zh": {
        "symptom": "现象", "cause": "原因", "remedy": "处理", "parts": "备件", "model": "型号",
        "ticket": "工单",
    },
    "": {
        "symptom": "Symptom", "cause": "Cause", "remedy": "Remedy", "parts": "Parts",
        "model": "Model", "ticket": "Ticket",
    },
}  # fmt: skip
_TITLE = 90
_SENTENCE = re.compile(rf".{{8,{_TITLE}}}?[。！？!?.;；](?=\s|[^\x00-\x7f]|$)")


def is_ticket_export(source: SourceFile) -> bool:
    """Whether a table or a JSON list holds solved matters of people rather than reference."""
    return bool(_records(source))


def read(source: SourceFile) -> Manuscript:
    """One section for each resolved ticket; the others are counted in a warning."""
    records = _records(source)
    if not records:
        raise UnreadableSource(f"{source.path}: no ticket with a resolution column was found in it")
    people = {record["person"] for record in records if record.get("person")}
    draft, skipped = Draft(), 0
    for record in records:
        if _resolved(record):
            _section(draft, record, people)
        else:
            skipped += 1
    warnings = [f"{skipped} tickets without a resolution left out"] if skipped else []
    matter = {"type": "troubleshooting", "audience": "internal"}
    return Manuscript(draft.markdown(), matter, warnings=warnings)


def _records(source: SourceFile) -> list[Record]:
    match source.suffix:
        case ".json":
            return _from_json(source)
        case ".xlsx":
            return _from_workbook(source)
        case _:
            rows = [[cell.text for cell in row] for row in read_rows(source)[0]]
            return from_rows(rows)


def _from_workbook(source: SourceFile) -> list[Record]:
    found: list[Record] = []
    for sheet in open_workbook(source).sheets:
        for region in find_regions(sheet):
            if not region.lines:
                found += from_rows([[cell.text for cell in row] for row in region.rows])
    return found


def _from_json(source: SourceFile) -> list[Record]:
    try:
        data: Any = json.loads(decode(source.content)[0].lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return []
    if isinstance(data, dict):
        data = next((value for value in data.values() if isinstance(value, list)), [])
    if not isinstance(data, list):
        return []
    items = [item for item in data if isinstance(item, dict)]
    names = list(dict.fromkeys(str(key) for item in items for key in item))
    rows = [[_plain(item.get(name)) for name in names] for item in items]
    return from_rows([names, *rows])


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return _plain(value.get("name") or value.get("value") or value.get("id"))
    return "" if value is None else cell_text(str(value).splitlines())


def from_rows(rows: list[list[str]]) -> list[Record]:
    """The records below a header that is one of a ticket export; none for any other table."""
    if len(rows) < 2:
        return []
    roles = [role_of(name) for name in rows[0]]
    known = set(roles) - {""}
    told = "title" in known or "symptom" in known
    if "remedy" not in known or not told or {"code", "meaning"} <= known:
        return []
    if not known & _ADMINISTRATIVE and not ({"title", "symptom"} <= known and "code" not in known):
        return []
    if not known & {"ticket", "status", "person", "phone"} and "code" in known:
        return []
    return [_record(roles, row) for row in rows[1:]]


def role_of(name: str) -> str:
    """What a column holds, by its name; '' when that says nothing to us."""
    bare = re.sub(r"\s+", " ", re.sub(r"[*:：]|[(（\[].*?[)）\]]", "", name)).strip()
    return next((role for role, pattern in _COLUMNS if pattern.match(bare)), "")


def _record(roles: list[str], row: list[str]) -> Record:
    record: Record = {}
    for role, text in zip(roles, row, strict=False):
        if role and text and not _EMPTY.match(text):
            same = role in record and role in ("symptom", "remedy", "cause", "parts")
            record[role] = f"{record[role]} {text}" if same else record.get(role, text)
    return record


def _resolved(record: Record) -> bool:
    told = record.get("symptom") or record.get("title")
    return bool(told and record.get("remedy")) and not _OPEN.match(record.get("status", ""))


def _section(draft: Draft, record: Record, people: Iterable[str]) -> None:
    title = record.get("title") or record["symptom"]
    if len(title) > _TITLE:
        cut = _SENTENCE.match(title)
        title = cut[0] if cut else title[:_TITLE]
    draft.heading(masked(title, people), 2)
    wide = any("\u4e00" <= letter <= "\u9fff" for letter in record["remedy"])
    labels = _LABELS["zh" if wide else ""]
    for role, label in labels.items():
        text = record.get(role, "")
        if text and not (role == "symptom" and text == title):
            draft.add("paragraph", f"{label}{'：' if wide else ': '}{masked(text, people)}")
