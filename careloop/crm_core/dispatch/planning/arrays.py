"""The day as flat tables: what the inner loops read (`Model`) and what they change (`State`).

A node is a job (0..n-1), a depot (n..n+d-1) or a place where engineers start or end. Times are
whole ticks. A row holds one route: `seq[row][0]` is the start, stops follow from 1 to `ln[row]`,
then comes the end. Each engineer has one row; changes are made on a spare copy, so that going back
is a change of number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Row = list[int]
Table = list[list[int]]
Costs = list[float]
CostTable = list[list[float]]

FAR = 10**15
"""Later than any time."""
NEVER = 1e18
"""Dearer than any cost."""
PROMISED = 1e12
"""Cost of leaving a pinned job undone: no plan that can keep it leaves it."""


class Model(NamedTuple):
    """What does not change while a day is planned."""

    n: int
    m: int
    d: int
    kinds: int
    T: Table
    C: CostTable
    times: Numbers
    costs: Numbers
    """`T` and `C` as arrays."""
    dur: Row
    w0: Row
    w1: Row
    due: Row
    late: Costs
    undone: Costs
    home: Row
    back: Row
    s0: Row
    s1: Row
    alike: Row
    """Engineers with the same number are exchangeable as long as they have nothing to do."""
    able: Table
    """Engineers who may do each job."""
    extra: CostTable
    """Cost of giving job j to engineer e, besides travel and lateness."""
    q: Table
    needs: Table
    """Kinds of parts that each job needs, in the quantities q[j][kind]."""
    most: Row
    """The most that one job needs of each kind."""
    van: Table
    depot: Row
    """The only depot of an engineer, -1 for any."""
    scarce: int
    """1 when a depot may run out of something, so that prices depend on other routes."""
    breaks: Row
    b0: Table
    b1: Table
    bm: Table
    near: Table
    """The other jobs, nearest first."""
    order: CostTable
    """Keys by which jobs may be put back, smallest first."""


class State:
    """What changes."""

    __slots__ = (
        "absent", "absent_before", "best_cost", "best_pk", "best_seq", "cc", "cd", "chance", "ck",
        "cost", "cp", "cs", "cv", "dep", "fr", "kver", "kver_before", "la", "lc", "ln", "mark",
        "old", "pk", "rem", "rounds", "row", "seq", "spare", "stamp", "taken", "tc", "token",
        "touched", "ver", "where",
    )  # fmt: skip

    seq: Table
    ln: Row
    dep: Table
    la: Table
    fr: Table
    """Departure from, latest arrival at, and latest arrival without more lateness from there on."""
    tc: Costs
    lc: Costs
    """Travel (with `Model.extra`) and lateness of each row."""
    ver: Row
    """Version of each row: equal versions mean the same route."""
    pk: Table
    """What the route picks: pk[row][depot * kinds + kind]."""
    rem: Table
    """What is left in each depot."""
    kver: Row
    kver_before: Row
    """Version of what is left of each kind."""
    row: Row
    """The row of each engineer; `old` is the one before the present change, `spare` are free."""
    old: Row
    spare: Row
    touched: Row
    where: Row
    """The engineer of each job, -1: left undone."""
    cc: CostTable
    cp: Table
    cv: Table
    ck: Table
    cd: Table
    cs: Table
    """Best place of job j with engineer e: cost, position (-1: at least that cost), row version,
    depot to be passed, its position, version of the stock (-1: does not depend on it)."""
    absent: Row
    absent_before: Row
    taken: list[tuple[int, int]]
    """Jobs taken out in the present change, with their engineers."""
    mark: Row
    stamp: int
    token: int
    best_seq: Table
    best_pk: Table
    cost: float
    best_cost: float
    rounds: int
    chance: Callable[[], float]


def twin(s: State) -> State:
    """A copy of which nothing is shared but the source of chance."""
    other = State()
    for name in State.__slots__:
        value = getattr(s, name)
        if isinstance(value, list):
            value = [row[:] if isinstance(row, list) else row for row in value]
        setattr(other, name, value)
    return other
