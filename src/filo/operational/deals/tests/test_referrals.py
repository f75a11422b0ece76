"""A customer's code: given once, named on a deal, counted on the card."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.foundation.errors import InvalidFields
from filo.operational.deals.models import ReferralCode
from filo.operational.deals.queries.referrals import referrals_of
from filo.operational.deals.services import make_referral_code, win_deal
from filo.operational.deals.tests.floor import Floor
from filo.testing.clients import client_of

pytestmark = pytest.mark.django_db


def test_the_code_is_given_once_and_counted_on_the_card(floor: Floor) -> None:
    party, client = floor.world.parties["shared"], client_of(floor.world, "agent")
    assert client.post(f"/parties/{party.id}/referral-code").status_code == 302
    code = ReferralCode.objects.get(party=party)
    assert make_referral_code(floor.principal(), party).pk == code.pk
    deal = floor.open("Portata", party="own", referral_code=f" {code.code.lower()} ", amount=Decimal(2000))
    assert (deal.referral_code, deal.referred_by_id) == (code.code, party.id)
    win_deal(floor.principal(), deal)
    found = referrals_of(floor.principal(), party)
    assert (found.brought, found.won.number, found.won.amount) == (1, 1, Decimal(2000))
    assert code.code in client.get(f"/parties/{party.id}/deals").content.decode()
    assert "Portata" in client.get(f"/deals?referred_by={party.id}").content.decode()
    assert client_of(floor.world, "stranger").post(f"/parties/{party.id}/referral-code").status_code == 404


def test_nobody_recommends_himself(floor: Floor) -> None:
    code = make_referral_code(floor.principal(), floor.world.parties["own"])
    with pytest.raises(InvalidFields) as refused:
        floor.open(party="own", referral_code=code.code)
    assert list(refused.value.fields) == ["referral_code"]
