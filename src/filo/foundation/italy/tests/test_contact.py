"""E-mail, telephone, web and social addresses get one written form each, or are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filo.foundation.italy.contact import (
    Phone,
    display_phone,
    is_pec,
    normalise_email,
    normalise_phone,
    normalise_social,
    normalise_web,
    social_url,
)
from filo.foundation.italy.errors import InvalidIdentity

CONTACT_LIKE = st.text(alphabet="aè3905.-/:@+()? #xwWInt\u200b\u00a0\t;<>[]", max_size=40)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (" Mario.Rossi@Example.IT ", "mario.rossi@example.it"),
        ("mailto:a@b.it;", "a@b.it"),
        ("<a\u200b@b.it.>", "a@b.it"),
        ("a@caffè.it", "a@xn--caff-8oa.it"),
        ("mario＠example.it", "mario@example.it"),
        ("as‐pt@example.it", "as-pt@example.it"),
    ],
)
def test_an_email_address_has_one_form(value: str, address: str) -> None:
    assert normalise_email(value) == address


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("a@b.it\r\nBcc: c@d.it", "email-control"),
        ("a\x00@b.it", "email-control"),
        ("a b@c.it", "email-space"),
        ("a@@b.it", "email-at"),
        ("example.it", "email-at"),
        ("a@b", "email-format"),
        ("a@[127.0.0.1]", "email-format"),
        ("a" * 250 + "@b.it", "email-format"),
        ("", "email-empty"),
    ],
)
def test_a_wrong_email_address_is_refused_with_its_reason(value: str, code: str) -> None:
    assert refusal(lambda: normalise_email(value)) == code


@pytest.mark.parametrize(
    ("value", "phone"),
    [
        ("+39 089 123456", Phone("+39089123456")),
        ("0039 333 1234567", Phone("+393331234567", is_mobile=True)),
        ("tel. (089) 12/34-56", Phone("+39089123456")),
        ("+39 (0)89 123456", Phone("+39089123456")),
        ("89 123456", Phone("+39089123456")),
        ("089 123456 int. 12", Phone("+39089123456", "12")),
        ("+39 +39 0131.512239", Phone("+390131512239")),
        ("+39 fax 0815638300 (Comune)", Phone("+390815638300")),
        ("800 123456", Phone("+39800123456")),
        ("+039 0734671019", Phone("+390734671019")),
        ("+44 (0)20 7946 0958", Phone("+442079460958")),
    ],
)
def test_a_telephone_number_is_understood(value: str, phone: Phone) -> None:
    assert normalise_phone(value) == phone


def test_the_region_decides_about_national_numbers() -> None:
    assert normalise_phone("020 7946 0958", "GB") == Phone("+442079460958")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("nessuno", "phone-letters"),
        ("0000000", "phone-format"),
        ("112", "phone-format"),
        ("089 123456 - 089 654321", "phone-format"),
        ("(" * 100_000, "phone-format"),
        ("", "phone-empty"),
    ],
)
def test_what_is_no_telephone_number_is_refused(value: str, code: str) -> None:
    assert refusal(lambda: normalise_phone(value)) == code


def test_a_number_is_read_in_groups() -> None:
    assert display_phone("+39089123456") == "+39 089 123456"
    assert display_phone("089") == "089"


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("www.Example.IT", "https://www.example.it"),
        ("http://EXAMPLE.it/", "http://example.it"),
        ("HTTPS://X.IT:443/Più", "https://x.it/Pi%C3%B9"),
        ("example.it:8080/x?a=1#b", "https://example.it:8080/x?a=1#b"),
        ("http://http://example.it", "http://example.it"),
        ("caffè.it", "https://xn--caff-8oa.it"),
    ],
)
def test_a_web_address_has_one_form(value: str, address: str) -> None:
    assert normalise_web(value) == address


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("javascript:alert(1)", "web-scheme"),
        (" JavaScript:alert(1)", "web-scheme"),
        ("data:text/html,x", "web-scheme"),
        ("java\nscript:alert(1)", "web-format"),
        ("https://example.it@evil.com", "web-format"),
        ("localhost", "web-format"),
        ("http:\\\\example.it", "web-format"),
        ("", "web-empty"),
    ],
)
def test_a_dangerous_or_broken_web_address_is_refused(value: str, code: str) -> None:
    assert refusal(lambda: normalise_web(value)) == code


@pytest.mark.parametrize(
    ("value", "profile"),
    [
        ("https://www.facebook.com/Maffei.Arredi/", "facebook:maffei.arredi"),
        ("https://www.facebook.com/profile.php?id=1000123", "facebook:1000123"),
        ("instagram.com/mario_rossi?hl=it", "instagram:mario_rossi"),
        ("instagram: @Mario", "instagram:mario"),
        ("https://it.linkedin.com/company/acme/", "linkedin:company/acme"),
        ("twitter.com/mario", "x:mario"),
        ("@mario@mastodon.social", "mastodon:@mario@mastodon.social"),
        ("https://mastodon.social/@mario", "mastodon:@mario@mastodon.social"),
        ("@mario.bsky.social", "bluesky:mario.bsky.social"),
        ("https://www.youtube.com/channel/UCab_D", "youtube:channel/UCab_D"),
        ("https://tiktok.com/@acme", "tiktok:acme"),
        ("https://www.instagram.com/p/ABC/", "https://www.instagram.com/p/ABC/"),
        ("example.it/mario", "https://example.it/mario"),
    ],
)
def test_a_profile_is_named_by_network_and_handle(value: str, profile: str) -> None:
    assert normalise_social(value) == profile


def test_a_bare_handle_needs_its_network() -> None:
    assert normalise_social("@mario", network="Instagram") == "instagram:mario"
    assert refusal(lambda: normalise_social("@mario")) == "social-network"


@pytest.mark.parametrize(
    ("profile", "address"),
    [
        ("linkedin:company/acme", "https://www.linkedin.com/company/acme"),
        ("mastodon:@mario@mastodon.social", "https://mastodon.social/@mario"),
        ("tiktok:acme", "https://www.tiktok.com/@acme"),
        ("https://example.it/mario", "https://example.it/mario"),
    ],
)
def test_a_profile_leads_back_to_its_page(profile: str, address: str) -> None:
    assert social_url(profile) == address


@pytest.mark.parametrize(
    "email",
    [
        "a@pec.it",
        "a@legalmail.it",
        "a@cert.legalmail.it",
        "a@arubapec.it",
        "a@pec.comune.salerno.it",
        "a@postacert.regione.it",
        "a@ingpec.eu",
        "a@pec-legal.it",
        "a@cert.ruparpiemonte.it",
    ],
)
def test_certified_mail_is_recognised(email: str) -> None:
    assert is_pec(email)


@pytest.mark.parametrize("email", ["a@comune.it", "a@spec.it", "a@pecorino.it", "pec@example.it", "pec.it", ""])
def test_ordinary_mail_is_not_certified(email: str) -> None:
    assert not is_pec(email)


@given(st.text() | CONTACT_LIKE | st.emails())
def test_any_text_has_one_form_for_good_or_is_refused(value: str) -> None:
    is_pec(value)
    display_phone(value)
    for normalise in (normalise_email, normalise_web, normalise_social, e164_of):
        try:
            normalised = normalise(value)
        except InvalidIdentity:
            continue
        assert normalise(normalised) == normalised


def e164_of(value: str) -> str:
    return normalise_phone(value).e164


def refusal(check: Callable[[], object]) -> str:
    with pytest.raises(InvalidIdentity) as refused:
        check()
    return refused.value.code
