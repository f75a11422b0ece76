"""Reads about interactions that pages and API share."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.prepared import Prepared
from filo.operational.interactions.models import Call, Interaction, Outcome
from filo.operational.parties.models import Party
from filo.operational.parties.queries.naming import names_of

_IN_USE = Prepared(lambda: Outcome.objects.filter(active=True))


def outcomes_by_channel() -> dict[str, list[Outcome]]:
    """The outcomes in use, in their order, for each channel."""
    found: dict[str, list[Outcome]] = {}
    for outcome in _IN_USE.rows():
        found.setdefault(outcome.channel, []).append(outcome)
    return found


def unreached_outcomes() -> list[tuple[str, str]]:
    """The outcomes (channel, code) by which nobody was spoken to: they are no contact."""
    return list(Outcome.objects.filter(means="unreached").order_by().values_list("channel", "code"))


def outcome_coded(channel: str, code: str) -> Outcome | None:
    """The outcome of a channel with this code; None for an empty or unknown code."""
    return Outcome.objects.filter(channel=channel, code=code).first() if code else None


def actors_shown(principal: Principal, interaction: Interaction) -> list[str]:
    """The names of who took part: colleagues, and those people whom this principal may see."""
    actors = list(interaction.actors.all())
    ids = [actor.party_id for actor in actors if actor.party_id]
    seen = dict(Party.objects.visible_to(principal).filter(pk__in=ids).values_list("pk", "display_name"))
    names = [actor.user.name if actor.user else seen.get(actor.party_id) for actor in actors]  # type: ignore[arg-type]
    return [name for name in names if name]


def people_around(principal: Principal, party: Party) -> QuerySet[Party]:
    """The persons tied to a party, among those this principal sees: who may have taken part."""
    around = Q(relations_from__to_party=party) | Q(relations_to__from_party=party)
    return Party.objects.visible_to(principal).filter(around, kind="person").distinct().order_by("sort_name")


def seen_interaction(principal: Principal, interaction_id: UUID) -> Interaction:
    """The interaction, if this principal may see it and its party. Raises `NotFound`."""
    rows = Interaction.objects.visible_to(principal).for_list()
    rows = rows.filter(pk=interaction_id, party__in=Party.objects.visible_to(principal))
    found = rows.prefetch_related("actors__user", "actors__party").first()
    if found is None:
        raise NotFound
    return found


def own_call(principal: Principal, call_id: UUID) -> Call:
    """One's own call. Raises `NotFound`."""
    found = Call.objects.visible_to(principal).for_list().filter(pk=call_id, person=principal.user_id).first()
    if found is None:
        raise NotFound
    return found


def running_call(principal: Principal) -> Call | None:
    """The call that this person is on."""
    if principal.user_id is None:
        return None
    return Call.objects.visible_to(principal).for_list().filter(person=principal.user_id, state="running").first()


def calls_to_write_up(principal: Principal) -> list[tuple[Call, str]]:
    """One's calls that are over and not written up, the oldest first, each with the customer's name if one sees it."""
    found = Call.objects.visible_to(principal).for_list().filter(person=principal.user_id, state="ended")
    rows = list(found.order_by("started_at")[:20])
    names = names_of(principal, {row.party_id for row in rows})
    return [(row, names.get(row.party_id, "")) for row in rows]


def waiting_of_person() -> Subquery:
    """How many calls somebody has to write up, read together with the person."""
    mine = Call.objects.filter(person=OuterRef("pk"), state="ended").order_by().values("person")
    return Subquery(mine.annotate(number=Count("pk")).values("number"))


def running_of_person() -> Subquery:
    """The id of the call that somebody is on, read together with the person."""
    return Subquery(Call.objects.filter(person=OuterRef("pk"), state="running").values("pk")[:1])
