"""What customers agree to now, and what they answered before."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.operational.consents.models import Consent
from filo.operational.consents.purposes import PURPOSES, Purpose
from filo.operational.parties.models import Party


@dataclass(frozen=True)
class Standing:
    """A purpose with the answer that holds; None where he was never asked."""

    code: str
    purpose: Purpose
    answer: Consent | None

    @property
    def given(self) -> bool:
        """Whether he agrees now."""
        return self.answer is not None and self.answer.given


def latest_answer(party: Party | UUID, purpose: str) -> bool | None:
    """Whether he agrees; None where he never said. For programs that act on a customer they know already."""
    key = party.pk if isinstance(party, Party) else party
    rows = Consent.objects.filter(party=key, purpose=purpose).order_by("-at", "-id")
    return rows.values_list("given", flat=True).first()


def agrees(party: Party, purpose: str) -> bool:
    """Whether he agreed and did not take it back."""
    return bool(latest_answer(party, purpose))


def refuses(party: Party | UUID, purpose: str) -> bool:
    """Whether he said no, or took it back: what rests on our interest and not on his consent ends there too."""
    return latest_answer(party, purpose) is False


def standings(principal: Principal, party: Party) -> list[Standing]:
    """Every purpose with what he answered last, as far as this principal sees him."""
    newest: dict[str, Consent] = {}
    for row in ledger(principal, party):
        newest.setdefault(row.purpose, row)
    return [Standing(code, purpose, newest.get(code)) for code, purpose in PURPOSES.items()]


def ledger(principal: Principal, party: Party) -> list[Consent]:
    """Everything that he answered, the newest first."""
    return list(Consent.objects.visible_to(principal).for_list().filter(party=party).order_by("-at", "-id"))
