"""The causal model behind the past tickets: from a device's age to the parts that mended it.

    use, environment --> hazard of each fault (Weibull) --> fault
    fault --> symptom --> what the customer writes, in the customer's language
    symptom, fault --> first diagnosis (right, or a plausible confusion)
    fault --> parts really needed;  first diagnosis --> kit brought along
    kit, parts needed --> number of visits;  fault, visits --> labour

All functions are pure but for the generator they draw from. What the model leaves out on purpose:
faults do not cause each other, and an engineer does not get better with time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from careloop.demo.faults import Catalogue, Fault
from careloop.demo.fleet import Asset
from careloop.demo.seeding import choose

# Share of the catalogue's hazard that shows in this fleet; the shape of each hazard is untouched.
FREQUENCY = 0.7
RIGHT_FIRST = 0.70
# A wrongly blamed part is sometimes replaced all the same.
REPLACED_IN_VAIN = 0.35
# Parts at or above this probability go into the kit for the visit.
IN_KIT_FROM = 0.4
RARE_PART_IN_VAN = 0.5
EXTRA_VISIT = 0.06
DRIVER_OF_ENVIRONMENT = {"dusty": "dust", "warm": "heat", "clean": ""}


@dataclass(frozen=True)
class Failure:
    """A fault on a device at a reading of its hour meter, and how it showed."""

    asset: Asset
    fault: Fault
    usage_hours: float
    symptom: str


@dataclass(frozen=True)
class Repair:
    """How a failure was mended. `visits` is 0 where it was solved remotely."""

    first_diagnosis: str
    parts: Mapping[str, int]
    visits: int
    labour_hours: float


def hazard_weight(fault: Fault, environment: str) -> float:
    """The factor on a fault's hazard at a site; 1 where the environment does not drive it."""
    return fault.drivers.get(DRIVER_OF_ENVIRONMENT[environment], 1.0)


def next_failure(rng: Random, fault: Fault, age: float, weight: float) -> float:
    """Age in operating hours at the next failure, given that the part has reached `age`.

    Inverts the Weibull survival: the cumulative hazard w (t/life)^shape grows from its value at
    `age` by an exponential draw (Lawless, Statistical Models and Methods for Lifetime Data, 1.3).
    """
    survived = weight * (age / fault.life_hours) ** fault.shape
    drawn = survived - math.log(1.0 - rng.random())
    return float(fault.life_hours * (drawn / weight) ** (1.0 / fault.shape))


def failures(
    rng: Random, catalogue: Catalogue, asset: Asset, environment: str, until_hours: float
) -> Iterator[Failure]:
    """Every failure of a device from installation to an hour reading; a repair renews the part."""
    for fault in catalogue.faults_of(asset.model):
        weight = FREQUENCY * hazard_weight(fault, environment)
        renewed_at = 0.0
        while True:
            at = renewed_at + next_failure(rng, fault, 0.0, weight)
            if at >= until_hours:
                break
            symptom = choose(rng, catalogue.symptoms_of(fault, asset.model))
            yield Failure(asset, fault, at, symptom)
            renewed_at = at


def confusions(catalogue: Catalogue, failure: Failure) -> Mapping[str, float]:
    """What a failure may be mistaken for on its model, with weights.

    Faults that show the same symptom come first; only where there is none does the engineer look
    further.
    """
    model = failure.asset.model
    on_model = {
        name: weight
        for name, weight in failure.fault.confused_with.items()
        if model in catalogue.faults[name].models
    }
    alike = {n: w for n, w in on_model.items() if failure.symptom in catalogue.faults[n].symptoms}
    return alike or on_model


def diagnose(rng: Random, catalogue: Catalogue, failure: Failure) -> str:
    """The first diagnosis: the true fault, or one that it is plausibly confused with."""
    mistaken = confusions(catalogue, failure)
    if not mistaken or rng.random() < RIGHT_FIRST:
        return failure.fault.name
    return choose(rng, mistaken)


def parts_needed(rng: Random, fault: Fault, fitted: Mapping[str, int]) -> dict[str, int]:
    """Parts that mend a fault on a model whose parts list is `fitted`, at most as many as fitted.

    A part of the catalogue that the model does not have is skipped, so that one fault can name
    the variants of all models.
    """
    return {
        need.part: min(need.quantity, fitted[need.part])
        for need in fault.needs
        if need.part in fitted and rng.random() < need.probability
    }


def kit_for(fault: Fault, fitted: Mapping[str, int]) -> set[str]:
    """Part numbers that an engineer packs when this fault is expected."""
    return {n.part for n in fault.needs if n.part in fitted and n.probability >= IN_KIT_FROM}


def _wasted(rng: Random, blamed: Fault, fitted: Mapping[str, int]) -> dict[str, int]:
    if rng.random() >= REPLACED_IN_VAIN:
        return {}
    return parts_needed(rng, blamed, fitted)


def _visits(
    rng: Random, needed: Mapping[str, int], expected: Fault, fitted: Mapping[str, int]
) -> int:
    missing = set(needed) - kit_for(expected, fitted)
    in_van = all(rng.random() < RARE_PART_IN_VAN for _ in missing)
    return 1 + (0 if in_van else 1) + (1 if rng.random() < EXTRA_VISIT else 0)


def repair(
    rng: Random, catalogue: Catalogue, failure: Failure, fitted: Mapping[str, int], wear: set[str]
) -> Repair:
    """Diagnose and mend a failure; `wear` are the parts that a customer may change alone."""
    fault = failure.fault
    first = diagnose(rng, catalogue, failure)
    needed = parts_needed(rng, fault, fitted)
    if first == fault.name and rng.random() < fault.remote:
        own = {part: n for part, n in needed.items() if part in wear and rng.random() < 0.6}
        return Repair(first, own, 0, max(0.25, round(rng.uniform(0.25, 1.1) * 4) / 4))
    visits = _visits(rng, needed, catalogue.faults[first], fitted)
    used = dict(needed)
    if first != fault.name:
        for part, quantity in _wasted(rng, catalogue.faults[first], fitted).items():
            used[part] = max(used.get(part, 0), quantity)
    hours = fault.labour_hours * rng.lognormvariate(0.0, 0.25) + 0.75 * (visits - 1)
    return Repair(first, used, visits, max(0.25, round(hours * 4) / 4))
