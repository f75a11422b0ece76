"""Whose an address is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, TextField

from filo.foundation.folding import sort_key
from filo.foundation.prepared import Prepared, asked
from filo.operational.parties.models import ContactPoint, Party
from filo.operational.transfer.cells import names_in

BY_MAIL = ("email", "pec")
MOST_NAMESAKES = 20


@dataclass(frozen=True)
class Sender:
    """Who wrote, as he says himself: the name may be empty, the address is normalised."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Known:
    """The party an address belongs to; None with `several` when it cannot be told whose it is.

    `is_new` when the party was made just now, of this first message.
    """

    party: Party | None
    several: bool = False
    is_new: bool = False


def _reached_at() -> QuerySet[Party]:
    ids = ContactPoint.objects.filter(normalised=asked("address", TextField()), type__in=BY_MAIL).values("party")
    return Party.objects.filter(pk__in=ids, deleted_at=None).order_by("pk")[:MOST_NAMESAKES]


_REACHED_AT = Prepared(_reached_at)


def known_sender(sender: Sender) -> Known:
    """Who writes from this address: its one owner, or among the many who share it the one of this name.

    A firm and its people may share an address: somebody who gives no name of theirs writes for the firm.
    """
    found = _REACHED_AT.rows(address=sender.address)
    if len(found) <= 1:
        return Known(found[0] if found else None)
    title_given_family = names_in(sender.name) if sender.name else ("", "", "")
    named = sort_key("person", given_name=title_given_family[1], family_name=title_given_family[2])
    mine = [party for party in found if party.sort_name == named] or [
        party for party in found if not party.is_person and len([one for one in found if not one.is_person]) == 1
    ]
    return Known(mine[0]) if len(mine) == 1 else Known(None, several=True)


def shared_parties(address: str) -> Sequence[UUID]:
    """Everybody who has this address, and the firms they are contacts of are not among them."""
    rows = ContactPoint.objects.filter(normalised=address, type__in=BY_MAIL)
    return list(rows.values_list("party", flat=True)[:MOST_NAMESAKES])
