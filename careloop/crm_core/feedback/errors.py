"""Failures of feedback."""

from __future__ import annotations

from careloop.kit.errors import Conflict


class SurveyClosed(Conflict):
    """The survey takes no answer any more."""

    code = "survey_closed"


class SurveyNotSent(Conflict):
    """The survey was not sent, and why; `reason` is one of the codes of `policy.REASONS`."""

    code = "survey_not_sent"

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text, reason=reason)
