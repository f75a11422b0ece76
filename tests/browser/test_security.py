"""One's own security in the browser: the app, passkeys on a virtual device, codes, and a role that needs them."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from filo.foundation.accounts.factors.codes import code_at

pytestmark = pytest.mark.browser
PASSWORD = "a-long-enough-word"
ADD = """
from filo.foundation.accounts.services import add_person
from filo.foundation.access.models import Role
from filo.testing.world import BUILDER, PASSWORD
for name in {names!r}:
    named = dict(name_it="Severo", name_en="Strict", based_on="agent")
    role, _made = Role.objects.get_or_create(code="strict", defaults=named)
    role = role if name == "strict" else Role.objects.get(code="agent")
    add_person(BUILDER, email=name + "@aurora.example", given_name=name.title(), role=role, password=PASSWORD)
"""
ASK = """
from filo.foundation.access.models import Role
from filo.foundation.accounts.rules import ask_second_factor_of
from filo.testing.world import BUILDER
ask_second_factor_of(BUILDER, Role.objects.get(code="strict"), needed=True)
"""


@pytest.fixture(scope="module", autouse=True)
def people(site: Any) -> None:
    """People of these tests alone: what they set up concerns nobody else's window."""
    site.running.python(ADD.format(names=["keyed", "coded", "strict"]) + ASK)


def authenticator(window: Any) -> None:
    """A device that keeps passkeys and whose owner is always recognised."""
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session = window.context.new_cdp_session(window.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def sign_in(window: Any, site: Any, person: str) -> None:
    """Type address and password."""
    window.page.goto(f"{site.address}/login")
    window.page.fill("#id_login", f"{person}@aurora.example")
    window.page.fill("#id_password", PASSWORD)
    window.page.keyboard.press("Enter")


def sign_out(window: Any, site: Any) -> None:
    """From one's own page back to the door."""
    window.page.goto(f"{site.address}/me")
    window.page.click("form[action='/logout'] button")
    window.page.wait_for_url(f"{site.address}/login")


def code_of(secret: str, *, ahead: int = 0) -> str:
    return code_at(secret, int(time.time()) // 30 + ahead)


def set_up_app(page: Any) -> tuple[str, list[str]]:
    """On the page with the picture: read the key, type a code; gives the key and the recovery codes."""
    picture = page.locator("img.qr")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = re.sub(r"\s", "", page.locator("#app-key").text_content())
    page.fill("#id_code", code_of(secret))
    page.keyboard.press("Enter")
    page.locator("#recovery-codes").wait_for()
    return secret, [text.strip() for text in page.locator("#recovery-codes li").all_text_contents()]


def test_a_passkey_is_added_and_signs_in_alone(site: Any, opened: Any) -> None:
    window = opened(None)
    page = window.page
    authenticator(window)
    sign_in(window, site, "keyed")
    page.wait_for_url(f"{site.address}/")
    page.goto(f"{site.address}/me/security")
    page.get_by_role("link", name="Aggiungi una passkey").click()
    page.fill("#id_name", "Portatile")
    page.get_by_role("button", name="Crea la passkey").click()
    page.locator("#recovery-codes").wait_for()
    page.get_by_role("link", name="Li ho messi al sicuro").click()
    page.locator(".passkeys summary").click()
    page.locator(".passkeys [name=name]").fill("Ufficio")
    page.keyboard.press("Enter")
    page.locator(".passkeys summary", has_text="Ufficio").wait_for()

    sign_out(window, site)
    page.get_by_role("button", name="Entra con una passkey").click()
    page.wait_for_url(f"{site.address}/")

    sign_out(window, site)
    sign_in(window, site, "keyed")
    page.wait_for_url("**/login/second")
    page.get_by_role("button", name="Usa una passkey").click()
    page.wait_for_url(f"{site.address}/")

    page.goto(f"{site.address}/me/security")
    page.get_by_role("button", name="Togli la passkey Ufficio").click()
    page.get_by_text("tutte le altre sessioni sono chiuse").wait_for()
    assert page.locator(".passkeys").count() == 0


def test_a_device_without_a_passkey_says_so(site: Any, opened: Any) -> None:
    window = opened(None)
    authenticator(window)
    window.page.goto(f"{site.address}/login")
    window.page.get_by_role("button", name="Entra con una passkey").click()
    window.page.locator("[data-failed]").wait_for()
    assert window.page.url == f"{site.address}/login"


def test_the_app_and_then_a_recovery_code_that_opens_once(site: Any, opened: Any) -> None:
    window = opened(None)
    page = window.page
    sign_in(window, site, "coded")
    page.wait_for_url(f"{site.address}/")
    page.goto(f"{site.address}/me/security/app")
    secret, codes = set_up_app(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Scarica").click()
    kept = download.value.path().read_text()
    assert all(code in kept for code in codes)
    assert len(codes) == 10

    sign_out(window, site)
    sign_in(window, site, "coded")
    page.fill("#id_code", code_of(secret, ahead=1))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.address}/")

    by_recovery_code(window, site, codes[0])
    page.wait_for_url(f"{site.address}/")
    by_recovery_code(window, site, codes[0])
    page.locator("#id_code_error").wait_for()


def by_recovery_code(window: Any, site: Any, code: str) -> None:
    """Out, and in again with the password and this code."""
    sign_out(window, site)
    sign_in(window, site, "coded")
    window.page.get_by_role("link", name="codice di recupero").click()
    window.page.fill("#id_code", code)
    window.page.keyboard.press("Enter")


def test_a_role_that_needs_it_leads_there_and_nowhere_else(site: Any, opened: Any) -> None:
    window = opened(None, width=390, scheme="dark")
    page = window.page
    sign_in(window, site, "strict")
    page.wait_for_url("**/me/security")
    page.goto(f"{site.address}/parties")
    page.wait_for_url("**/me/security")
    assert page.locator("nav.rail").count() == 0
    page.get_by_role("link", name="Configura l’app").click()
    set_up_app(page)
    page.get_by_role("link", name="Li ho messi al sicuro").click()
    page.wait_for_url(f"{site.address}/")
    assert page.locator("nav.rail").count() == 1
