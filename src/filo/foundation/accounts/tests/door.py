"""What tests do at the door: sign in, and read the link of the last mail."""

from __future__ import annotations

import re

from django.http import HttpResponseBase
from django.test import Client

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
