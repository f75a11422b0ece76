"""Sockets of the product end with what their session rests on: within a second, and without one more message."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from filo.testing.served import Served, served

BUILD = """
import json
from importlib import import_module
from allauth.mfa.models import Authenticator
from django.conf import settings
from filo.foundation.accounts import door
from filo.testing.world import build_world
world, found = build_world(), {}
for name, user in world.people.items():
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["_auth_user_id"], session["_auth_user_hash"] = str(user.pk), user.get_session_auth_hash()
    session["_auth_user_backend"] = "filo.foundation.accounts.backend.Backend"
    session.create()
    door.open_session(user, session_key=session.session_key, ip="127.0.0.1", user_agent="test")
    found[name] = {"id": str(user.pk), "key": session.session_key}
Authenticator.objects.create(user=world.people["boss"], type="totp", data={"secret": ""})
json.dump(found, open(PATH, "w"))
"""
END = """
import json, time
from filo.foundation.access.models import Role
from filo.foundation.access.principal import system
from filo.foundation.accounts import door
from filo.foundation.accounts.models import User
from filo.foundation.accounts.rules import reset_second_factor
from filo.foundation.accounts.services import edit_person
from filo.foundation.organisation.models import SellingCompany, Unit
from filo.foundation.push.services import publish
BOSS, who = system("test"), {user.email.split("@")[0]: user for user in User.objects.select_related("role", "unit")}
def edit(name, **fields):
    edit_person(BOSS, who[name], version=who[name].version, **fields)
edit("agent", is_active=False)
edit("teammate", role=Role.objects.get(code="researcher"))
edit("stranger", unit=Unit.objects.get(code="nord"))
edit("manager", companies=[SellingCompany.objects.get(code="aurora-casa")])
reset_second_factor(BOSS, who["boss"])
who["inside"].set_password("un-altra-parola-9")
who["inside"].save()
door.note_password_set(who["inside"], by_link=True)
door.close_all_sessions(who["other.manager"])
ended = time.time()
for user in who.values():
    publish(f"user:{user.pk}", "told", version=1)
json.dump(ended, open(PATH, "w"))
"""
ENDED = ("agent", "teammate", "stranger", "manager", "boss", "inside", "other_manager")
STAYING = ("admin", "researcher", "operator")


@dataclass
class Heard:
    """What a page heard until it was closed, or had its message."""

    kinds: list[str]
    code: int
    at: float


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, dict[str, dict[str, str]], Path]]:
    folder = tmp_path_factory.mktemp("sessions")
    product: Any = {
        "DJANGO_SETTINGS_MODULE": "filo.config.settings",
        "FILO_SECRET_KEY": "only-for-these-tests-0123456789-0123456789",
    }
    with served(folder, **product) as running:
        running.python(f"PATH = {str(folder / 'who')!r}\n{BUILD}")
        yield running, json.loads((folder / "who").read_text()), folder


def test_whoever_is_put_out_hears_nothing_more_and_is_closed_within_a_second(site: Any) -> None:
    running, who, folder = site
    with ExitStack() as stack, ThreadPoolExecutor(len(who)) as pool:
        pages = {name: stack.enter_context(_open(running, person["key"])) for name, person in who.items()}
        for name, page in pages.items():
            _listen(page, f"user:{who[name]['id']}")
        listening = {name: pool.submit(_hear, page) for name, page in pages.items()}
        running.python(f"PATH = {str(folder / 'ended')!r}\n{END}")
        heard = {name: found.result(20) for name, found in listening.items()}
    ended = json.loads((folder / "ended").read_text())
    assert {name: heard[name].code for name in ENDED} == dict.fromkeys(ENDED, 4401)
    assert {name: heard[name].kinds for name in ENDED} == {name: [] for name in ENDED}
    assert max(heard[name].at for name in ENDED) - ended < 5  # a second, and a machine that has other work
    assert {name: heard[name].kinds for name in STAYING} == {name: ["told"] for name in STAYING}


def _open(running: Served, key: str) -> ClientConnection:
    return connect(
        f"ws://localhost:{running.port}/ws/live",
        origin=Origin(f"http://localhost:{running.port}"),
        additional_headers={"Cookie": f"filo-session={key}"},
        open_timeout=30,
        close_timeout=1,
    )


def _listen(page: ClientConnection, topic: str) -> None:
    page.send(json.dumps({"listen": [topic], "since": None}))
    while json.loads(page.recv(timeout=30))["kind"] != "listening":
        pass


def _hear(page: ClientConnection) -> Heard:
    kinds: list[str] = []
    try:
        while "told" not in kinds:
            kind = json.loads(page.recv(timeout=30))["kind"]
            kinds += [kind] if kind != "ping" else []
    except ConnectionClosed as closed:
        return Heard(kinds, closed.rcvd.code if closed.rcvd else 0, time.time())
    return Heard(kinds, 0, time.time())
