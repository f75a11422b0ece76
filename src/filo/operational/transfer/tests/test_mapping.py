"""Columns are known by their headers, in Italian, English and of other programs, else by what stands in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from filo.operational.transfer.guessing import guess_columns, guess_kind, survey
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.naming import field_named_by
from filo.operational.transfer.recognising import recognise
from filo.operational.transfer.tests.files import LIBRARIES, write


def columns_of(path: Path, *, kind: str = "", source: str = "clienti") -> tuple[Column, ...]:
    shape = recognise(path)
    return guess_columns(shape, survey(path, shape), kind=kind or guess_kind(shape.headers), source=source)


def fields(tmp_path: Path, text: str, *, kind: str = "") -> dict[str, str]:
    return {column.header: column.field for column in columns_of(write(tmp_path / "a.csv", text), kind=kind)}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Denominazione", "legal_name"),
        ("Ragione sociale", "legal_name"),
        ("Indirizzo", "street"),
        ("Via", "street"),
        ("CAP", "postal_code"),
        ("Comune", "city"),
        ("Città", "city"),
        ("Provincia", "province"),
        ("Frazione", "locality"),
        ("Telefono", "phone"),
        ("Tel.", "phone"),
        ("Cellulare", "mobile"),
        ("FAX", "fax"),
        ("E-mail", "email"),
        ("email", "email"),
        ("PEC", "pec"),
        ("Sito web", "web"),
        ("url", "web"),
        ("Partita IVA", "vat_number"),
        ("P.IVA", "vat_number"),
        ("Codice Fiscale", "codice_fiscale"),
        ("Codice destinatario", "sdi_code"),
        ("Note", "notes"),
        ("Settore", "sector"),
        ("Latitudine", "latitude"),
        ("Longitudine", "longitude"),
        ("Lingua", "language"),
        ("Regione", ""),
        ("codice istat comune", ""),
        ("Billing Street", "billing.street"),
        ("Shipping Zip/Postal Code", "shipping.postal_code"),
        ("CAP fatturazione", "billing.postal_code"),
    ],
)
def test_headers_of_organisations(header: str, field: str) -> None:
    assert field_named_by(header, "organisations") == field


EXPORTS = {
    "google": {
        "First Name": "given_name",
        "Last Name": "family_name",
        "Organization Name": "company",
        "Organization Title": "job_title",
        "E-mail 1 - Label": "",
        "E-mail 1 - Value": "email",
        "Phone 1 - Value": "phone",
        "Address 1 - Street": "street",
        "Address 1 - City": "city",
        "Address 1 - Region": "province",
        "Address 1 - Postal Code": "postal_code",
        "Address 1 - Country": "country",
        "Website 1 - Value": "web",
        "Birthday": "birth_date",
    },
    "outlook": {
        "Nome": "given_name",
        "Cognome": "family_name",
        "Società": "company",
        "Posizione": "job_title",
        "Via (uff.)": "street",
        "Città (uff.)": "city",
        "CAP (uff.)": "postal_code",
        "Via (abitazione)": "home.street",
        "Tel. ufficio": "phone",
        "Abitazione": "phone",
        "Cellulare": "mobile",
        "Fax (uff.)": "fax",
        "Indirizzo posta elettronica": "email",
        "Pagina Web": "web",
    },
    "hubspot": {
        "Record ID": "",
        "First Name": "given_name",
        "Email": "email",
        "Phone Number": "phone",
        "Mobile Phone Number": "mobile",
        "Associated Company": "company",
        "Job Title": "job_title",
        "Street Address": "street",
        "State/Region": "province",
        "Country/Region": "country",
        "Website URL": "web",
    },
    "salesforce": {
        "Salutation": "title",
        "FirstName": "given_name",
        "LastName": "family_name",
        "Account Name": "company",
        "Mailing Street": "street",
        "Mailing City": "city",
        "Mailing State/Province": "province",
        "Mailing Zip/Postal Code": "postal_code",
        "Other Street": "other.street",
        "Home Phone": "phone",
    },
}


@pytest.mark.parametrize("program", EXPORTS)
def test_exports_of_other_programs_are_known(program: str) -> None:
    assert {header: field_named_by(header, "people") for header in EXPORTS[program]} == EXPORTS[program]


def test_codes_of_other_systems_become_identities_by_their_header(tmp_path: Path) -> None:
    [isil, *_rest] = columns_of(write(tmp_path / "a.csv", LIBRARIES))
    assert isil == Column("codice-isil", "identity", "codice isil")


def test_a_bare_id_is_told_apart_by_its_source(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id;nome;comune\n1;Bar Sport;Salerno\n2;Bar Roma;Salerno\n")
    assert columns_of(path, source="Vecchio CRM")[0] == Column("id", "identity", "vecchio crm id")


def test_a_code_that_is_not_unique_is_no_identity(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "codice istat comune;denominazione\n084001;Bar Sport\n084001;Bar Roma\n")
    assert columns_of(path)[0].field == ""


def test_contents_tell_where_headers_say_nothing(tmp_path: Path) -> None:
    text = "a;b;c;d;e;f\n" + "".join(
        f"info{n}@example.it;+39 089 22{n}456;www.bar{n}.example;8412{n};SA;00743110157\n" for n in (1, 2, 3)
    )
    path = write(tmp_path / "a.csv", text)
    shape = recognise(path, has_header=True)
    found = [c.field for c in guess_columns(shape, survey(path, shape), kind="organisations", source="x")]
    assert found == ["email", "phone", "web", "postal_code", "province", "vat_number"]


def test_dates_addresses_of_machines_and_amounts_are_no_telephones(tmp_path: Path) -> None:
    text = "nome;a;b;c\nBar Sport;192.168.10.200;12/03/2026;12345,67\nBar Roma;34.245.44.224;01-02-2025;3456789,12\n"
    assert set(list(fields(tmp_path, text).values())[1:]) == {""}


def test_a_title_is_a_role_when_no_titles_stand_in_it(tmp_path: Path) -> None:
    roles = "First Name,Last Name,Title\nAnna,Bassi,Head of Sales\nUgo,Riva,Buyer\n"
    titles = "First Name,Last Name,Title\nAnna,Bassi,Mrs.\nUgo,Riva,Dott.\n"
    assert fields(tmp_path, roles)["Title"] == "job_title"
    assert fields(tmp_path, titles)["Title"] == "title"


def test_a_name_alone_is_the_whole_name(tmp_path: Path) -> None:
    assert fields(tmp_path, "Nome;Email\nAnna Bassi;a@b.it\n", kind="people")["Nome"] == "full_name"


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (("Nome", "Cognome", "Email"), "people"),
        (("email", "firstname", "lastname"), "people"),
        (("Nome", "Comune", "P.IVA"), "organisations"),
        (("Ragione sociale", "Indirizzo"), "organisations"),
    ],
)
def test_the_kind_of_rows_is_guessed(headers: tuple[str, ...], kind: str) -> None:
    assert guess_kind(headers) == kind
