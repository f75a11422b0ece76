"""An odd file of a stranger is put aside: pages open, and the files behind it are read."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from pytest_django import Settings

from filo.foundation.access.principal import system
from filo.operational.invoices.fatturapa import signed
from filo.operational.invoices.frozen import fiscal_of
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.paper import print_invoice
from filo.operational.invoices.services import take_in
from filo.operational.invoices.services.fetching import read_folders
from filo.operational.invoices.services.leaving import folder_of
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.test_exchange import received
from filo.operational.invoices.tests.test_signed import signed as signed_by
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
NOTE = "<DatiDDT><NumeroDDT>1</NumeroDDT><DataDDT>2026-01-01</DataDDT>{}</DatiDDT></DatiGenerali>"


def odd(old: str, new: str) -> bytes:
    content = received().replace(old.encode(), new.encode())
    assert content != received()
    return content


TOO_MUCH = {
    "a total": ("<ImportoTotaleDocumento>122.00", "<ImportoTotaleDocumento>9999999999999.00"),
    "a price": ("<PrezzoUnitario>33.333333", "<PrezzoUnitario>99999999999.00"),
    "a quantity": ("<Quantita>3.00", "<Quantita>999999999999"),
    "a rate": ("<AliquotaIVA>22.00", "<AliquotaIVA>2200.00"),
    "a rate below zero": ("<AliquotaIVA>22.00", "<AliquotaIVA>-22.00"),
    "a kind": ("<TipoDocumento>TD01", "<TipoDocumento>TD99"),
    "an encoding": ("UTF-8", "undefined"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_cannot_be_kept_is_put_aside_and_the_list_opens(
    office: Office, client_of: Callable[[str], CheckedClient], name: str
) -> None:
    content = odd(*TOO_MUCH[name])
    if name == "an encoding":
        content = content.replace(b"Camicia", "Camicia à".encode("latin-1"))
    (found, good) = take_in(office.principal(), [("odd.xml", content), ("good.xml", received("78"))])
    assert (found.file.kind, good.file.kind) == ("quarantine", "invoice")
    assert found.file.said
    assert client_of("inside").get("/invoices?view=received").status_code == 200


def test_many_sums_that_are_too_much_together_are_put_aside(
    office: Office, client_of: Callable[[str], CheckedClient]
) -> None:
    part = "<DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA><ImponibileImporto>99999999999.00</ImponibileImporto>"
    part += "<Imposta>0.00</Imposta></DatiRiepilogo>"
    content = odd("<DatiRiepilogo>", part * 12 + "<DatiRiepilogo>")
    (found,) = take_in(office.principal(), [("odd.xml", content)])
    assert found.file.kind == "quarantine"
    assert client_of("inside").get("/invoices?view=received").status_code == 200


@pytest.mark.parametrize("number", ["²", "99999", "-1", "1"])
def test_a_reference_to_a_line_that_is_none_is_left_out(office: Office, number: str) -> None:
    content = odd("</DatiGenerali>", NOTE.format(f"<RiferimentoNumeroLinea>{number}</RiferimentoNumeroLinea>"))
    assert take_in(office.principal(), [("a.xml", content)])[0].file.kind == "invoice"


def test_a_moment_of_vat_that_is_none_is_cut(office: Office) -> None:
    (found,) = take_in(office.principal(), [("a.xml", odd("<EsigibilitaIVA>I", "<EsigibilitaIVA>Subito"))])
    assert [one.vat_due for one in found.invoices] == ["S"]


def test_a_kind_that_was_kept_before_is_printed_by_its_code(office: Office) -> None:
    found = office.issue()
    Invoice.objects.filter(pk=found.pk).update(type="TD99")
    assert print_invoice(office.again(found)).startswith(b"%PDF")


def test_a_damaged_zip_is_put_aside(office: Office) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<x>" + bytes(range(256)) * 200 + b"</x>")
    content = bytearray(packed.getvalue())
    for at in range(40, 60):
        content[at] ^= 0xFF
    found = take_in(office.principal(), [("a.zip", bytes(content)), ("good.xml", received())])
    assert [one.file.kind for one in found] == ["quarantine", "invoice"]


def test_a_signature_of_an_unknown_kind_is_told_and_the_invoice_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_facts: object) -> object:
        raise UnsupportedAlgorithm("of tomorrow")

    content = signed_by(received())
    monkeypatch.setattr(signed, "_verified", unknown)
    (found,) = take_in(office.principal(), [("a.xml.p7m", content)])
    assert found.file.kind == "invoice"
    assert found.file.told["warnings"] == [str(signed.ODD_SIGNATURE)]


def test_one_file_that_nobody_can_read_does_not_stop_the_folder(
    office: Office, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    folder = folder_of(fiscal_of(office.company))
    folder.make()
    for name, content in (("a_bad.xml", b"<a/>"), ("b_good.xml", received())):
        (folder.place("in") / name).write_bytes(content)
        os.utime(folder.place("in") / name, (time.time() - 60,) * 2)

    def breaks(principal: object, files: list[tuple[str, bytes]]) -> object:
        if files[0][0] == "a_bad.xml":
            raise RuntimeError("nobody thought of this")
        return take_in(principal, files)  # type: ignore[arg-type]

    monkeypatch.setattr("filo.operational.invoices.services.fetching.take_in", breaks)
    assert read_folders(system("invoices")) == 2
    assert Invoice.objects.get().number == "77"
    assert [one.name[-9:] for one in folder.place("aside").iterdir()] == ["a_bad.xml"]
