"""Small files of our own, and the shortest way to bring one in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from filo.foundation.access.principal import Principal, system
from filo.operational.parties.models import ContactPoint, Party
from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.services.preparing import prepare_import
from filo.operational.transfer.services.running import carry_on
from filo.operational.transfer.services.starting import start_import

IMPORTER = system("import")
# Two of one name and town; two addresses in a cell; a literal null; a zero that a spreadsheet lost; a PEC.
LIBRARIES = """\
codice-isil;denominazione;indirizzo;cap;comune;provincia;latitudine;longitudine;telefono;fax;email;url
IT-XX0001;Biblioteca comunale;Via Roma, 1;84121;Salerno;Salerno;40,6824408;14,7680961;+39 089 123456;;\
biblio@comune.example;www.biblio.example
IT-XX0002;Biblioteca comunale;Via Dante 2;84121;Salerno;SA;null;null;089 765432;089 765433;\
"due@biblio.example; tre@biblio.example";
IT-XX0003;Biblioteca dell'Archivio;;6121;Perugia;PG;;;075/5724403;;archivio@pec.biblio.example;
"""  # fmt: skip
PEOPLE = """Nome,Cognome,E-mail,Cellulare,Azienda,Qualifica
Anna,Bassi,anna.bassi@example.it,333 1234567,,
Mario,De Luca,mario.deluca@example.it,+39 347 7654321,Lanificio Bassi S.r.l.,Acquisti
Rosa,Verdi,rosa.verdi@example.it,,,
"""


def write(path: Path, text: str, *, encoding: str = "utf-8") -> Path:
    """A file with this text."""
    path.write_bytes(text.encode(encoding))
    return path


def prepared(
    text: str | bytes, *, principal: Principal = IMPORTER, name: str = "clienti.csv", **choices: Any
) -> ImportBatch:
    """A file that was handed in."""
    content = text if isinstance(text, bytes) else text.encode()
    return prepare_import(principal, [content], file_name=name, **choices)


def brought(
    text: str | bytes, *, principal: Principal = IMPORTER, name: str = "clienti.csv", **choices: Any
) -> ImportBatch:
    """A file whose rows have come in, every one accounted for."""
    batch = start_import(principal, prepared(text, principal=principal, name=name, **choices), in_background=False)
    batch = carry_on(principal, batch)
    if batch.state == "done":
        assert batch.total == batch.created + batch.updated + batch.unchanged + batch.rejected
        assert ImportRow.objects.filter(batch=batch).count() == batch.total
    return batch


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, rejected."""
    return batch.created, batch.updated, batch.unchanged, batch.rejected


def reasons(batch: ImportBatch) -> list[tuple[int, str, str]]:
    """(number, column, sentence) of every problem."""
    rows = ImportRow.objects.filter(batch=batch).order_by("number")
    return [(row.number, problem["column"], problem["sentence"]) for row in rows for problem in row.problems]


def by_code(code: str) -> Party:
    """The party that another system calls so."""
    return Party.objects.get(external_identities__key=code)


def points_of(party: Party) -> list[tuple[str, str]]:
    """(type, normalised) of its contact points, in their order."""
    return list(ContactPoint.objects.filter(party=party).values_list("type", "normalised"))
