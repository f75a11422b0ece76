"""The name or the address that VIES told takes the place of the card's, and back."""

from __future__ import annotations

from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.services import record
from filo.foundation.audit.undoable import PutBack, Values, undo_with
from filo.foundation.errors import DomainError
from filo.operational.parties.models import Party
from filo.operational.parties.services.editing import edit_party, facts_of
from filo.operational.vies.models import VALID, VatCheck
from filo.operational.vies.numbers import asked_as
from filo.operational.vies.services.asking import KIND, require_to_ask
from filo.operational.vies.told import read_address

Part = Literal["name", "address"]
TAKEN = "vat-check.take-over"
_USES = ("billing", "main")


class NothingTold(DomainError):
    """There is no such thing to take over."""

    code, status = "nothing-told", 409
    sentence = _("VIES told nothing here that the card could take over.")


def take_over(principal: Principal, check: VatCheck, part: Part) -> Party:
    """Write what VIES told onto the card, as one act that can be taken back.

    The address takes the place of the one where bills go, or else of the main one; without either it is one more.
    Raises `Forbidden`, `NotFound`, `NothingTold`, and `InvalidFields` for what a card does not take.
    """
    party = check.party
    require_to_ask(principal, party)
    told = check.name if part == "name" else check.address
    if check.state != VALID or check.number != party.vat_number or not told:
        raise NothingTold
    wanted = {"legal_name": told.replace("\n", " ")} if part == "name" else {"addresses": _addresses(party, check)}
    with one_operation():
        edited = edit_party(principal, party, wanted, version=None)
        record(principal, TAKEN, kind=KIND, object_id=check.pk)
    return edited


def register_undo() -> None:
    """Called once, when the program starts."""
    undo_with(KIND, TAKEN, _goes_with_the_card)


def _goes_with_the_card(_principal: Principal, _entry: AuditEntry, _values: Values) -> PutBack:
    return PutBack()


def _addresses(party: Party, check: VatCheck) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = facts_of(party)["addresses"]
    asked = asked_as(check.number)
    told = read_address(check.address, asked[0] if asked else "IT")
    place = next((at for use in _USES for at, row in enumerate(rows) if row["use"] == use), None)
    fresh = {"use": rows[place]["use"] if place is not None else "main", "locality": "", **told}
    if place is None:
        return [*rows, fresh]
    return [fresh if at == place else row for at, row in enumerate(rows)]
