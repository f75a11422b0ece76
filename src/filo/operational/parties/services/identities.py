"""How other systems call a party becomes known."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields
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
            raise InvalidFields({"external_identities": _("This external identity already belongs to another party.")})
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
