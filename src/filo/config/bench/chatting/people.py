"""Whoever chats in the bench: operators with their sessions, customers with their secrets, and open chats between them.

Runs in the house that is measured.
"""

from __future__ import annotations

import json
from typing import Any

WORD = "a-long-word-for-a-bench"


def prepare(customers: int, operators: int) -> str:
    """Make them; gives what the load needs to know of each as JSON."""
    from filo.collaborative.chat.services.places import save_place
    from filo.foundation.access.principal import system
    from filo.operational.service.services.settings import save_group

    bench = system("bench")
    staff = [_operator(bench, number) for number in range(operators)]
    facts = {"name": "Bench", "respond_within": 240, "solve_within": 480}
    group = save_group(bench, None, facts, members=[user.pk for user, _session in staff])
    place = save_place(bench, None, {"name": "Bench", "group_id": group.pk, "active": True})
    chats = [_chat(place, staff[number % operators][0]) for number in range(customers)]
    told = [{"session": session, "chats": []} for _user, session in staff]
    for number in range(customers):
        told[number % operators]["chats"].append(number)  # type: ignore[attr-defined]
    return json.dumps({"operators": told, "customers": chats})


def _operator(bench: Any, number: int) -> tuple[Any, str]:
    from django.conf import settings
    from django.test import Client

    from filo.foundation.access.models import Role
    from filo.foundation.accounts.services import add_person
    from filo.foundation.organisation.models import Unit

    user = add_person(
        bench,
        email=f"bench{number}@bench.example",
        given_name="Operatore",
        family_name=str(number),
        role=Role.objects.get(code="care-operator"),
        unit=Unit.objects.order_by("path")[0],
        password=WORD,
    )
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR=f"10.9.0.{number}")
    client.post("/login", {"login": user.email, "password": WORD})
    return user, client.cookies[settings.SESSION_COOKIE_NAME].value


def _chat(place: Any, operator: Any) -> dict[str, str]:
    from uuid import uuid4

    from filo.collaborative.chat.services import Opening, begin_chat, take_chat
    from filo.collaborative.visitors.services import begin_visit
    from filo.foundation.accounts.queries import principal_of

    visitor, key = begin_visit(language="it")
    chat = begin_chat(visitor, Opening(uuid4(), "Buongiorno, avrei una domanda.", place=place))
    take_chat(principal_of(operator), chat)
    return {"key": key, "chat": str(chat.pk)}
