"""A field of the firm's own that holds another customer is filled from a file by what people know of him."""

from __future__ import annotations

import pytest

from filo.foundation.fields.services.making import make_field
from filo.operational.parties.models import Party
from filo.operational.transfer.tests.files import brought, counts, reasons
from filo.testing.world import World

HEAD = "Ragione sociale;Comune;E-mail;P.IVA;Capogruppo\n"


@pytest.mark.parametrize("word", ["madre@example.it", "IT 00743110157", "MADRE SRL", "Madre S.r.l.", "id"])
def test_by_any_natural_key(world: World, word: str) -> None:
    admin = world.principal("admin")
    make_field(admin, "party", {"label_it": "Capogruppo", "kind": "relation"})
    brought(HEAD + "Madre S.r.l.;Salerno;madre@example.it;00743110157;\n", principal=admin)
    mother = Party.objects.get(vat_number="00743110157")
    text = HEAD + f"Figlia;Bari;figlia@example.it;;{mother.pk if word == 'id' else word}\n"
    assert counts(brought(text, principal=admin)) == (1, 0, 0, 0)
    assert Party.objects.get(display_name="Figlia").fields == {"capogruppo": str(mother.pk)}
    assert counts(brought(text, principal=admin)) == (0, 0, 1, 0)


def test_who_is_nobody_or_several_is_told_and_left_out(world: World) -> None:
    admin = world.principal("admin")
    make_field(admin, "party", {"label_it": "Capogruppo", "kind": "relation"})
    brought(HEAD + "Due;Salerno;uno@example.it;;\nDue;Bari;due@example.it;;\n", principal=admin)
    batch = brought(HEAD + "A;Roma;a@example.it;;Due\nB;Roma;b@example.it;;Nessuno\n", principal=admin)
    assert counts(batch) == (2, 0, 0, 0)
    assert [(number, column) for number, column, _sentence in reasons(batch)] == [(2, "Capogruppo"), (3, "Capogruppo")]
    assert Party.objects.get(display_name="A").fields == {}
