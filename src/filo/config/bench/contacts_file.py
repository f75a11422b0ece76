"""A file of contacts as firms have them, from a seed: the rows that imports are measured with.

`python -m filo.config.bench.contacts_file people.csv 100000 [SEED]`; a name that ends in .xlsx makes a workbook.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from filo.config.demo.names import slug, some_name
from filo.config.demo.numbers import codice_fiscale, vat_number
from filo.config.demo.places import mobile, some_place
from filo.foundation.italy.places import find_comune

HEADER = (
    "Nome", "Cognome", "Email", "Telefono", "Cellulare", "Indirizzo", "CAP", "Città", "Provincia", "Codice fiscale",
    "Partita IVA", "Azienda", "Note",
)  # fmt: skip
FIRMS = 2_000
SEED = 20261128


def people(number: int, *, seed: int = SEED) -> Iterator[tuple[str, ...]]:
    """So many different people: all with an address, nine in ten with an e-mail and a mobile, one in six in business.

    None of two files of different seeds is the same person.
    """
    rng = random.Random(seed)  # noqa: S311
    born_at = find_comune("Milano")
    assert born_at is not None  # noqa: S101
    for place in range(number):
        name, home = some_name(rng), some_place(rng)
        address = home.address(rng)
        born = date(1940, 1, 1) + timedelta(days=rng.randrange(24_000))
        mail = f"{slug(name.given)}.{slug(name.family)}.{seed % 9973}.{place}@example.it"
        yield (
            name.given,
            name.family,
            mail if rng.random() < 0.9 else "",
            home.phone(rng) if rng.random() < 0.5 else "",
            mobile(rng) if rng.random() < 0.9 else "",
            address["street"],
            address["postal_code"],
            address["city"],
            address["province"],
            codice_fiscale(name.given, name.family, born, name.gender, born_at) if rng.random() < 0.3 else "",
            vat_number(rng, home.tax_office) if rng.random() < 1 / 6 else "",
            f"Ditta {rng.randrange(FIRMS)} S.r.l." if rng.random() < 0.1 else "",
            "cliente dal 2019; preferisce il pomeriggio" if rng.random() < 0.1 else "",
        )


def write_contacts(path: Path, number: int, *, seed: int = SEED) -> Path:
    """Write them as CSV, or as a workbook where the name says so."""
    rows = people(number, seed=seed)
    if path.suffix == ".xlsx":
        _write_workbook(path, rows)
    else:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(HEADER)
            writer.writerows(rows)
    return path


def _write_workbook(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    import xlsxwriter  # only where a workbook is wanted

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Contatti")
        sheet.write_row(0, 0, HEADER)
        for place, row in enumerate(rows, start=1):
            sheet.write_row(place, 0, row)


if __name__ == "__main__":
    write_contacts(Path(sys.argv[1]), int(sys.argv[2]), seed=int(sys.argv[3]) if len(sys.argv) > 3 else SEED)
