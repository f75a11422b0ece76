"""What tests do at the door: sign in, and read the link of the last mail."""

from __future__ import annotations

import re

from django.http import HttpResponseBase
from django.test import Client

from filo.foundation import clock
from filo.foundation.accounts.factors.codes import code_at
from filo.foundation.mail.models import OutgoingMail
from filo.testing.world import PASSWORD


def sign_in(client: Client, email: str, password: str = PASSWORD) -> HttpResponseBase:
    """Send the form of the sign-in page."""
    return client.post("/login", {"login": email, "password": password, "remember": "on"})


def is_inside(client: Client) -> bool:
    """Whether this browser is signed in."""
    return client.get("/me").status_code == 200


def last_link() -> str:
    """The path of the link in the newest mail; the address before it is the configured one."""
    mail = OutgoingMail.objects.order_by("-id")[0]
    found = re.search(r"https?://\S+", mail.text)
    assert found is not None
    assert found[0].startswith("https://crm.example.it/password/reset/key/")
    return found[0].removeprefix("https://crm.example.it")


def choose_password(client: Client, link: str, password: str) -> HttpResponseBase:
    """Follow a link and send its form; gives the last answer."""
    opened = client.get(link, follow=True)
    where = opened.redirect_chain[-1][0] if opened.redirect_chain else link
    return client.post(where, {"password1": password, "password2": password})


def code_of(secret: str, *, ahead: int = 0) -> str:
    """What an authenticator app with this key shows, now or so many half-minutes later."""
    return code_at(secret, int(clock.now().timestamp()) // 30 + ahead)


def set_up_app(client: Client) -> tuple[str, list[str]]:
    """Switch the app on as a person does; gives its key, and the recovery codes that were shown."""
    page = client.get("/me/security/app").content.decode()
    secret = re.sub(r"\s", "", re.findall(r'id="app-key">([A-Z2-7 ]+)<', page)[0])
    done = client.post("/me/security/app", {"code": code_of(secret, ahead=-1)})
    assert done.status_code == 200
    return secret, re.findall(r"<li><code>(\d{4} \d{4})</code>", done.content.decode())


def with_app(email: str) -> tuple[Client, str, list[str]]:
    """Somebody who signed in and switched the app on: the browser, the key, the recovery codes."""
    client = Client()
    sign_in(client, email)
    return client, *set_up_app(client)
