"""What was rejected comes as a file of the same shape with a reason, and comes in once it is mended."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
import xlsxwriter

from filo.operational.parties.models import Party
from filo.operational.transfer.tests.files import brought, counts
from filo.testing.clients import CheckedClient
from filo.testing.world import World


def workbook(rows: list[list[str]]) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Clienti")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


@pytest.mark.django_db
def test_rejected_rows_of_a_workbook_come_in_once_they_are_mended(
    world: World, client_of: Callable[[str], CheckedClient]
) -> None:
    header = ["Ragione sociale", "Comune", "Cosa", "CAP"]
    rows = [header, ["Bar Sport", "Salerno", "=1+1", "84121"], ["", "Roma", "senza nome", "00184"]]
    batch = brought(workbook(rows), principal=world.principal("admin"), name="clienti.xlsx")
    assert counts(batch) == (1, 0, 0, 1)
    answer = client_of("admin").get(f"/imports/{batch.id}/rejected.csv")
    text = b"".join(answer).decode("utf-8-sig")
    lines = text.splitlines()
    assert (len(lines), lines[0].split(";")[:4]) == (2, header)
    assert lines[1].startswith(";Roma;senza nome;00184;")
    mended = text.replace(";Roma;", "Bar Roma;Roma;")
    again = brought(mended, principal=world.principal("admin"), name="rejected-rows-clienti.csv")
    assert (counts(again), again.origin_mapping) == ((1, 0, 0, 0), "clienti.xlsx")
    assert Party.objects.get(legal_name="Bar Roma").addresses.get().postal_code == "00184"
