"""Completes the OpenAPI document with what every endpoint has in common: bearer, problems, headers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any

from ninja.openapi.schema import OpenAPISchema

from filo.foundation.rest.schemas import Problem

Details = dict[str, Any]
# For `openapi_extra` of endpoints whose answer carries an ETag.
VERSIONED: Details = {"x-versioned": True}
_SCHEMA = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
PROBLEMS = {
    400: "Unreadable; or a parameter, filter, sort or cursor that is not declared",
    401: "No valid token",
    403: "The token lacks the scope, or the role the right",
    404: "Not there, or not yours to see",
    409: "A business rule says no",
    412: "Somebody saved first: `differing` tells both values of each field",
    422: "Fields that are wrong or unknown: `fields` tells what, one by one",
    429: "Too many requests: try again after `Retry-After` seconds",
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "1 to 255 printable characters. The same request with the same key happens once within 72 hours.",
    "schema": {"type": "string", "maxLength": 255},
}
_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag that was read: refused with 412 when somebody saved since.",
    "schema": {"type": "string"},
}
_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag that is known: answered with 304 when nothing changed.",
    "schema": {"type": "string"},
}
_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "`it` or `en`: the language of sentences.",
    "schema": {"type": "string"},
}


Amendment = Callable[[Mapping[str, Details]], dict[str, Details]]
_amendments: list[Amendment] = []


def describe_with(amendment: Amendment) -> None:
    """Let a topic replace schemas whenever the document is asked for: what the firm itself declares changes."""
    _amendments.append(amendment)


def amended(document: OpenAPISchema) -> OpenAPISchema:
    """The document with the schemas as they are now; the one that was given stays as it was."""
    components = document["components"]
    changed = {name: schema for each in _amendments for name, schema in each(components["schemas"]).items()}
    if not changed:
        return document
    schemas = {**components["schemas"], **changed}
    found = copy(document)
    found["components"] = {**components, "schemas": schemas}
    return found


def completed(document: OpenAPISchema) -> OpenAPISchema:
    """The document of all endpoints, completed."""
    document["servers"] = [{"url": "/"}]
    document["security"] = [{"bearer": []}]
    components = document["components"]
    components["schemas"]["Problem"] = Problem.model_json_schema()
    components["schemas"] = dict(sorted(components["schemas"].items()))
    components["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "description": "A token from *My account*, or `filo token add`."}
    }
    for path, methods in document["paths"].items():
        for method, details in methods.items():
            _complete(path, method, details)
    return document


def _complete(path: str, method: str, details: Details) -> None:
    statuses = {401, 403, 429}
    versioned = details.pop("x-versioned", False)
    if "{" in path:
        statuses.add(404)
    if any(parameter["in"] == "query" for parameter in details["parameters"]):
        statuses |= {400, 422}
    if method in ("post", "patch"):
        statuses |= {400, 409, 422}
    if method in ("patch", "delete") and versioned:
        statuses.add(412)
        details["parameters"].append(_MATCH)
    if method == "post":
        details["parameters"].append(_KEY)
    if method == "get" and versioned:
        details["parameters"].append(_NONE_MATCH)
        details["responses"][304] = {"description": "Nothing changed"}
    details["parameters"].append(_LANGUAGE)
    for status in sorted(statuses):
        details["responses"][status] = {"description": PROBLEMS[status], "content": _SCHEMA}
