"""The outbox: for who sees the settings; what a mail holds is shown, never run."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from filo.foundation.access.models import Role
from filo.foundation.mail.models import MailState, OutgoingMail
from filo.foundation.mail.services import queue_mail

pytestmark = pytest.mark.django_db


def signed_in(role: str) -> Client:
    """A browser in which somebody with a ready role is signed in."""
    found = Role.objects.get_or_create(code=role, defaults={"name_it": role, "name_en": role, "based_on": role})[0]
    user = get_user_model().objects.create(email=f"{role}@aurora.example", given_name=role, role=found, language="en")
    client = Client()
    client.force_login(user)
    return client


def test_the_newest_mail_comes_first_fifty_a_page() -> None:
    made = [queue_mail(to="mario@example.it", subject="Ciao", text="x").id for _ in range(60)]
    newest_first = [str(mail_id) for mail_id in sorted(made, reverse=True)]
    client = signed_in("administrator")
    first = client.get("/outbox").content.decode()
    assert shown(first) == newest_first[:50]
    cursor = first.split('href="?cursor=')[1].split('"')[0]
    assert shown(client.get(f"/outbox?cursor={cursor}").content.decode()) == newest_first[50:]


def shown(page: str) -> list[str]:
    """The mails of a page, in its order."""
    return re.findall(r"/outbox/([0-9a-f-]{36})", page)


def test_a_mail_shows_its_text_and_its_html_as_source_only() -> None:
    mail = queue_mail(to="mario@example.it", subject="<script>1</script>", text="<b>due</b>", html="<script>3</script>")
    page = signed_in("administrator").get(f"/outbox/{mail.id}").content.decode()
    assert "&lt;script&gt;1&lt;/script&gt;" in page
    assert "&lt;b&gt;due&lt;/b&gt;" in page
    assert "&lt;script&gt;3&lt;/script&gt;" in page
    assert "<script>" not in page


def test_an_agent_is_refused_and_changes_nothing() -> None:
    mail = queue_mail(to="mario@example.it", subject="x", text="x")
    OutgoingMail.objects.update(state=MailState.UNKNOWN)
    client = signed_in("agent")
    assert client.get("/outbox").status_code == 403
    assert client.get(f"/outbox/{mail.id}").status_code == 403
    assert client.post(f"/outbox/{mail.id}/send-again").status_code == 403
    mail.refresh_from_db()
    assert mail.state == MailState.UNKNOWN


def test_management_looks_and_only_the_administrator_sends_again() -> None:
    mail = queue_mail(to="mario@example.it", subject="x", text="x")
    OutgoingMail.objects.update(state=MailState.UNKNOWN)
    management = signed_in("management")
    assert "send-again" not in management.get(f"/outbox/{mail.id}").content.decode()
    assert management.post(f"/outbox/{mail.id}/send-again").status_code == 403
    administrator = signed_in("administrator")
    assert "send-again" in administrator.get(f"/outbox/{mail.id}").content.decode()
    assert administrator.post(f"/outbox/{mail.id}/send-again").status_code == 302
    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED


def test_a_mail_that_is_not_there_is_not_found() -> None:
    client = signed_in("administrator")
    assert client.get("/outbox/00000000-0000-7000-8000-000000000000").status_code == 404
    assert client.get("/outbox?cursor=nonsense").status_code == 400
