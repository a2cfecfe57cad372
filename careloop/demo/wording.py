"""What customers write: a loose description of a symptom in their own language."""

from __future__ import annotations

from random import Random

from careloop.demo.causal import Failure
from careloop.demo.faults import Catalogue
from careloop.demo.source_tables import Sources

NO_SPACES = ("zh", "ja")
SAYS_CODE = 0.55
SAYS_SERIAL = 0.45
SAYS_CLOSING = 0.45
MISREAD_SERIAL = 0.12


def misread(rng: Random, serial: str) -> str:
    """A serial as people copy it from a worn plate: O for 0, or 8 for the plant letter B."""
    prefix, _, rest = serial.partition("-")
    year, tail = rest[:2], rest[2:]
    if tail.startswith("B") and rng.random() < 0.5:
        return f"{prefix}-{year}8{tail[1:]}"
    return f"{prefix}-{year}{tail.replace('0', 'O', 1)}"


def title(catalogue: Catalogue, failure: Failure, language: str) -> str:
    """Model and symptom in one line."""
    return f"{failure.asset.model} {catalogue.symptoms[failure.symptom].titles[language]}"


def _ended(sentence: str, language: str) -> str:
    return sentence + ("。" if language in NO_SPACES else ".")


def description(
    rng: Random, sources: Sources, catalogue: Catalogue, failure: Failure, language: str
) -> str:
    """A customer's message: the wording, at times with screen code, serial number and a plea."""

    def phrase(kind: str) -> str:
        return rng.choice(sources.phrases[kind, language])

    said = [_ended(rng.choice(catalogue.wordings[failure.symptom, language]), language)]
    code = catalogue.codes.get((failure.asset.model, failure.symptom))
    if code and rng.random() < SAYS_CODE:
        said.insert(rng.randrange(2), phrase("code").format(code=code))
    if rng.random() < SAYS_SERIAL:
        serial = failure.asset.serial
        written = misread(rng, serial) if rng.random() < MISREAD_SERIAL else serial
        said.append(phrase("serial").format(serial=written))
    if rng.random() < SAYS_CLOSING:
        said.append(phrase("closing"))
    return ("" if language in NO_SPACES else " ").join(said)
