"""What a line of the log may hold, and what it may not."""

from __future__ import annotations

import pytest

from filo.foundation.health.redaction import redacted


@pytest.mark.parametrize(
    "private",
    [
        "mario.rossi+crm@posta.example.it",
        "+39 333 1234567",
        "333-1234567",
        "089 2345678",
        "(+39) 089.234567",
        "RSSMRA80A01H703K",
        "IT12345678903",
        "IT60X0542811101000000123456",
        "filo_3fQ7kd0aLwz81bqTtY2m",
        "Bearer 3fQ7kd0aLwz81bqTtY2m",
        "password=hunter2hunter2",
        "postgres://filo:hunter2hunter2@db.example.it/filo",
        "Zm9v3fQ7kd0aLwz81bqTtY2mYmFyYmF6",
    ],
)
def test_what_concerns_a_person_or_opens_a_door_goes(private: str) -> None:
    said = redacted(f"could not take {private} in")
    told = [part for part in private.replace("://", " ").split() if part not in ("Bearer", "postgres") and part in said]
    assert not [part for part in told if len(part) > 3]
    assert "<" in said
    assert said.startswith("could not take")


@pytest.mark.parametrize(
    "harmless",
    [
        "job 01a20236-b06c-7dc4-9d0f-a05dedaa1438 (transfer.run_import) failed at attempt 3",
        "GET parties:list 200 in 125.0 ms with 12 queries",
        "2026-11-22 07:44:28 and 2026-11-22T07:44:28.399226+00:00",
        'SELECT "parties_party"."id" FROM "parties_party" WHERE "deleted_at" IS NULL LIMIT 51',
        "filo/foundation/jobs/running.py:69 in _try_again_or_set_aside",
        "listening on 127.0.0.1:8000",
    ],
)
def test_what_helps_to_mend_stays(harmless: str) -> None:
    assert redacted(harmless) == harmless
