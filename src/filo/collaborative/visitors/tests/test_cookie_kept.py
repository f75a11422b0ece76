"""The cookie goes thirty days after the last visit: whoever is noted to be there keeps it, whoever goes loses it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from filo.collaborative.visitors.door import KEPT_DAYS
from filo.collaborative.visitors.services import begin_visit
from filo.foundation import clock

pytestmark = pytest.mark.django_db
SEEN = {"path": "/p/kb", "title": "Aiuto"}


def browser() -> Client:
    client = Client(headers={"Origin": "http://testserver"})
    client.cookies["filo-visitor"] = begin_visit(language="it")[1]
    return client


def test_who_is_still_there_keeps_his_cookie() -> None:
    client = browser()
    key = client.cookies["filo-visitor"].value
    assert "filo-visitor" not in client.post("/p/visit/seen", SEEN).cookies, "noted a moment ago"
    with clock.at(clock.now() + timedelta(days=2)):
        kept = client.post("/p/visit/seen", SEEN).cookies["filo-visitor"]
    assert (kept.value, kept["max-age"], kept["httponly"]) == (key, KEPT_DAYS * 86_400, True)


def test_a_page_elsewhere_gets_no_cookie_for_its_key() -> None:
    key = begin_visit(language="it")[1]
    with clock.at(clock.now() + timedelta(days=2)):
        answer = Client().post("/p/visit/seen", SEEN, headers={"X-Filo-Visitor": key})
    assert "filo-visitor" not in answer.cookies


def test_who_leaves_loses_it_however_long_ago_he_was_seen() -> None:
    client = browser()
    with clock.at(clock.now() + timedelta(days=2)):
        gone = client.post("/p/visit/leave").cookies["filo-visitor"]
    assert (gone.value, gone["max-age"]) == ("", 0)
