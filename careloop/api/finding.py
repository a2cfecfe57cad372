"""What the doctor finds."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class Finding(BaseModel):
    """One thing looked at. `adds` says what a missing optional thing would add.

    `fail`: Careloop does not work, or is not safe, like this. `warn`: it works, look at it.
    """

    area: str
    state: Literal["ok", "warn", "fail"]
    message: str
    adds: str = ""

    @classmethod
    def ok(cls, area: str, message: str, adds: str = "") -> Finding:
        return cls(area=area, state="ok", message=message, adds=adds)

    @classmethod
    def warn(cls, area: str, message: str, adds: str = "") -> Finding:
        return cls(area=area, state="warn", message=message, adds=adds)

    @classmethod
    def fail(cls, area: str, message: str, adds: str = "") -> Finding:
        return cls(area=area, state="fail", message=message, adds=adds)
