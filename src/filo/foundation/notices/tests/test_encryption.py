"""A push message is sealed as RFC 8291 shows it in its own example, and for its browser alone."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from filo.foundation.notices.tests.push_service import Keys, Reader, read, written
from filo.foundation.notices.webpush.encryption import LONGEST, BadKeys, encrypted

# RFC 8291, section 5 and appendix A.
WORDS = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_rfc_comes_out_byte_for_byte() -> None:
    sender = ec.derive_private_key(int.from_bytes(read(SENDER), "big"), ec.SECP256R1())
    made = encrypted(WORDS, p256dh=RECEIVER, auth=AUTH, salt=read(SALT), sender=sender)
    assert written(made) == BODY


def test_only_its_browser_opens_it_and_no_two_are_alike() -> None:
    browser, other = Reader(), Reader()
    first, second = (encrypted(b"ciao", **browser.keys()) for _time in range(2))
    assert first != second
    assert browser.opened(first) == browser.opened(second) == b"ciao"
    with pytest.raises(InvalidTag):
        other.opened(first)


def test_the_longest_fills_one_record_and_a_longer_one_is_refused() -> None:
    browser = Reader()
    assert len(encrypted(b"x" * LONGEST, **browser.keys())) == 4096
    with pytest.raises(ValueError, match="3994 bytes"):
        encrypted(b"x" * (LONGEST + 1), **browser.keys())


@pytest.mark.parametrize(
    "keys",
    [
        {"p256dh": RECEIVER, "auth": "BTBZ"},
        {"p256dh": RECEIVER[:-4], "auth": AUTH},
        {"p256dh": "à", "auth": AUTH},
        {"p256dh": "", "auth": ""},
    ],
)
def test_what_are_no_keys_is_refused(keys: Keys) -> None:
    with pytest.raises(BadKeys):
        encrypted(WORDS, **keys)
