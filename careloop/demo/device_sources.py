"""What the demo company's own tables and articles tell of its devices' insides."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """A spare part: whether it wears out, and whether it is dear enough to bear a serial."""

    number: str
    name: str
    wear: bool
    dear: bool


def _table(name: str) -> list[dict[str, str]]:
    path = Path(str(files("careloop.demo"))) / name
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def bom() -> dict[str, list[tuple[str, int, str]]]:
    """For each model its parts, how many of each, and their module."""
    lines: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for row in _table("data/bom.csv"):
        lines[row["model"]].append((row["part"], int(row["quantity"]), row["module"]))
    return lines


def parts() -> dict[str, Part]:
    """The parts by number."""
    return {
        row["number"]: Part(
            row["number"], row["name_zh"], row["wear"] == "yes", float(row["unit_price"]) >= 1000
        )
        for row in _table("data/parts.csv")
    }


def families() -> dict[str, str]:
    """The family of each model."""
    return {row["model"]: row["family"] for row in _table("data/products.csv")}


def places() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of each city, degrees."""
    return {
        row["city"]: (float(row["latitude"]), float(row["longitude"]))
        for row in _table("sources/places.csv")
    }


def papers() -> dict[str, list[tuple[str, str, str]]]:
    """The first specification and procedure of every model: key, title, audience."""
    found: dict[str, dict[str, tuple[str, str, str]]] = defaultdict(dict)
    folder = Path(str(files("careloop.demo"))) / "knowledge" / "zh"
    for path in sorted(folder.glob("*.md")):
        head: dict[str, str] = {}
        for line in path.read_text(encoding="utf-8").split("---")[1].splitlines():
            name, _, value = line.partition(":")
            head[name.strip()] = value.strip()
        if head.get("type") not in {"spec", "procedure"}:
            continue
        for model in head.get("product_models", "").strip("[]").split(","):
            paper = (head["id"], head["title"], head.get("audience", "public"))
            found[model.strip()].setdefault(head["type"], paper)
    return {model: list(kinds.values()) for model, kinds in found.items()}
