"""How other systems call a party becomes known, and is forgotten where that was a mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import Change, record, record_many
from filo.foundation.bulk import insert
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.push.services import publish_many
from filo.operational.parties.models import ExternalIdentity, Party
from filo.operational.parties.policies import PARTY_EDITED
from filo.operational.parties.services.timeline import page_changed


def identify_party(principal: Principal, party: Party, codes: Sequence[tuple[str, str]]) -> list[ExternalIdentity]:
    """Add (system, key) pairs by which others call a party. Raises `Forbidden`, and `InvalidFields` for a taken one."""
    principal.require("party", "edit")
    if not PARTY_EDITED.allows(principal, party):
        raise Forbidden
    with transaction.atomic():
        taken = ExternalIdentity.objects.filter(key__in=[key for _system, key in codes])
        if set(taken.values_list("system", "key")) & set(codes):
            raise _taken()
        rows = [ExternalIdentity(party=party, system=system, key=key) for system, key in codes]
        found = ExternalIdentity.objects.bulk_create(rows)
        record(
            principal,
            "party.identify",
            kind="party",
            object_id=party.id,
            changes={"external_identities": (None, [list(pair) for pair in codes])},
        )
        page_changed(principal, [party.id], "facts")
    return found


def identify_many(principal: Principal, wanted: Mapping[UUID, Sequence[tuple[str, str]]]) -> dict[UUID, DomainError]:
    """The same for many parties, in the caller's transaction; gives the refusals."""
    principal.require("party", "edit")
    seen = Party.objects.filter(PARTY_EDITED.rows(principal), pk__in=list(wanted), deleted_at=None)
    editable = set(seen.values_list("pk", flat=True))
    rows = ExternalIdentity.objects.filter(key__in={key for codes in wanted.values() for _system, key in codes})
    taken = set(rows.values_list("system", "key"))
    refused: dict[UUID, DomainError] = {key: Forbidden() for key in wanted.keys() - editable}
    for party in (key for key in wanted if key in editable):  # who asks first has it
        if taken & set(wanted[party]):
            refused[party] = _taken()
        taken |= set(wanted[party])
    given = {party: wanted[party] for party in editable - refused.keys()}
    insert(
        ExternalIdentity,
        [ExternalIdentity(party_id=party, system=system, key=key) for party in given for system, key in given[party]],
    )
    changes = [
        Change("party", party, {"external_identities": (None, [list(pair) for pair in given[party]])})
        for party in given
    ]
    record_many(principal, "party.identify", changes)
    publish_many([f"party:{party}" for party in given], "facts")
    return refused


def _taken() -> InvalidFields:
    return InvalidFields({"external_identities": _("This external identity already belongs to another party.")})


def forget_codes(principal: Principal, party: Party, codes: Sequence[tuple[str, str]]) -> None:
    """Take (system, key) pairs away from a party; those that it has not are nothing to it. Raises `Forbidden`."""
    principal.require("party", "edit")
    if not PARTY_EDITED.allows(principal, party):
        raise Forbidden
    with transaction.atomic():
        rows = [row for row in party.external_identities.all() if (row.system, row.key) in set(codes)]
        if not rows:
            return
        ExternalIdentity.objects.filter(pk__in=[row.pk for row in rows]).delete()
        gone = [[row.system, row.key] for row in rows]
        changes = {"external_identities": (gone, None)}
        record(principal, "party.forget-codes", kind="party", object_id=party.id, changes=changes)
        page_changed(principal, [party.id], "facts")
