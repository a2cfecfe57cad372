"""Days of field service made up from a seed, in the JSON of `careloop dispatch plan`."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Any

SIDE_KM = 100.0
CENTRE = (48.0, 11.0)
OPEN, CLOSE = 480, 960
SKILLS = ("mechanics", "electronics", "optics")
PRIORITIES = ("low", "normal", "high", "critical")
KINDS = 8
Point = tuple[float, float]


@dataclass(frozen=True)
class Recipe:
    """What kind of day: `layout` is clustered, random or mixed."""

    jobs: int
    engineers: int
    layout: str = "random"
    tight: bool = True
    skills: bool = False
    parts: bool = False
    depots: int = 1
    own_homes: bool = False
    seed: int = 0

    @property
    def name(self) -> str:
        words = [self.layout, "tight" if self.tight else "loose"]
        words += ["skills"] if self.skills else []
        words += ["parts"] if self.parts else []
        return f"{self.jobs} x {self.engineers} {' '.join(words)}"


def day(recipe: Recipe) -> dict[str, Any]:
    """One day; the same recipe makes the same day."""
    rng = random.Random(repr(recipe))
    depots = [(SIDE_KM / 2, SIDE_KM / 2)]
    depots += [_anywhere(rng) for _ in range(recipe.depots - 1)]
    made: dict[str, Any] = {
        "id": recipe.name,
        "weights": {
            "travel": 1,
            "late_per_min": dict(zip(PRIORITIES, (0.5, 1, 2, 5), strict=True)),
            "unserved": dict(zip(PRIORITIES, (120, 240, 480, 960), strict=True)),
        },
        "travel": {"speed_kmh": 50, "road_factor": 1.3, "fixed_min": 2},
        "jobs": [_job(rng, recipe, at, place) for at, place in enumerate(_places(rng, recipe))],
        "engineers": [_engineer(rng, recipe, at, depots[0]) for at in range(recipe.engineers)],
    }
    if recipe.parts:
        stock = max(1, recipe.jobs // 12)
        made["depots"] = [
            {
                "id": f"depot {at}", **_coordinates(place), "service_min": 10,
                "stock": {f"part {kind}": stock for kind in range(KINDS)},
            }
            for at, place in enumerate(depots)
        ]  # fmt: skip
    return made


def _places(rng: random.Random, recipe: Recipe) -> list[Point]:
    if recipe.layout == "random":
        return [_anywhere(rng) for _ in range(recipe.jobs)]
    middles = [_anywhere(rng) for _ in range(max(2, recipe.jobs // 12))]
    places = []
    for _ in range(recipe.jobs):
        if recipe.layout == "mixed" and rng.random() < 0.5:
            places.append(_anywhere(rng))
        else:
            x, y = rng.choice(middles)
            places.append((x + rng.gauss(0, 4), y + rng.gauss(0, 4)))
    return places


def _job(rng: random.Random, recipe: Recipe, at: int, place: Point) -> dict[str, Any]:
    width = rng.choice([30, 60, 120] if recipe.tight else [120, 240, 480])
    opens = max(OPEN, int(rng.uniform(OPEN + 60, CLOSE - 90) - width / 2))
    closes = min(CLOSE - 60, opens + width)
    kind = rng.random()
    due = int(rng.uniform(opens, closes + 60)) if kind < 0.5 else (1400 if kind < 0.9 else 2000)
    job: dict[str, Any] = {
        "id": f"job {at}", **_coordinates(place),
        "duration": rng.choice([10, 20, 30] if recipe.tight else [10, 20, 30, 45, 60]),
        "window": [opens, closes], "priority": rng.choice(PRIORITIES), "sla_due": due,
    }  # fmt: skip
    if recipe.skills and rng.random() < 0.8:
        job["skill"] = rng.choice(SKILLS)
        job["level"] = rng.choice([1, 1, 2, 3])
    if recipe.parts and rng.random() < 0.5:
        job["parts"] = {f"part {rng.randrange(KINDS)}": rng.choice([1, 1, 2])}
    return job


def _engineer(rng: random.Random, recipe: Recipe, at: int, depot: Point) -> dict[str, Any]:
    home = _anywhere(rng) if recipe.own_homes else depot
    engineer: dict[str, Any] = {
        "id": f"engineer {at}", **_coordinates(home), "start": OPEN, "end": CLOSE,
    }  # fmt: skip
    if recipe.skills:
        engineer["skills"] = rng.sample(SKILLS, rng.choice([1, 2, 2, 3]))
        engineer["level"] = rng.choice([1, 2, 3, 3])
    if recipe.parts:
        engineer["van"] = {f"part {rng.randrange(KINDS)}": rng.choice([1, 2]) for _ in range(4)}
    return engineer


def _anywhere(rng: random.Random) -> Point:
    return rng.uniform(0, SIDE_KM), rng.uniform(0, SIDE_KM)


def _coordinates(place: Point) -> dict[str, float]:
    """Latitude and longitude of a point given in km."""
    degree = 111.2
    lat = CENTRE[0] + (place[1] - SIDE_KM / 2) / degree
    wide = degree * math.cos(math.radians(CENTRE[0]))
    return {"lat": round(lat, 5), "lon": round(CENTRE[1] + (place[0] - SIDE_KM / 2) / wide, 5)}
