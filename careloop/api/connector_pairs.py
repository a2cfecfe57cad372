"""One record at a time: ask what to do, tell the other side, keep what came of it."""

from __future__ import annotations

from typing import Any

from careloop.api.bootstrap import Services
from careloop.crm_core.outbound.connectors import our_queries, queries
from careloop.crm_core.outbound.connectors.linking import document_of
from careloop.crm_core.outbound.connectors.mapping import Mapping
from careloop.crm_core.outbound.connectors.merging import as_theirs, digest, told
from careloop.crm_core.outbound.connectors.our_queries import OurRecord
from careloop.crm_core.outbound.connectors.ports import (
    ChangedMeanwhile,
    OuterSystem,
    RecordGone,
    RecordRefused,
    TheirRecord,
)  # fmt: skip
from careloop.crm_core.outbound.connectors.schemas import (
    IntendRecord,
    NewLine,
    NoteProblem,
    Settled,
    SettleRecord,
    TheirFacts,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.errors import CareloopError

ROUNDS = 5
SHOWN = 60
COUNTED = frozenset({
    "created", "updated", "linked", "same", "stale", "skipped", "gone", "conflict", "pushed",
    "created_there", "problem",
})  # fmt: skip


class Report:
    """Figures of a run, and the lines that have not been kept yet."""

    def __init__(self, counters: dict[str, dict[str, int]], dry: bool) -> None:
        self.counters = {name: dict(found) for name, found in counters.items()}
        self.dry = dry
        self._lines: list[NewLine] = []

    def count(self, name: str, did: str) -> None:
        figures = self.counters.setdefault(name, {})
        figures[did] = figures.get(did, 0) + 1

    def line(self, name: str, did: str, our_id: str, their_id: str, **detail: Any) -> None:
        self._lines.append(
            NewLine(object=name, our_id=our_id, their_id=their_id[:200], did=did, detail=detail)
        )

    def problem(self, name: str, side: str, record_id: str, message: str) -> None:
        self.count(name, "problem")
        ours, theirs = (record_id, "") if side == "ours" else ("", record_id)
        self.line(name, "problem", ours, theirs, message=message[:500])

    def taken(self) -> list[NewLine]:
        """The lines since the last time."""
        lines, self._lines = self._lines, []
        return lines


class Pairs:
    """Brings records of both sides together."""

    def __init__(
        self, services: Services, actor: Actor, connector_id: str, name: str, mapping: Mapping,
        outer: OuterSystem, report: Report,
    ) -> None:  # fmt: skip
        self._services, self._actor, self._connector_id = services, actor, connector_id
        self._reason, self._outer, self._report = f"connector {name}", outer, report
        self._rules = dict(mapping.in_order())

    def theirs(self, name: str, record: TheirRecord, listed: bool = False) -> None:
        """A record as they gave it."""
        try:
            self._settle(name, record, listed=listed)
        except (CareloopError, RecordRefused, RecordGone, ChangedMeanwhile) as error:
            self._note(name, "theirs", record.id, str(error))
        else:
            self._note(name, "theirs", record.id, "")

    def ours(self, name: str, our_id: str) -> None:
        """A record of ours that may have changed."""
        try:
            self._send(name, our_id)
        except (CareloopError, RecordRefused, RecordGone, ChangedMeanwhile) as error:
            self._note(name, "ours", our_id, str(error))
        else:
            self._note(name, "ours", our_id, "")

    def again(self, name: str, side: str, record_id: str) -> None:
        """Try a record anew that did not go before."""
        if side == "ours":
            self.ours(name, record_id)
            return
        try:
            record = self._outer.get(name, record_id)
        except RecordGone:
            self._note(name, side, record_id, "")
            return
        except RecordRefused as error:
            self._note(name, side, record_id, str(error))
            return
        self.theirs(name, record)

    def _settle(
        self, name: str, record: TheirRecord, our_id: str = "", listed: bool = False,
        pushed: dict[str, Any] | None = None, first: bool = True,
    ) -> None:  # fmt: skip
        """Compare and write, and tell them what is theirs to take, until both sides agree."""
        for _ in range(ROUNDS):
            found = self._ask(name, record, our_id, listed and first, pushed or {})
            if first or found.did not in {"same", "linked"}:
                self._tell(name, record.id, found)
            first = False
            if not found.document:
                return
            if self._report.dry:
                self._report.count(name, "pushed")
                return
            # One key for one change: the same change, sent again after a crash, is the same act.
            key = f"{self._connector_id}:{name}:{record.id}:{digest(found.push)[:24]}"
            try:
                record = self._outer.update(
                    name, record.id, found.document, record.version, f"{key}:{record.version}"
                )
                pushed = found.push
                self._report.count(name, "pushed")
                self._report.line(
                    name, "pushed", found.our_id, record.id, values=_shown(found.push)
                )
            except ChangedMeanwhile:
                record, pushed = self._outer.get(name, record.id), None
        raise ChangedMeanwhile("Both sides keep changing it; it is tried again with the next run")

    def _ask(
        self, name: str, record: TheirRecord, our_id: str, listed: bool, pushed: dict[str, Any]
    ) -> Settled:
        facts = TheirFacts(
            id=record.id, version=record.version, updated=record.updated, values=record.values,
            deleted=record.deleted,
        )  # fmt: skip
        command = SettleRecord.model_validate(
            {
                "connector_id": self._connector_id, "object": name, "record": facts,
                "our_id": our_id, "pushed": pushed, "listed": listed,
            }
        )  # fmt: skip
        # Most records are as they were: they cost a read, not a write.
        seen = self._invoke("connectors.compare", command)
        quiet = seen.did in {"same", "stale", "skipped"} and not pushed
        if self._report.dry or (quiet and self._is_kept(name, record, seen)):
            return seen
        return self._invoke("connectors.settle", command)

    def _is_kept(self, name: str, record: TheirRecord, seen: Settled) -> bool:
        """Whether the link says already what this record says."""
        if seen.did != "same":
            return True
        with self._services.database.read(self._actor.tenant_id) as session:
            link = queries.link_of_theirs(
                session, self._actor.tenant_id, self._connector_id, name, record.id
            )
            if link is None or queries.open_conflict(session, link.tenant_id, link.id):
                return False
            return (link.their_version, link.their_updated) == (record.version, record.updated)

    def _invoke(self, tool: str, command: SettleRecord) -> Settled:
        answer = self._services.runtime.invoke(self._actor, tool, command, reason=self._reason)
        return Settled.model_validate(answer)

    def _tell(self, name: str, their_id: str, found: Settled) -> None:
        self._report.count(name, found.did)
        if found.conflicts and found.did != "conflict":
            self._report.count(name, "conflict")
        if found.did in {"created", "updated", "linked", "gone"} or found.conflicts:
            self._report.line(
                name, found.did, found.our_id, their_id, title=found.title[:200],
                changed=_shown(found.changed), conflicts=found.conflicts,
            )  # fmt: skip
        if self._report.dry and found.push:
            self._report.line(name, "pushed", found.our_id, their_id, values=_shown(found.push))

    def _send(self, name: str, our_id: str) -> None:
        rules = self._rules[name]
        with self._services.database.read(self._actor.tenant_id) as session:
            ours = our_queries.record(session, self._actor, name, our_id)
            link = queries.link_of_ours(
                session, self._actor.tenant_id, self._connector_id, name, our_id
            )
            their_id = link.their_id if link else None
            base, gone = (dict(link.base), link.state == "gone") if link else ({}, False)
        if ours is None or gone:
            return
        outward = {rule.ours for rule in rules.fields if rule.goes_out}
        if their_id is not None:
            if any(ours.values.get(field) != base.get(field) for field in outward):
                self._settle(name, self._outer.get(name, their_id))
            return
        found = self._found_there(name, ours)
        if found is not None:
            self._settle(name, found, our_id)
        elif rules.makes_theirs:
            self._make(name, ours, outward)

    def _found_there(self, name: str, ours: OurRecord) -> TheirRecord | None:
        """A record of theirs that the match names; made by a run that died, or by hand."""
        rules = self._rules[name]
        for match in rules.match:
            value = ours.values.get(match.ours)
            if value in (None, ""):
                continue
            document = as_theirs(rules.fields, {match.ours: value})
            wanted = told(document, match.theirs)
            records = self._outer.find(name, match.theirs, str(wanted))
            if len(records) > 1:
                raise RecordRefused(f"Several of theirs have {match.theirs} {wanted!r}")
            if records:
                return records[0]
        return None

    def _make(self, name: str, ours: OurRecord, outward: set[str]) -> None:
        """Ask them to make it; noted before, so that a crash cannot make it twice."""
        values = {field: ours.values.get(field, "") for field in outward}
        values = {field: value for field, value in values.items() if value != ""}
        with self._services.database.read(self._actor.tenant_id) as session:
            row = queries.connector(session, self._actor, self._connector_id)
            document = document_of(session, self._actor, row, name, self._rules[name], values)
        self._report.count(name, "created_there")
        if self._report.dry:
            self._report.line(
                name, "created_there", ours.id, "", title=ours.title[:200], values=_shown(values)
            )
            return
        intent = IntendRecord.model_validate(
            {"connector_id": self._connector_id, "object": name, "our_id": ours.id}
        )
        self._services.runtime.invoke(self._actor, "connectors.intend", intent)
        key = f"{self._connector_id}:{name}:{ours.id}"
        record = self._outer.create(name, document, key)
        self._report.line(
            name, "created_there", ours.id, record.id, title=ours.title[:200],
            values=_shown(values),
        )  # fmt: skip
        self._settle(name, record, ours.id, pushed=values, first=False)

    def _note(self, name: str, side: str, record_id: str, message: str) -> None:
        """Keep what is wrong with a record, or that nothing is any more."""
        if message:
            self._report.problem(name, side, record_id, message)
        if self._report.dry:
            return
        if not message:
            with self._services.database.read(self._actor.tenant_id) as session:
                known = queries.problem(
                    session, self._actor.tenant_id, self._connector_id, name, side, record_id
                )
            if known is None:
                return
        command = NoteProblem.model_validate(
            {
                "connector_id": self._connector_id, "object": name, "side": side,
                "record_id": record_id[:200], "message": message[:500],
            }
        )  # fmt: skip
        self._services.runtime.invoke(self._actor, "connectors.note_problem", command)


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    """Values for a report, long ones cut."""

    def cut(value: Any) -> Any:
        if isinstance(value, str) and len(value) > SHOWN:
            return value[:SHOWN] + "…"
        return {key: cut(item) for key, item in value.items()} if isinstance(value, dict) else value

    return {name: cut(value) for name, value in values.items()}
