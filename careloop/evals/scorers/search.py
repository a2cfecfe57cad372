"""Judging a ranking: is a right document at the top?"""

from __future__ import annotations

from careloop.evals.case import Case
from careloop.evals.measure import Mark, Measure, ratio
from careloop.evals.shapes import SearchExpect, SearchInput
from careloop.evals.solvers import Found

MUST_BE_WITHIN = 3

MEASURES: tuple[Measure, ...] = (
    ratio("hit@1", "hit1", "asked"),
    ratio("hit@3", "hit3", "asked"),
    ratio("hit@5", "hit5", "asked"),
    ratio("MRR", "reciprocal", "asked"),
)


def ranking(case: Case[SearchInput, SearchExpect], found: Found) -> Mark:
    """Rank of the first right document; a case fails when it is not among the first three."""
    right = set(case.expect.documents)
    rank = next((at for at, name in enumerate(found.documents, 1) if name in right), 0)
    tally = {
        "asked": 1.0,
        "reciprocal": 1 / rank if rank else 0.0,
        **{f"hit{k}": float(0 < rank <= k) for k in (1, 3, 5)},
    }
    if 0 < rank <= MUST_BE_WITHIN:
        return Mark(tally)
    place = f"at rank {rank}" if rank else "not found"
    return Mark(tally, (f"{' or '.join(case.expect.documents)} {place}",))
