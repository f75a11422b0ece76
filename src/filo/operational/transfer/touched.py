"""What somebody has done since with the parties that an import brought: that keeps them from being taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from filo.foundation.audit.models import AuditEntry
from filo.operational.parties.models import Party, PartyRelation, Relationship, TimelineEntry
from filo.operational.parties.models.links import CONTACT_ROLES
from filo.operational.transfer.models import ImportBatch

# Rows that come with a party, or are kept of it by the system: they say nothing of what people did.
OF_THE_PARTY = frozenset(
    {
        "parties.Address",
        "parties.ContactPoint",
        "parties.ExternalIdentity",
        "parties.LastContact",
        "parties.PartyRelation",
        "parties.Reach",
        "parties.Relationship",
        "parties.TimelineEntry",
        "transfer.ImportProposal",
        "transfer.ImportRow",
    }
)
# Pairs that may be one are found by a job at night.
OF_MACHINES = frozenset({"doubles"})
TOLD_BY_IMPORTS = ("party.created", "relationship.stage", "relationship.owner")


def touched_since(batch: ImportBatch, keys: Collection[UUID]) -> dict[UUID, str]:
    """Those of these parties that anybody has worked with since the import brought them, with what was done."""
    found: dict[UUID, str] = {}
    for touched in (_used, _tied, _told, _changed_relationships, _changed):
        found |= touched(batch, keys)
    return found


def own_acts(batch: ImportBatch) -> list[UUID]:
    """The operations of the import itself: its run, and each time it was taken back or brought in again."""
    return [batch.pk, *map(UUID, batch.acts)]


def _changed(batch: ImportBatch, keys: Collection[UUID]) -> dict[UUID, str]:
    entries = AuditEntry.objects.filter(kind="party", object_id__in=keys).exclude(operation__in=own_acts(batch))
    return {key: _by(name) for key, name in entries.order_by("at").values_list("object_id", "actor_name")}


def _changed_relationships(batch: ImportBatch, keys: Collection[UUID]) -> dict[UUID, str]:
    rows = dict(Relationship.objects.filter(party__in=keys).order_by().values_list("pk", "party_id"))
    entries = AuditEntry.objects.filter(kind="relationship", object_id__in=list(rows))
    entries = entries.exclude(operation__in=own_acts(batch)).order_by("at")
    return {rows[key]: _by(name) for key, name in entries.values_list("object_id", "actor_name")}


def _by(name: str) -> str:
    return _("changed since by %(name)s") % {"name": name}


def _told(_batch: ImportBatch, keys: Collection[UUID]) -> dict[UUID, str]:
    rows = TimelineEntry.objects.filter(party__in=keys).exclude(kind__in=TOLD_BY_IMPORTS)
    return dict.fromkeys(rows.values_list("party_id", flat=True).distinct(), _("it has a story since"))


def _tied(batch: ImportBatch, keys: Collection[UUID]) -> dict[UUID, str]:
    """Contacts of a firm that did not come with the same file; what a person was tied to is told by the audit."""
    rows = PartyRelation.objects.filter(to_party__in=keys, role__in=CONTACT_ROLES)
    ends = list(rows.values_list("to_party_id", "from_party_id"))
    own = _brought_by(batch, {person for _firm, person in ends})
    return dict.fromkeys({firm for firm, person in ends if person not in own}, _("somebody works there since"))


def _brought_by(batch: ImportBatch, keys: Collection[UUID]) -> set[UUID]:
    rows = batch.rows.filter(party__in=keys, outcome__in=("created", "updated"))
    return set(rows.values_list("party_id", flat=True)) if keys else set()


def _used(_batch: ImportBatch, keys: Collection[UUID]) -> dict[UUID, str]:
    """Whatever module it is that points at them: a task, a conversation, later an order."""
    used: set[UUID] = set()
    for rows, name in _pointing():
        used.update(rows.filter(**{f"{name}__in": keys}).values_list(name, flat=True))
    return dict.fromkeys(used, _("it has been worked with since"))


def _pointing() -> Iterator[tuple[QuerySet[Model], str]]:
    for model, name in _references():
        yield model._default_manager.order_by(), name


@cache
def _references() -> tuple[tuple[type[Model], str], ...]:
    """The columns of other tables that name a party."""
    found = []
    for relation in Party._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not (relation.one_to_many or relation.one_to_one):
            continue
        model = relation.related_model
        if not isinstance(model, type) or model._meta.app_label in OF_MACHINES:
            continue
        if model._meta.label not in OF_THE_PARTY:
            found.append((model, relation.field.attname))  # type: ignore[union-attr]
    return tuple(found)
