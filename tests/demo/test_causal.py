"""The causal model keeps what it promises, measured on many draws."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from careloop.demo.causal import (
    RIGHT_FIRST,
    Failure,
    confusions,
    diagnose,
    failures,
    hazard_weight,
    next_failure,
    parts_needed,
    repair,
)
from careloop.demo.faults import Catalogue, load_catalogue
from careloop.demo.fleet import Asset, build_fleet
from careloop.demo.seeding import stream
from careloop.demo.source_tables import Sources, load_sources

DRAWS = 4000


@pytest.fixture(scope="module")
def sources() -> Sources:
    return load_sources()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def sequencer(sources: Sources) -> Asset:
    return next(a for a in build_fleet(stream("fleet"), sources) if a.model == "GS-2000")


def test_life_follows_the_weibull_mean(catalogue: Catalogue) -> None:
    rng, fault = stream("life"), catalogue.faults["eva-fan-worn"]
    drawn = [next_failure(rng, fault, 0.0, 1.0) for _ in range(DRAWS)]
    expected = fault.life_hours * math.gamma(1 + 1 / fault.shape)
    assert sum(drawn) / DRAWS == pytest.approx(expected, rel=0.03)


def test_a_worn_part_has_less_life_left(catalogue: Catalogue) -> None:
    rng, fault = stream("left"), catalogue.faults["eva-fan-worn"]
    left = [
        sum(next_failure(rng, fault, age, 1.0) - age for _ in range(DRAWS)) / DRAWS
        for age in (0.0, 8_000.0, 16_000.0)
    ]
    assert left[0] > left[1] > left[2] > 0


def test_dust_clogs_filters_sooner(catalogue: Catalogue, sequencer: Asset) -> None:
    fault = catalogue.faults["filter-clogged"]
    assert hazard_weight(fault, "dusty") > hazard_weight(fault, "clean") == 1.0

    def clogged(environment: str) -> int:
        rng = stream("dust")
        return sum(
            failure.fault is fault
            for _ in range(60)
            for failure in failures(rng, catalogue, sequencer, environment, 20_000.0)
        )

    assert clogged("dusty") > 1.3 * clogged("clean")


def test_failures_show_what_the_model_can_show(catalogue: Catalogue, sequencer: Asset) -> None:
    for failure in failures(stream("shown"), catalogue, sequencer, "warm", 60_000.0):
        assert 0 < failure.usage_hours < 60_000
        assert "GS-2000" in failure.fault.models
        assert "GS-2000" in catalogue.symptoms[failure.symptom].models


def test_confusions_prefer_the_same_symptom(catalogue: Catalogue, sequencer: Asset) -> None:
    failure = Failure(sequencer, catalogue.faults["eva-tec-weak"], 1.0, "image-blur")
    assert set(confusions(catalogue, failure)) == {"optics-dirty"}
    hot = replace(failure, symptom="overheat")
    assert set(confusions(catalogue, hot)) == {"eva-fan-worn", "filter-clogged"}


def test_first_diagnosis_is_right_as_often_as_stated(
    catalogue: Catalogue, sequencer: Asset
) -> None:
    rng = stream("diagnosis")
    failure = Failure(sequencer, catalogue.faults["eva-fan-worn"], 1.0, "overheat")
    drawn = [diagnose(rng, catalogue, failure) for _ in range(DRAWS)]
    assert drawn.count("eva-fan-worn") / DRAWS == pytest.approx(RIGHT_FIRST, abs=0.03)
    assert set(drawn) == {"eva-fan-worn", "filter-clogged", "eva-tec-weak", "eva-sensor-drift"}


def test_parts_come_with_their_probability_and_from_the_parts_list(
    catalogue: Catalogue, sources: Sources
) -> None:
    rng, fault = stream("parts"), catalogue.faults["eva-fan-worn"]
    fitted = sources.parts_of("GS-2000")
    drawn = [parts_needed(rng, fault, fitted) for _ in range(DRAWS)]
    assert all(parts["YP-FN-2001"] == 1 for parts in drawn)
    share = sum("YP-FL-2101" in parts for parts in drawn) / DRAWS
    assert share == pytest.approx(0.5, abs=0.03)
    assert parts_needed(rng, catalogue.faults["eva-module-failed"], fitted).keys() <= fitted.keys()


def test_a_wrong_diagnosis_costs_visits(
    catalogue: Catalogue, sources: Sources, sequencer: Asset
) -> None:
    rng = stream("visits")
    failure = Failure(sequencer, catalogue.faults["eva-fan-worn"], 1.0, "overheat")
    done = [
        repair(rng, catalogue, failure, sources.parts_of("GS-2000"), set()) for _ in range(DRAWS)
    ]
    right = [r.visits for r in done if r.first_diagnosis == "eva-fan-worn"]
    wrong = [r.visits for r in done if r.first_diagnosis != "eva-fan-worn"]
    assert sum(wrong) / len(wrong) > sum(right) / len(right) + 0.5
    assert all(r.labour_hours >= 0.25 and r.parts.get("YP-FN-2001") == 1 for r in done)
