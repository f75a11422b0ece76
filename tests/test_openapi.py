"""The OpenAPI document is a reviewed snapshot: a change of the API shows as a change of `tests/openapi.json`.

Refresh it with `FILO_WRITE_SNAPSHOT=1 ./filo test tests/test_openapi.py`.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from filo.foundation.rest.schemas import Body, Shape

SNAPSHOT = Path(__file__).with_name("openapi.json")
pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> dict[str, Any]:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_the_document_is_the_reviewed_one(document: dict[str, Any]) -> None:
    text = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("FILO_WRITE_SNAPSHOT"):
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert text == SNAPSHOT.read_text(encoding="utf-8"), __doc__


def test_it_is_openapi_3_1_with_a_bearer(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert document["security"] == [{"bearer": []}]


def test_every_operation_says_what_it_does_and_how_it_refuses(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        assert re.fullmatch(r"/api/v1(/([a-z]+(-[a-z]+)*|\{[a-z]+_id\}))+", path), path
        for method, details in methods.items():
            assert details["summary"], (method, path)
            assert {"401", "403", "429"} <= details["responses"].keys(), (method, path)
            problem = details["responses"]["401"]["content"]["application/problem+json"]
            assert problem["schema"] == {"$ref": "#/components/schemas/Problem"}
            headers = {found["name"] for found in details["parameters"] if found["in"] == "header"}
            assert ("Idempotency-Key" in headers) == (method == "post"), (method, path)


def test_operation_ids_are_unique(document: dict[str, Any]) -> None:
    ids = [details["operationId"] for methods in document["paths"].values() for details in methods.values()]
    assert len(ids) == len(set(ids))


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    names = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert names <= document["components"]["schemas"].keys()


def test_bodies_refuse_what_they_do_not_declare(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        if schema.get("type") == "object" and name != "Problem":
            assert schema["additionalProperties"] is False, name


def test_the_explorer_needs_nothing_from_elsewhere() -> None:
    answer = Client().get("/api/v1/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    assert all(address.startswith("/static/ninja/") for address in addresses)
    assert "<style" not in page
    assert "<script>" not in page
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_no_two_different_shapes_have_one_name(document: dict[str, Any]) -> None:
    """The document knows them by name alone: the second would take the place of the first."""

    def below(kind: type) -> set[Any]:
        return {one for part in kind.__subclasses__() for one in (part, *below(part))}

    found: dict[str, set[str]] = defaultdict(set)
    for one in below(Body) | below(Shape):
        if one.__module__.startswith("filo."):
            found[one.__name__].add(str({name: str(field.annotation) for name, field in one.model_fields.items()}))
    assert [name for name, fields in found.items() if len(fields) > 1] == []
