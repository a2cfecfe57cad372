"""The fault catalogue: what breaks, how it shows, what mends it, what it is mistaken for.

`faults.csv` holds one row per fault, `sources/symptoms.csv` and `sources/wordings.csv` how
customers put it, `sources/error_codes.csv` what the screen says on which model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from careloop.demo.source_tables import SOURCES, listed, read_rows, weighted

LANGUAGES = ("zh", "en", "es", "de", "fr", "ja", "pt")


@dataclass(frozen=True)
class Need:
    """A part a repair may need: quantity, and the probability that it is really used."""

    part: str
    quantity: int
    probability: float


@dataclass(frozen=True)
class Fault:
    """One fault: part - symptom - cause - remedy, with its rate and its confusions.

    `base_rate` is per 10,000 operating hours: the characteristic life is 10,000 / base_rate.
    `shape` is the Weibull shape (1 = by chance, above 1 = by wear). `drivers` multiply the hazard
    where the environment is dusty (`dust`) or warm (`heat`). `remote` is the probability that the
    fault is mended without a visit once it is known.
    """

    name: str
    models: tuple[str, ...]
    component_zh: str
    component_en: str
    symptoms: Mapping[str, float]
    cause_zh: str
    cause_en: str
    remedy_zh: str
    remedy_en: str
    needs: tuple[Need, ...]
    base_rate: float
    shape: float
    drivers: Mapping[str, float]
    remote: float
    labour_hours: float
    confused_with: Mapping[str, float]
    skill: str

    @property
    def life_hours(self) -> float:
        """Characteristic life in operating hours."""
        return 10_000 / self.base_rate


@dataclass(frozen=True)
class Symptom:
    """What the customer notices, with its title in each language."""

    name: str
    models: tuple[str, ...]
    severity: str
    titles: Mapping[str, str]


@dataclass(frozen=True)
class Catalogue:
    """Faults, symptoms, loose wordings and screen codes."""

    faults: Mapping[str, Fault]
    symptoms: Mapping[str, Symptom]
    wordings: Mapping[tuple[str, str], tuple[str, ...]]
    codes: Mapping[tuple[str, str], str]

    def symptoms_of(self, fault: Fault, model: str) -> dict[str, float]:
        """Symptoms of a fault that its model can show, with their weights."""
        return {
            name: weight
            for name, weight in fault.symptoms.items()
            if model in self.symptoms[name].models
        }

    def faults_of(self, model: str) -> list[Fault]:
        """Faults that can happen to a model and show there."""
        return [
            fault
            for fault in self.faults.values()
            if model in fault.models and self.symptoms_of(fault, model)
        ]


def _needs(cell: str) -> tuple[Need, ...]:
    triples = (item.split(":") for item in listed(cell))
    return tuple(Need(part, int(quantity), float(p)) for part, quantity, p in triples)


def _fault(row: dict[str, str]) -> Fault:
    return Fault(
        name=row["fault"],
        models=listed(row["models"]),
        component_zh=row["component_zh"],
        component_en=row["component_en"],
        symptoms=weighted(row["symptoms"]),
        cause_zh=row["cause_zh"],
        cause_en=row["cause_en"],
        remedy_zh=row["remedy_zh"],
        remedy_en=row["remedy_en"],
        needs=_needs(row["parts"]),
        base_rate=float(row["base_rate"]),
        shape=float(row["shape"]),
        drivers=weighted(row["drivers"]),
        remote=float(row["remote"]),
        labour_hours=float(row["labour_hours"]),
        confused_with=weighted(row["confused_with"]),
        skill=row["skill"],
    )


def load_catalogue() -> Catalogue:
    """Read the catalogue; raises `ValueError` where a row names an unknown fault or symptom."""
    faults = {row["fault"]: _fault(row) for row in read_rows(Path(__file__).parent / "faults.csv")}
    symptoms = {
        row["symptom"]: Symptom(
            row["symptom"],
            listed(row["models"]),
            row["severity"],
            {language: row[language] for language in LANGUAGES},
        )
        for row in read_rows(SOURCES / "symptoms.csv")
    }
    wordings: dict[tuple[str, str], list[str]] = {}
    for row in read_rows(SOURCES / "wordings.csv"):
        wordings.setdefault((row["symptom"], row["language"]), []).append(row["wording"])
    codes = {
        (row["model"], row["symptom"]): row["code"]
        for row in read_rows(SOURCES / "error_codes.csv")
    }
    for fault in faults.values():
        unknown = (set(fault.symptoms) - set(symptoms)) | (set(fault.confused_with) - set(faults))
        if unknown:
            raise ValueError(f"fault {fault.name} names unknown {sorted(unknown)}")
    return Catalogue(faults, symptoms, {k: tuple(v) for k, v in wordings.items()}, codes)
