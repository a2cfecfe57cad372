"""The OpenAPI document: FastAPI's own, with the one shape that every failure has."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from careloop.api.problems import MEDIA_TYPE

_METHODS = frozenset({"get", "put", "post", "delete", "patch"})
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457: why a request failed, and what to do about it.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "Written for the person who can act on it."},
        "code": {"type": "string", "description": "Stable name of the failure."},
        "errors": {"type": "object", "description": "Field to message, or further facts."},
    },
}
_ANSWER = {
    "description": "Failure",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def describe_failures(app: FastAPI) -> None:
    """Let the document of `app` name the problem document as the answer of every failure."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = plain()
            components = document.setdefault("components", {})
            components.setdefault("schemas", {})["Problem"] = _PROBLEM
            components["responses"] = {"Problem": _ANSWER}
            for path in document["paths"].values():
                for method in _METHODS & path.keys():
                    answers = path[method]["responses"]
                    answers.pop("422", None)
                    answers["default"] = {"$ref": "#/components/responses/Problem"}
            for unused in ("HTTPValidationError", "ValidationError"):
                components["schemas"].pop(unused, None)
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]
