"""The register of Italian libraries comes in whole, and once more without a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from filo.operational.parties.models import ExternalIdentity, Party
from filo.operational.transfer.storing import blocks_of
from filo.operational.transfer.tests.files import IMPORTER, brought, counts
from filo.testing.world import World

SHARED = Path(__file__).resolve().parents[6] / "shared" / "data" / "contact-tables"


def file_named(name: str) -> Path:
    found = sorted(SHARED.rglob(name))
    if not found:
        pytest.skip("the shared data set contact-tables is not beside this copy of the project")
    return found[0]


@pytest.mark.slow
@pytest.mark.once
def test_all_11613_libraries_come_in_and_stay_as_they_are(world: World) -> None:
    content = b"".join(blocks_of(file_named("territorio.csv")))
    batch = brought(content, name="territorio.csv", kind="organisations")
    assert (batch.total, counts(batch)) == (11_613, (11_613, 0, 0, 0))
    assert ExternalIdentity.objects.filter(system="codice isil").count() == 11_613
    assert Party.objects.filter(source="territorio").count() == 11_613
    again = brought(content, name="territorio.csv", kind="organisations")
    assert (counts(again), again.duplicates) == ((0, 0, 11_613, 0), 0)


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("10contacts.csv", (10, 0, 0, 0)),
        ("contacts.csv", (2, 0, 0, 0)),
        ("fakecompanydata.csv", (4, 0, 0, 0)),
        ("fakeleaddata.csv", (50, 0, 0, 4)),
    ],
)
def test_the_lists_of_another_program_come_in(world: World, name: str, outcome: tuple[int, int, int, int]) -> None:
    content = file_named(name).read_bytes()
    assert counts(brought(content, name=name)) == outcome
    again = brought(content, name=name)
    assert counts(again) == (0, 0, outcome[0], outcome[3])
    assert IMPORTER.name == "import"
