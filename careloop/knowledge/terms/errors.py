"""Failures of the termbase."""

from __future__ import annotations

from careloop.kit.errors import InvalidInput, NotFound


class TermNotFound(NotFound):
    """The tenant has no own term of this key."""

    code = "term_not_found"


class ProposalNotFound(NotFound):
    """The tenant has no proposal of this id."""

    code = "proposal_not_found"


class UnfitTerm(InvalidInput):
    """A term that cannot be stored; `errors` says why, by field."""

    code = "unfit_term"
