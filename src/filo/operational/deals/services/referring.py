"""The code by which a customer recommends us."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.operational.deals.models import ReferralCode
from filo.operational.parties.models import Party
from filo.operational.parties.services.timeline import page_changed

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another when it is read out
LENGTH = 8


def make_referral_code(principal: Principal, party: Party) -> ReferralCode:
    """The code of a customer whom the caller may see; who has one keeps it. Raises `Forbidden`."""
    principal.require("deal", "create")
    while True:
        try:
            with transaction.atomic():
                Party.objects.select_for_update(no_key=True).get(pk=party.pk)  # two who press at once get one code
                known = ReferralCode.objects.filter(party=party).first()
                if known is not None:
                    return known
                made = ReferralCode.objects.create(code=_drawn(), party=party, made_at=clock.now())
                changes = {"code": (None, made.code)}
                record(principal, "deal.referral-code", kind="referral-code", object_id=made.id, changes=changes)
                page_changed(principal, [party.id], "deals")
                return made
        except IntegrityError:
            continue  # somebody else's code happens to be the same: draw another


def _drawn() -> str:
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
