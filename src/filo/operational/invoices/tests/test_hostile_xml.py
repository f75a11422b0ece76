"""Nothing that a stranger's file says is fetched, unfolded or run."""

from __future__ import annotations

from pathlib import Path

import pytest

from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.reading import read

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
    + "]><FatturaElettronica>&j;</FatturaElettronica>"
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><FatturaElettronica>&e;</FatturaElettronica>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><FatturaElettronica/>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><FatturaElettronica/>',
        "<a>" * 60 + "</a>" * 60,
        "<FatturaElettronica>" * 300,
        "<html><body>not an invoice</body></html>",
        "{}",
        "   ",
        "<FatturaElettronica",
    ],
    ids=["bomb", "file", "address", "parameter", "deep", "deeper", "page", "json", "blank", "cut"],
)
def test_a_hostile_file_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(text.encode(), "x.xml")
    assert str(refused.value).endswith((".", ").", "”", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp037"])
def test_limits_are_not_lifted_for_what_defines_things_in_any_encoding(encoding: str) -> None:
    """A text too long for the library's limits, beside a value that unfolds to a thousand million letters."""
    head = BOMB.partition("]>")[0] + "]>"
    letters = "漢" * 3_500_000 if encoding != "cp037" else "x" * 10_500_000
    head = head.replace('"1.0"', f'"1.0" encoding="{encoding}"') if encoding == "cp037" else head
    text = f'{head}<FatturaElettronica a="&j;"><B>{letters}</B></FatturaElettronica>'
    with pytest.raises(Unreadable):
        read(text.encode(encoding), "x.xml")


def test_a_file_on_this_machine_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not tell")
    text = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><FatturaElettronica>&e;</FatturaElettronica>'
    with pytest.raises(Unreadable) as refused:
        read(text.encode())
    assert "do not tell" not in str(refused.value)
