"""Parts by number: what jobs need, what vans and depots hold."""

from __future__ import annotations

from careloop.crm_core.dispatch.planning.errors import UnknownDepot
from careloop.crm_core.dispatch.planning.schemas import PlanLine


class Holdings:
    """The parts of a day; kinds are numbered in the order of `kinds`."""

    def __init__(self, line: PlanLine, kinds: list[str], depot_at: dict[object, int]) -> None:
        at = {kind: number for number, kind in enumerate(kinds)}
        width = max(1, len(kinds))
        self.needs = [[0] * width for _ in line.jobs]
        self.kinds: list[list[int]] = []
        for row, job in zip(self.needs, line.jobs, strict=True):
            for kind, count in job.parts.items():
                if count:
                    row[at[kind]] = count
            self.kinds.append([at[kind] for kind, count in job.parts.items() if count])
        self.vans = [_held(engineer.van, at, width) for engineer in line.engineers]
        self.stock = [_held(depot.stock, at, width) for depot in line.depots]
        self.depots: list[int | None] = []
        for engineer in line.engineers:
            if engineer.depot is not None and engineer.depot not in depot_at:
                raise UnknownDepot(
                    f"Engineer {engineer.id!r} belongs to depot {engineer.depot!r}, which is not"
                    " listed",
                    engineer=engineer.id,
                )
            self.depots.append(None if engineer.depot is None else depot_at[engineer.depot])

    def within_reach(self, j: int, e: int) -> bool:
        """Whether van and depots of that engineer hold the job's parts at all."""
        depot = self.depots[e]
        rows = self.stock if depot is None else [self.stock[depot]]
        return all(
            self.vans[e][kind] + sum(row[kind] for row in rows) >= self.needs[j][kind]
            for kind in self.kinds[j]
        )

    def scarce(self) -> int:
        """1 when a depot holds some of a kind, but less than all jobs together want."""
        if not self.needs:
            return 0
        wanted = [sum(column) for column in zip(*self.needs, strict=True)]
        return int(any(0 < held < want
                       for row in self.stock for held, want in zip(row, wanted, strict=True)
                       ))  # fmt: skip

    def most(self) -> list[int]:
        """The most that one job needs of each kind."""
        return [max(column) for column in zip(*self.needs, strict=True)] or [0]


def _held(parts: dict[str, int], at: dict[str, int], width: int) -> list[int]:
    row = [0] * width
    for kind, count in parts.items():
        if kind in at:
            row[at[kind]] = count
    return row
