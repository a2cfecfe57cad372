"""Failures of contracts."""

from __future__ import annotations

from careloop.kit.errors import Conflict


class ContractStepNotAllowed(Conflict):
    """The contract's present state does not allow this step."""

    code = "contract_step_not_allowed"
