"""`./filo audit`: whether the chain is whole, and everything as a file."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest

from filo.config.commands import main
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.audit.chain import seal_entries
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import Change, record_many
from filo.foundation.ids import uuid7


@pytest.fixture
def sealed(db: None, monkeypatch: pytest.MonkeyPatch) -> list[AuditEntry]:
    """Nine entries in three seals."""
    monkeypatch.setattr("filo.foundation.audit.chain.AT_ONCE", 3)
    with clock.at(clock.now() - timedelta(minutes=5)):
        changes = [Change("sample", uuid7(), {"name": ("Bassi", f"È {n}")}) for n in range(9)]
        record_many(system("test"), "sample.edit", changes)
    seal_entries()
    return list(AuditEntry.objects.order_by("seal", "id"))


def test_the_command_says_where_it_is_broken(sealed: list[AuditEntry], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "check"]) == 0
    assert capsys.readouterr().out.startswith("whole: 9 entries in 3 seals; 0 not yet sealed; last digest ")
    AuditEntry.objects.filter(pk=sealed[3].pk).update(actor_name="nobody")
    assert main(["audit", "check"]) == 1
    assert f"broken from entry {sealed[3].pk}, seal 2: something in it was changed" in capsys.readouterr().out


def test_the_audit_goes_out_as_a_file(sealed: list[AuditEntry], tmp_path: Path) -> None:
    AuditEntry.objects.filter(pk=sealed[0].pk).update(actor_name="=HYPERLINK(1)", kind="other")
    table, lines = tmp_path / "audit.csv", tmp_path / "audit.jsonl"
    assert main(["audit", "export", str(table)]) == 0
    rows = list(csv.DictReader(table.open(encoding="utf-8", newline="")))
    assert len(rows) == 9
    assert "'=HYPERLINK(1)" in {row["actor_name"] for row in rows}
    assert main(["audit", "export", "--kind", "sample", "--until", f"{clock.today()}", str(lines)]) == 0
    told = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert len(told) == 8
    assert told[0]["changes"]["name"][0] == "Bassi"
    assert main(["audit", "export", "--until", "2020-01-01", str(lines)]) == 0
    assert lines.read_text(encoding="utf-8") == ""
