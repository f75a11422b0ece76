"""A firm's name and its legal form are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filo.foundation.italy.company_names import split_legal_form, without_legal_form


@pytest.mark.parametrize(
    ("written", "name", "form"),
    [
        ("Maffei Arredamenti s.p.a.", "Maffei Arredamenti", "S.p.A."),
        ("ROSSI SRL", "ROSSI", "S.r.l."),
        ("Rossi, s r l", "Rossi", "S.r.l."),
        ("Rossi S.R.L. unipersonale", "Rossi", "S.r.l. unipersonale"),
        ("Gamma SpA in liquidazione", "Gamma", "S.p.A. in liquidazione"),
        ("Bianchi srls", "Bianchi", "S.r.l.s."),
        ("Bar Sport S.n.c. di Rossi Mario & C.", "Bar Sport di Rossi Mario & C.", "S.n.c."),
        ("Bar Sport di Rossi & C. sas", "Bar Sport di Rossi & C.", "S.a.s."),
        ("Agricola Verdi S.S.", "Agricola Verdi", "S.s."),
        ("La Fenice soc. coop. a r.l.", "La Fenice", "Soc. coop. a r.l."),
        ("La Fenice società cooperativa", "La Fenice", "Soc. coop."),
        ("Rossi societa' a responsabilita' limitata", "Rossi", "S.r.l."),
        ("Amici ONLUS", "Amici", "Onlus"),
        ("Amici E.T.S.", "Amici", "ETS"),
        ("Muster GmbH & Co. KG", "Muster", "GmbH & Co. KG"),
        ("Muster GmbH", "Muster", "GmbH"),
        ("Acme Ltd.", "Acme", "Ltd"),
        ("Nestlé SA", "Nestlé", "S.A."),
        ("Comune di Salerno SA", "Comune di Salerno SA", ""),
        ("Pizzeria da Ag", "Pizzeria da Ag", ""),
        ("S.S. Lazio", "S.S. Lazio", ""),
        ("SRL", "SRL", ""),
        ("", "", ""),
    ],
)
def test_the_legal_form_is_taken_apart(written: str, name: str, form: str) -> None:
    assert split_legal_form(written) == (name, form)


def test_doubles_meet_without_their_legal_form() -> None:
    assert without_legal_form("MAFFEI Arredamenti SPA") == without_legal_form("Maffei arredamenti S.p.a.")


@given(st.text() | st.text(alphabet="srlpa.c SRLPA&", max_size=40))
def test_any_name_is_split_without_losing_the_name(name: str) -> None:
    rest, form = split_legal_form(name)

    assert rest or not name.strip()
    assert form or rest == " ".join(name.split())
