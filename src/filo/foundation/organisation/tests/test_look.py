"""How a company shows itself: kept with its logo, refused with a sentence, never over somebody else's change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filo.foundation.files.services import sweep_rows
from filo.foundation.organisation.models import CompanyLook
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
FACTS = {"street": "Via Po 1", "city": "Torino", "country": "IT", "colour": "#7a4b2a", "foot": "R.I. Torino 123"}


def test_it_is_kept_with_its_logo(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    admin, address = client_of("admin"), f"/settings/companies/{world.companies['moda'].id}/look"
    sent = admin.post(address, {**FACTS, "version": "1", "logo": SimpleUploadedFile("logo.png", PNG)})
    assert sent.status_code == 302
    found = CompanyLook.objects.get()
    assert (found.city, found.colour, found.version) == ("Torino", "#7a4b2a", 2)
    sweep_rows()
    assert admin.get(address.replace("look", "logo")).getvalue() == PNG
    assert "Via Po 1" in admin.get(address).content.decode()
    admin.post(address, {**FACTS, "version": "2", "without_logo": "on"})
    assert CompanyLook.objects.get().logo is None


def test_what_cannot_be_printed_is_refused(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    admin, address = client_of("admin"), f"/settings/companies/{world.companies['moda'].id}/look"
    wrong = admin.post(address, {**FACTS, "version": "1", "logo": SimpleUploadedFile("logo.svg", b"<svg/>")})
    assert wrong.status_code == 422
    assert "Via Po 1" in wrong.content.decode()
    assert admin.post(address, {**FACTS, "colour": "red", "version": "1"}).status_code == 422


def test_nobody_writes_over_a_colleague(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    admin, address = client_of("admin"), f"/settings/companies/{world.companies['moda'].id}/look"
    admin.post(address, {**FACTS, "version": "1"})
    assert admin.post(address, {**FACTS, "city": "Milano", "version": "1"}).status_code == 412
    assert CompanyLook.objects.get().city == "Torino"


def test_only_who_looks_after_settings_changes_it(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    address = f"/settings/companies/{world.companies['moda'].id}/look"
    assert client_of("agent").post(address, {**FACTS, "version": "1"}).status_code == 403
