"""Facts that a row is made of as a whole, checked by the rules that the desk uses."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.ledger import Row

M = TypeVar("M", bound=BaseModel)


def checked(model: type[M], facts: Row, columns: dict[str, str] | None = None) -> M:
    """The facts as the model has them; `BadRow` names the column of the first fault.

    `columns` says in which of our columns a fact stands that has not the column's name.
    """
    try:
        return model.model_validate(facts)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False)[0]
        told = str(fault["msg"]).removeprefix("Value error, ")
        name = str(fault["loc"][0]) if fault["loc"] else told.partition(":")[0]
        reason = told if fault["loc"] else told.partition(": ")[2] or told
        raise BadRow((columns or {}).get(name, name), reason) from None
