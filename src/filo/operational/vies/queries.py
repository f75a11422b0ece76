"""How a VAT number stands at VIES, and which acts wrote what VIES told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import NotFound
from filo.operational.parties.models import Party
from filo.operational.parties.origins import REGISTER, Batch
from filo.operational.vies.models import INVALID, VALID, VatCheck
from filo.operational.vies.numbers import asked_as
from filo.operational.vies.told import same_address, same_name
from filo.operational.vies.words import sentence_of


@dataclass(frozen=True)
class Standing:
    """How the number that a card has now stands. latest: the last question; answered: the last that was answered;
    other_name, other_address: whether VIES tells another one than the card.
    """

    number: str
    latest: VatCheck | None = None
    answered: VatCheck | None = None
    other_name: bool = False
    other_address: bool = False

    @property
    def state(self) -> str:
        """none, or the state of the last question."""
        return self.latest.state if self.latest else "none"

    @property
    def is_valid(self) -> bool | None:
        """What the last answer was; None where there was none."""
        return self.answered.state == VALID if self.answered else None

    @property
    def differs(self) -> list[str]:
        """What VIES tells otherwise than the card, by name."""
        return [name for name, other in (("name", self.other_name), ("address", self.other_address)) if other]

    @property
    def is_wrong(self) -> bool:
        return self.answered is not None and self.answered.state == INVALID

    @property
    def why_not(self) -> str:
        """Why the last question has no answer."""
        return sentence_of(self.latest.refused) if self.latest else ""


def standing_of(principal: Principal, party: Party) -> Standing | None:
    """How the number of a party that he sees stands; None where VIES is not asked, or he may not know the number."""
    number = party.vat_number
    if party.kind != "organisation" or "vat_number" in principal.hidden("party") or asked_as(number) is None:
        return None
    # One question at most is open, so that two rows hold the last answer.
    rows = list(VatCheck.objects.filter(party=party.pk, number=number).order_by("-asked_at", "-id")[:2])
    answered = next((row for row in rows if row.is_answered), None)
    told = answered if answered and answered.state == VALID else None
    return Standing(
        number,
        rows[0] if rows else None,
        answered,
        bool(told and told.name) and not same_name(told.name if told else "", party.legal_name),
        bool(told and told.address) and not same_address(told.address if told else "", _addresses_of(party)),
    )


def told_to(principal: Principal, party: Party) -> VatCheck:
    """The last answer about the number of a party that he sees. Raises `NotFound`."""
    found = standing_of(principal, party)
    if found is None or found.answered is None:
        raise NotFound
    return found.answered


def acts_of_vies(_principal: Principal, operations: Collection[UUID]) -> Mapping[UUID, Batch]:
    """Those operations that wrote what VIES told."""
    rows = AuditEntry.objects.filter(operation__in=operations, kind="vat-check", action="vat-check.take-over")
    return {operation: Batch("VIES", kind=REGISTER) for operation in rows.values_list("operation", flat=True)}


def _addresses_of(party: Party) -> list[str]:
    return [
        " ".join((row.street, row.locality, row.postal_code, row.city, row.province)) for row in party.addresses.all()
    ]
