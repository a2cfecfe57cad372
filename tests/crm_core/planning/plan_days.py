"""Days to plan in tests: odd ones full of corners, and those of the benchmark."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from benchmarks.dispatch_days import Recipe, day
from careloop.crm_core.dispatch.planning import PlanAnswer, PlanLine

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def line(recipe: Recipe, **more: Any) -> PlanLine:
    return PlanLine.model_validate({**day(recipe), **more})


def starts(plan: PlanAnswer) -> dict[Any, tuple[Any, float | None]]:
    return {
        stop.job: (route.engineer, stop.start)
        for route in plan.routes for stop in route.stops if stop.job is not None
    }  # fmt: skip


@st.composite
def odd_days(draw: st.DrawFn) -> PlanLine:
    """Small days full of corners: asymmetric matrices where the way round is shorter, fractions,
    shared places, breaks, ends elsewhere, scarce parts in several depots, pins."""
    rng = random.Random(draw(st.integers(0, 10**6)))
    n, m, d = draw(st.integers(0, 9)), draw(st.integers(0, 4)), draw(st.integers(0, 3))
    step = draw(st.sampled_from([1.0, 0.5, 0.1, 1 / 3]))
    places = [f"place {at}" for at in range(max(1, n + m + d - draw(st.integers(0, 3))))]

    def minute(low: float, high: float) -> float:
        return round(rng.uniform(low, high) / step) * step

    jobs = []
    for at in range(n):
        opens = minute(400, 900)
        job: dict[str, Any] = {
            "id": at, "place": rng.choice(places), "duration": minute(0, 60),
            "window": [opens, opens + minute(0, 200)],
            "priority": rng.choice(["low", "high"]),
            "sla_due": rng.choice([None, minute(400, 1000), 1440, 1441]),
            "skill": rng.choice([None, "a", "b"]), "level": rng.choice([0, 1, 2]),
            "parts": {kind: rng.randint(0, 3) for kind in "xyz" if rng.random() < 0.3},
        }  # fmt: skip
        jobs.append(job)
    engineers = [
        {
            "id": f"e{at}", "place": rng.choice(places),
            "end_place": rng.choice([None, rng.choice(places)]),
            "start": minute(300, 600), "end": minute(700, 1100), "skills": rng.sample("ab", 1),
            "level": rng.choice([0, 1, 2]),
            "depot": f"d{rng.randrange(d)}" if d and rng.random() < 0.4 else None,
            "van": {kind: rng.randint(0, 2) for kind in "xyz"},
            "breaks": [{"minutes": 30, "window": [minute(500, 700), 720]}]
            if rng.random() < 0.4 else [],
        }
        for at in range(m)
    ]  # fmt: skip
    depots = [
        {
            "id": f"d{at}", "place": rng.choice(places), "service_min": minute(0, 15),
            "stock": {kind: rng.randint(0, 3) for kind in "xyz"},
        }
        for at in range(d)
    ]  # fmt: skip
    size = len(places)
    matrix = [[minute(0, 90) if a != b else 0 for b in range(size)] for a in range(size)]
    return PlanLine.model_validate({
        "weights": {"travel": rng.choice([0, 1, 2.5]), "late_per_min": {"low": 0, "high": 2},
                    "unserved": {"low": rng.choice([5, 200]), "high": 500}},
        "travel": {"matrix": matrix, "places": places},
        "jobs": jobs, "engineers": engineers, "depots": depots,
    })  # fmt: skip


RECIPES = [
    Recipe(40, 8, "random", True),
    Recipe(40, 8, "clustered", False, skills=True, own_homes=True),
    Recipe(40, 10, "mixed", True, skills=True, parts=True, depots=2, own_homes=True),
    Recipe(200, 40, "random", True, skills=True, own_homes=True),
    Recipe(120, 24, "clustered", True, skills=True, parts=True, depots=2, own_homes=True),
]
