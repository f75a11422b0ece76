"""Whose contact the last one was follows when two cards become one, and two again."""

from __future__ import annotations

from filo.foundation import clock
from filo.foundation.events.base import EventMeta
from filo.foundation.ids import uuid7
from filo.operational.interactions.handlers import reckon_contacts_of_one, reckon_contacts_of_two
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.events import PartiesMerged, PartiesUnmerged
from filo.operational.parties.models import LastContact, Party
from filo.operational.parties.services.merging.merging import merge_parties
from filo.operational.parties.services.merging.unmerging import unmerge_parties
from filo.testing.world import BUILDER, World


def contacts(world: World) -> dict[str, int]:
    return {key: LastContact.objects.filter(party=party).count() for key, party in world.parties.items()}


def test_the_kept_card_has_the_contacts_of_both_until_they_part(world: World) -> None:
    own, other = world.parties["own"], world.parties["teammates"]
    log_interaction(world.principal("agent"), own, channel="call", direction="out")
    log_interaction(world.principal("teammate"), other, channel="call", direction="out")
    before = contacts(world)
    meta = EventMeta(uuid7(), "party.merged", clock.now(), 1, "x", None, None)
    merge = merge_parties(BUILDER, own, other)
    reckon_contacts_of_one(PartiesMerged(party=own.id, absorbed=other.id, merge=merge.id), meta)
    assert contacts(world) == before | {"own": before["own"] + before["teammates"], "teammates": 0}
    unmerge_parties(BUILDER, merge)
    reckon_contacts_of_two(PartiesUnmerged(party=own.id, absorbed=other.id, merge=merge.id), meta)
    assert contacts(world) == before
    latest = Party.objects.get(pk=other.pk).last_contact_at
    assert latest == LastContact.objects.get(party=other).at
