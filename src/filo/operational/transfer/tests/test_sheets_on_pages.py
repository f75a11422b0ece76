"""A workbook on the page: the sheet, what was understood, how days are written, and a field of one's own on the way."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from filo.foundation.fields.models import CustomField
from filo.operational.transfer.models import ImportBatch
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ClientOf = Callable[[str], CheckedClient]
SHEETS = {
    "Clienti": [["Nome", "Cognome", "Nato il", "Squadra"], ["Zoe", "Bianchi", "03/12/1978", "Rossa"]],
    "Fornitori": [["Ragione sociale", "Comune"], ["Bar Sport", "Salerno"]],
}


def workbook() -> SimpleUploadedFile:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name, rows in SHEETS.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("clienti.xls", target.getvalue())  # called so by mistake


def handed_in(client: CheckedClient) -> ImportBatch:
    client.post("/imports/new", {"file": workbook(), "kind": ""})
    return ImportBatch.objects.get()


def posted(batch: ImportBatch, **changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "version": batch.version, "kind": batch.kind, "mode": batch.mode, "part": batch.part, "has_header": "on",
        "company": str(batch.company_id), "mapping_name": "", "do": "try",
    }  # fmt: skip
    return found | {f"field-{place}": column["field"] for place, column in enumerate(batch.mapping)} | changes


@pytest.mark.django_db
def test_the_largest_sheet_is_proposed_and_another_can_be_chosen(world: World, client_of: ClientOf) -> None:
    client = client_of("admin")
    batch = handed_in(client)
    assert (batch.format, batch.part, batch.kind, batch.total) == ("sheet", "Clienti", "people", 1)
    page = client.get(f"/imports/{batch.id}").content.decode()
    assert 'value="Fornitori"' in page
    assert 'name="encoding"' not in page
    assert client.post(f"/imports/{batch.id}", posted(batch, part="Fornitori")).status_code == 302
    batch.refresh_from_db()
    assert (batch.part, batch.kind, batch.headers) == ("Fornitori", "organisations", ["Ragione sociale", "Comune"])


@pytest.mark.django_db
def test_days_are_turned_round_and_a_field_is_made_on_the_page(world: World, client_of: ClientOf) -> None:
    client = client_of("admin")
    batch = handed_in(client)
    answer = client.post(f"/imports/{batch.id}", posted(batch, **{"way-2": "mdy", "field-3": "new-field"}), follow=True)
    assert answer.status_code == 200
    batch.refresh_from_db()
    assert [column["field"] for column in batch.mapping] == [
        "given_name", "family_name", "birth_date", "fields.squadra",
    ]  # fmt: skip
    assert batch.mapping[2]["format"] == "mdy"
    assert CustomField.objects.get().label_it == "Squadra"


@pytest.mark.django_db
def test_who_may_not_make_fields_is_not_offered_it(world: World, client_of: ClientOf) -> None:
    client = client_of("researcher")
    batch = handed_in(client)
    assert "new-field" not in client.get(f"/imports/{batch.id}").content.decode()
    assert client.post(f"/imports/{batch.id}", posted(batch, **{"field-3": "new-field"})).status_code == 403
    assert not CustomField.objects.exists()
