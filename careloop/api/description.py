"""The OpenAPI document: FastAPI's own, with the one shape that every failure has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from careloop.api.problems import MEDIA_TYPE
from careloop.api.routes.commands import required_key
from careloop.api.schema_names import shorten

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
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}},
}


def describe_failures(app: FastAPI) -> None:
    """Let the document of `app` name the problem document as the answer of every failure."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = plain()
            components = document.setdefault("components", {})
            components.setdefault("schemas", {})["ProblemDocument"] = _PROBLEM
            components["responses"] = {"Problem": _ANSWER}
            keyed = _routes_that_need_a_key(app)
            for name, path in document["paths"].items():
                for method in _METHODS & path.keys():
                    answers = path[method]["responses"]
                    answers.pop("422", None)
                    answers["default"] = {"$ref": "#/components/responses/Problem"}
                    _mark_key(path[method], (method.upper(), name) in keyed)
            for path in document.get("webhooks", {}).values():
                for method in _METHODS & path.keys():
                    path[method]["responses"].pop("422", None)
            for unused in ("HTTPValidationError", "ValidationError"):
                components["schemas"].pop(unused, None)
            shorten(document)
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]


def _routes_that_need_a_key(app: FastAPI) -> set[tuple[str, str]]:
    """Method and path of the routes that refuse a request without an idempotency key."""
    found: set[tuple[str, str]] = set()
    for route in _api_routes(app.routes):
        if any(dependency.call is required_key for dependency in route.dependant.dependencies):
            found.update((method, route.path_format) for method in route.methods or ())
    return found


def _api_routes(routes: Iterable[Any]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from _api_routes(route.original_router.routes)


def _mark_key(operation: dict[str, Any], required: bool) -> None:
    for parameter in operation.get("parameters", []):
        if parameter["name"] == "Idempotency-Key":
            parameter["required"] = required
