"""The termbase as a tenant sees it: lists, filters, faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.kit.text import LANGUAGES
from careloop.knowledge.language.concept import Concept
from careloop.knowledge.language.normalize import fold_accents, normalize
from careloop.knowledge.language.term_faults import PLAIN_WORDS, Fault, faults
from careloop.knowledge.language.termbase import Termbase
from careloop.knowledge.terms import queries
from careloop.knowledge.terms.schemas import TermProblem, TermView, term_view

MAX_PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class TermFilter:
    """What a list of terms is narrowed to; empty takes all. `unreviewed` looks at `lang`, else at
    every language that has names."""

    q: str = ""
    kind: str = ""
    domain: str = ""
    lang: str = ""
    own: bool | None = None
    unreviewed: bool = False


@dataclass(frozen=True, slots=True)
class TermList:
    """One page by key; `total` counts all that fit, kinds and domains are those of the whole
    termbase."""

    items: list[TermView]
    next_cursor: str | None
    total: int
    kinds: list[str]
    domains: list[str]


def terms(
    session: Session, actor: Actor, wanted: TermFilter, cursor: str = "", limit: int = 50
) -> TermList:
    """Concepts after the key `cursor`, in the order of their keys."""
    base = queries.termbase_of(session, actor.tenant_id)
    own = frozenset(queries.entries(session, actor.tenant_id))
    fits = _fits(wanted, own)
    found = sorted(
        (concept for concept in base.concepts_by_key.values() if fits(concept)),
        key=lambda concept: concept.key,
    )
    page = [concept for concept in found if concept.key > cursor][: limit + 1]
    return TermList(
        [term_view(concept, concept.key in own) for concept in page[:limit]],
        page[limit - 1].key if len(page) > limit else None,
        len(found),
        sorted({concept.kind for concept in base.concepts_by_key.values()}),
        sorted({concept.domain for concept in base.concepts_by_key.values()}),
    )


def problems(session: Session, actor: Actor) -> list[TermProblem]:
    """Faults that own terms bring in, then names that the languages of the documents lack.

    A name that the shipped tables give to two concepts on purpose is no fault here.
    """
    base = queries.termbase_of(session, actor.tenant_id)
    own = frozenset(queries.entries(session, actor.tenant_id))
    spoken = queries.document_languages(session, actor.tenant_id)
    found = faults((_folder(concept, own), concept) for concept in base.concepts_by_key.values())
    telling = [fault for fault in found if _concerns(fault, own, spoken)]
    telling.sort(key=lambda fault: (fault.kind == "missing", fault.key not in own, fault.key))
    return [TermProblem(kind=f.kind, key=f.key, lang=f.lang, text=f.text)
            for f in telling[:MAX_PROBLEMS]]  # fmt: skip


def exported(base: Termbase) -> list[Concept]:
    """Every concept by key, as files hold them."""
    return [base.concepts_by_key[key] for key in sorted(base.concepts_by_key)]


def _folder(concept: Concept, own: frozenset[str]) -> str:
    return "terms" if concept.key in own else PLAIN_WORDS


def _concerns(fault: Fault, own: frozenset[str], spoken: frozenset[str]) -> bool:
    if fault.kind == "missing":
        return fault.lang in spoken
    return bool(own & set(fault.key.split("|")))


def _fits(wanted: TermFilter, own: frozenset[str]) -> Callable[[Concept], bool]:
    needle = _plain(wanted.q)

    def fits(concept: Concept) -> bool:
        langs = (wanted.lang,) if wanted.lang else LANGUAGES
        return (
            (not wanted.kind or concept.kind == wanted.kind)
            and (not wanted.domain or concept.domain == wanted.domain)
            and (not wanted.lang or bool(concept.names.get(wanted.lang)))
            and (wanted.own is None or (concept.key in own) == wanted.own)
            and (not wanted.unreviewed or _unreviewed(concept, langs))
            and (not needle or needle in concept.key or _named(concept, langs, needle))
        )

    return fits


def _unreviewed(concept: Concept, langs: tuple[str, ...]) -> bool:
    return any(concept.names.get(lang) and lang not in concept.reviewed for lang in langs)


def _named(concept: Concept, langs: tuple[str, ...], needle: str) -> bool:
    return any(needle in _plain(name) for lang in langs for name in concept.names.get(lang, ()))


@lru_cache(maxsize=200_000)
def _plain(text: str) -> str:
    return fold_accents(normalize(text)).strip()
