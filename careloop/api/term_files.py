"""Files of terms into the books, for HTTP and shell alike."""

from __future__ import annotations

from careloop.api.bootstrap import Services
from careloop.kit.actor import Actor
from careloop.kit.errors import InvalidInput
from careloop.knowledge.language.term_exchange import Reading, read_terms
from careloop.knowledge.terms import service
from careloop.knowledge.terms.schemas import (
    MAX_IMPORT,
    ImportedTerm,
    ImportProblem,
    ImportReport,
    ImportTerms,
)  # fmt: skip

MAX_BYTES = 30_000_000
MAX_PROBLEMS = 500


def read_file(data: bytes) -> Reading:
    """What a CSV or TBX file holds; `InvalidInput` when it is neither, or holds too much."""
    reading = read_terms(data)
    if len(reading.concepts) > MAX_IMPORT:
        raise InvalidInput(f"A file of terms has at most {MAX_IMPORT} terms; send it in parts")
    return reading


def imported(services: Services, actor: Actor, reading: Reading, dry_run: bool) -> ImportReport:
    """Store what was read, or with `dry_run` only tell what would be stored."""
    terms = [
        ImportedTerm(
            key=concept.key, kind=concept.kind, reviewed=sorted(concept.reviewed),
            names={lang: list(names) for lang, names in concept.names.items()},
            note=concept.note, domain=concept.domain,
        )
        for concept in reading.concepts
    ]  # fmt: skip
    if dry_run:
        with services.database.read(actor.tenant_id) as session:
            report = service.preview_import(session, actor, terms)
    else:
        result = services.runtime.invoke(actor, "terms.import", ImportTerms(terms=terms))
        report = ImportReport.model_validate(result)
    problems = [ImportProblem(row=p.row, column=p.column, reason=p.reason)
                for p in reading.problems[:MAX_PROBLEMS]]  # fmt: skip
    return report.model_copy(update={"errors": problems})
