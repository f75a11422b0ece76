"""An empty workspace leads to one page, guarded by the code on the terminal; then the page is gone."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from filo.foundation.access.models import Role
from filo.foundation.accounts.first_start import MOST_ATTEMPTS, code_file, start_code
from filo.foundation.accounts.models import SecurityEvent, User
from filo.foundation.accounts.tests.door import is_inside, sign_in
from filo.foundation.organisation.models import Firm, SellingCompany
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def facts(**changed: str) -> dict[str, str]:
    """What somebody types who begins."""
    return {
        "code": start_code() or "",
        "name": "Gruppo Aurora",
        "company": "Aurora Moda S.r.l.",
        "scheme": "by-area",
        "language": "en",
        "given_name": "Ada",
        "family_name": "Neri",
        "email": "Ada@Aurora.example",
        "password": "una-parola-lunga-3",
        **changed,
    }


def test_every_page_of_an_empty_workspace_leads_to_the_start() -> None:
    client = Client()
    for path in ("/", "/login", "/parties", "/settings", "/password/reset"):
        answer: Any = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/start")
    assert client.get("/start").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_the_code_is_made_once_and_read_by_the_owner_only(tmp_path: Path) -> None:
    code = start_code()
    assert code is not None
    assert len(code.replace("-", "")) == 8
    assert start_code() == code
    assert code_file().parent == tmp_path
    assert stat.S_IMODE(code_file().stat().st_mode) == 0o600


def test_the_firm_begins_and_its_administrator_is_inside() -> None:
    client = Client()
    code = (start_code() or "").lower().replace("-", " ")
    answer: Any = client.post("/start", facts(code=code))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    firm = Firm.objects.get()
    assert (firm.name, firm.visibility_scheme, firm.language) == ("Gruppo Aurora", "by-area", "en")
    assert [company.name for company in SellingCompany.objects.all()] == ["Aurora Moda S.r.l."]
    ada = User.objects.get()
    assert (ada.email, ada.role.code, ada.unit and ada.unit.name) == (
        "ada@aurora.example",
        "administrator",
        "Gruppo Aurora",
    )
    assert Role.objects.count() == 7
    assert is_inside(client)
    assert sign_in(Client(), "ada@aurora.example", "una-parola-lunga-3").status_code == 302


def test_once_there_is_a_firm_the_page_and_the_code_are_gone(world: World) -> None:
    client = CheckedClient()
    assert client.get("/start").status_code == 404
    assert client.post("/start", facts(code="AAAA-AAAA")).status_code == 404
    assert start_code() is None
    assert not code_file().exists()
    assert "/login" in str(client.get("/")["Location"])


def test_a_wrong_code_founds_nothing_and_is_counted() -> None:
    client = CheckedClient()
    answer = client.post("/start", facts(code="AAAA-AAAA"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Gruppo Aurora"' in page
    assert 'id="id_code_error"' in page
    assert "una-parola-lunga-3" not in page
    for _attempt in range(MOST_ATTEMPTS - 1):
        client.post("/start", facts(code="AAAA-AAAA"))
    assert client.post("/start", facts()).status_code == 429
    assert not Firm.objects.exists()
    assert SecurityEvent.objects.filter(kind="start-refused").count() == MOST_ATTEMPTS


@pytest.mark.parametrize(
    ("field", "value"),
    [("password", "12345678"), ("password", "short"), ("email", "ada"), ("name", ""), ("scheme", "moon")],
)
def test_what_cannot_be_is_refused_before_anything_is_made(field: str, value: str) -> None:
    answer = CheckedClient().post("/start", facts(**{field: value}))
    assert answer.status_code == 422
    assert not Firm.objects.exists()
    assert not User.objects.exists()


def test_without_another_name_the_company_is_called_as_the_firm() -> None:
    Client().post("/start", facts(company=""))
    assert [company.name for company in SellingCompany.objects.all()] == ["Gruppo Aurora"]
