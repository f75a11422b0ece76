"""Verbs about deals."""

from filo.operational.deals.services.deciding import lose_deal, reopen_deal, win_deal
from filo.operational.deals.services.moving import move_deal
from filo.operational.deals.services.opening import open_deal
from filo.operational.deals.services.referring import make_referral_code
from filo.operational.deals.services.removing import delete_deal, restore_deal
from filo.operational.deals.services.working import (
    change_deal,
    do_next_step,
    hand_over_deal,
    hand_over_deals,
    note_on_deal,
    set_next_step,
)

__all__ = [
    "change_deal",
    "delete_deal",
    "do_next_step",
    "hand_over_deal",
    "hand_over_deals",
    "lose_deal",
    "make_referral_code",
    "move_deal",
    "note_on_deal",
    "open_deal",
    "reopen_deal",
    "restore_deal",
    "set_next_step",
    "win_deal",
]
