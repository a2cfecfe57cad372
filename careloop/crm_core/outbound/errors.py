"""Failures of what leaves the house."""

from __future__ import annotations

from careloop.kit.errors import Conflict, InvalidInput


class EndpointDisabled(Conflict):
    """The endpoint is told nothing; it has to be enabled first."""

    code = "endpoint_disabled"


class MappingRefused(InvalidInput):
    """The mapping has mistakes; `errors` names each with its place."""

    code = "mapping_refused"
