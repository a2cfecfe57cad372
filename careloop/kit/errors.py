"""Failures with a name and a status; the edge turns them into RFC 9457 problem documents."""

from __future__ import annotations

from typing import Any, ClassVar


class CareloopError(Exception):
    """An expected failure. `message` is written for the person who can act on it."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    title: ClassVar[str] = "The request failed"

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    def problem(self) -> dict[str, Any]:
        """The RFC 9457 document of this failure."""
        return {
            "type": f"urn:careloop:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.message,
            "code": self.code,
            **({"errors": self.details} if self.details else {}),
        }


class InvalidInput(CareloopError):
    """The caller can mend the input."""

    code, status, title = "invalid_input", 422, "The input does not fit"


class NotFound(CareloopError):
    """There is no such thing, or the actor may not see it; the two look alike on purpose."""

    code, status, title = "not_found", 404, "Not found"


class Conflict(CareloopError):
    """The act does not fit the present state."""

    code, status, title = "conflict", 409, "Conflict with the present state"


class KeyMissing(CareloopError):
    """The act needs an `Idempotency-Key`, and none came with the request."""

    code, status, title = "idempotency_key_missing", 400, "Idempotency-Key is missing"


class VersionConflict(CareloopError):
    """Somebody else changed the row since the caller read it."""

    code, status, title = "version_conflict", 412, "Changed meanwhile"


class Unauthenticated(CareloopError):
    """No valid credential came with the request."""

    code, status, title = "unauthenticated", 401, "Login needed"


class Forbidden(CareloopError):
    """The actor is known but may not do this."""

    code, status, title = "forbidden", 403, "Not allowed"


class RateLimited(CareloopError):
    """Too many requests; `retry_after` is in seconds."""

    code, status, title = "rate_limited", 429, "Too many requests"

    def __init__(self, message: str, retry_after: int = 60) -> None:
        super().__init__(message, retry_after=retry_after)
        self.retry_after = retry_after


class TooLarge(CareloopError):
    """The upload or message exceeds a limit."""

    code, status, title = "too_large", 413, "Too large"


class UnsupportedType(CareloopError):
    """The content is not of a type we accept, whatever its name says."""

    code, status, title = "unsupported_type", 415, "This file type is not accepted"


class Misconfigured(CareloopError):
    """A setting, a folder or a tool of the installation is wrong."""

    code, status, title = "misconfigured", 500, "The installation needs attention"


class Unavailable(CareloopError):
    """A part we depend on does not answer now."""

    code, status, title = "unavailable", 503, "Temporarily unavailable"
