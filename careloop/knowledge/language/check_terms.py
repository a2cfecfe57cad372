"""Check the shipped termbase: `python -m careloop.knowledge.language.check_terms [--json]`.

Errors are doubled keys and names, names of two concepts that `homonyms.csv` does not accept,
concepts without a name in Chinese or English, languages without any name. Exit code 1 on errors.
`--manual FILE` also tells how many terms of a set-aside manual the termbase knows; the file is a
CSV with one column for each language and one term in a cell (`a|b`: either spelling).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel

from careloop.kit.errors import InvalidInput
from careloop.kit.text import LANGUAGES
from careloop.knowledge.language.concept import Concept
from careloop.knowledge.language.term_faults import Fault, faults
from careloop.knowledge.language.term_tables import shipped_concepts, shipped_rows
from careloop.knowledge.language.termbase import Termbase


class Coverage(BaseModel):
    """How many of a manual's terms name at least one concept; `unknown` are the others."""

    terms: int
    known: int
    share: float
    unknown: list[str]


class TermReport(BaseModel):
    """What the check found. Counts are concepts, by language."""

    concepts: int
    names: dict[str, int]
    unreviewed: dict[str, int]
    errors: list[dict[str, str]]
    warnings: dict[str, int]
    coverage: dict[str, Coverage] | None = None


def check(manual: str | None = None) -> TermReport:
    """Check the shipped tables; `manual` is the text of a CSV of terms, see the module."""
    concepts = shipped_concepts()
    found = faults(shipped_rows())
    return TermReport(
        concepts=len(concepts),
        names={lang: sum(bool(c.names.get(lang)) for c in concepts) for lang in LANGUAGES},
        unreviewed={lang: _unreviewed(concepts, lang) for lang in LANGUAGES},
        errors=[_told(fault) for fault in found if fault.error],
        warnings=dict(sorted(Counter(fault.kind for fault in found if not fault.error).items())),
        coverage=coverage(manual.splitlines(), Termbase(concepts)) if manual is not None else None,
    )


def coverage(lines: Iterable[str], base: Termbase) -> dict[str, Coverage]:
    """By language, the share of a manual's terms for which at least one concept is found."""
    rows = csv.DictReader(lines)
    columns = [name for name in rows.fieldnames or () if name in LANGUAGES]
    if not columns:
        raise InvalidInput(f"No column of the manual is a language: {', '.join(LANGUAGES)}")
    terms: dict[str, list[str]] = {lang: [] for lang in columns}
    for row in rows:
        for lang in columns:
            if cell := (row.get(lang) or "").strip():
                terms[lang].append(cell)
    return {lang: _covered(found, lang, base) for lang, found in terms.items()}


def words(report: TermReport) -> str:
    """The report for a person."""
    lines = [f"{report.concepts} concepts", "language  named  unreviewed"]
    lines += [f"{lang:8}  {report.names[lang]:5}  {report.unreviewed[lang]:10}"
              for lang in LANGUAGES]  # fmt: skip
    for lang, item in (report.coverage or {}).items():
        lines.append(f"coverage {lang}: {item.share:.1%} of {item.terms} terms")
        lines += [f"  unknown: {', '.join(item.unknown)}"] if item.unknown else []
    lines += [f"warnings: {count} {kind}" for kind, count in report.warnings.items()]
    lines += [f"error: {' '.join(error.values())}" for error in report.errors]
    return "\n".join([*lines, f"{len(report.errors)} errors"])


def main(arguments: list[str] | None = None) -> int:
    """Print the report; 1 when there are errors."""
    parser = argparse.ArgumentParser(description="Check the shipped termbase.")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.add_argument("--manual", type=Path, help="CSV of terms, one column a language")
    asked = parser.parse_args(arguments)
    report = check(asked.manual.read_text(encoding="utf-8-sig") if asked.manual else None)
    sys.stdout.write((report.model_dump_json() if asked.json else words(report)) + "\n")
    return int(bool(report.errors))


def _covered(terms: list[str], lang: str, base: Termbase) -> Coverage:
    unknown = [
        term
        for term in terms
        if not any(base.concepts(spelling, lang) for spelling in term.split("|"))
    ]
    known = len(terms) - len(unknown)
    share = round(known / len(terms), 4) if terms else 0.0
    return Coverage(terms=len(terms), known=known, share=share, unknown=unknown)


def _unreviewed(concepts: Iterable[Concept], lang: str) -> int:
    return sum(bool(c.names.get(lang)) and lang not in c.reviewed for c in concepts)


def _told(fault: Fault) -> dict[str, str]:
    return {"kind": fault.kind, "key": fault.key, "lang": fault.lang, "text": fault.text}


if __name__ == "__main__":
    sys.exit(main())
