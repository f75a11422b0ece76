"""Refusals are problem documents in the caller's language, and failures tell nothing but their id."""

from __future__ import annotations

import logging

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.testing.api import api_of, client
from filo.testing.world import World


@pytest.mark.parametrize(
    ("header", "language", "sentence"),
    [
        ("", "en", "There is nothing here, or it is not yours to see."),
        ("de", "en", "There is nothing here, or it is not yours to see."),
        ("*", "en", "There is nothing here, or it is not yours to see."),
        ("en-GB,it;q=0.5", "en", "There is nothing here, or it is not yours to see."),
        ("it", "it", "Qui non c'è nulla, o non rientra in ciò che puoi vedere."),
        ("it-IT,en;q=0.8", "it", "Qui non c'è nulla, o non rientra in ciò che puoi vedere."),
        ("de,it;q=0.5,en;q=0.4", "it", "Qui non c'è nulla, o non rientra in ciò che puoi vedere."),
    ],
)
def test_a_sentence_is_in_the_language_asked_for(world: World, header: str, language: str, sentence: str) -> None:
    answer = api_of(world, "agent").read("/nothing-here", Accept_Language=header)
    assert answer["Content-Language"] == language
    assert (answer.status_code, answer.json()["detail"]) == (404, sentence)


def test_a_problem_has_the_members_of_rfc_9457(world: World) -> None:
    answer = api_of(world, "agent").send("/parties", {"kind": "person", "is_admin": True, "contact_points": [{}]})
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:filo:problem:invalid-fields",
        "title": "Some fields need your attention.",
        "status": 422,
        "detail": "Some fields need your attention.",
        "code": "invalid-fields",
        "fields": {
            "is_admin": ["There is no such field."],
            "contact_points.0.type": ["This is required."],
            "contact_points.0.value": ["This is required."],
        },
        "request_id": answer["X-Request-Id"],
    }


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "",
        "nope",
        '{"kind": NaN}',
        '{"kind": Infinity}',
        b"\xff\xfe",
        "[" * 100_000,
        "1" * 5000,
        '{"kind": "person", "family_name": "a\\u0000b"}',
        '{"kind": "person", "family_name": "\\ud800"}',
        '{"kind": "person", "\\u0000": 1}',
    ],
)
def test_an_unreadable_body_is_refused(world: World, body: str | bytes) -> None:
    answer = api_of(world, "agent").send("/parties", body)
    expected = (422, "invalid-fields") if body == "" else (400, "unreadable")
    assert (answer.status_code, answer.json()["code"]) == expected


def test_a_body_that_is_too_large_is_refused(world: World, settings: object) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000  # type: ignore[attr-defined]
    answer = api_of(world, "agent").send("/tasks", {"title": "x" * 2000})
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


def test_a_method_that_is_not_taken_names_those_that_are(world: World) -> None:
    answer = api_of(world, "agent").ask("PUT", "/parties", {})
    assert answer.status_code == 405
    assert sorted(answer["Allow"].split(", ")) == ["GET", "POST"]
    assert answer.json()["code"] == "method-not-allowed"


@pytest.mark.parametrize("path", ["/", "/parties/not-an-id", "/parties/", "/nothing"])
def test_an_unknown_address_is_a_problem_too(world: World, path: str) -> None:
    assert api_of(world, "agent").read(path).status_code == 404
    assert client().read(path).status_code == 401


@pytest.mark.parametrize("path", ["/parties?page=2", "/me?x=1", "/parties?limit=1&Limit=2", "/search?q=a&sort=name"])
def test_an_undeclared_parameter_is_refused(world: World, path: str) -> None:
    answer = api_of(world, "agent").read(path)
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown-parameter")


def test_a_parameter_with_what_is_no_character_is_refused(world: World) -> None:
    assert api_of(world, "agent").read("/parties?q=a%00b").status_code == 400


@pytest.mark.urls("filo.foundation.rest.tests.samples")
def test_a_failure_is_logged_under_the_id_it_tells_and_nothing_else(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="filo.rest"):
        answer = api_of(world, "agent").send("/broken", {"text": "x"})
    assert answer.status_code == 500
    assert answer.json()["code"] == "unexpected"
    assert "42" not in answer.content.decode().replace(answer["X-Request-Id"], "")
    assert answer.json()["request_id"] == answer["X-Request-Id"]
    assert [record.getMessage() for record in caplog.records if record.name == "filo.rest"] == [
        f"request {answer['X-Request-Id']} failed"
    ]


@pytest.mark.urls("filo.foundation.rest.tests.samples")
def test_a_business_rule_is_a_409_with_its_code(world: World) -> None:
    answer = api_of(world, "agent").send("/refused", {"text": "x"}, Idempotency_Key="k")
    assert (answer.status_code, answer.json()["code"]) == (409, "too-late")
    assert answer.json()["title"] == "This cannot be done."
    assert not AuditEntry.objects.filter(action="x").exists()
