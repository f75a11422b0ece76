"""Calls, meetings, notes and letters at the API."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import people_named, person_shown
from filo.foundation.errors import InvalidFields, NotFound, Sentence, Stale
from filo.foundation.rest.answers import moment, no_content
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.foundation.search.queries import matching
from filo.foundation.web.paging import Key
from filo.operational.interactions.filters import INTERACTION_FILTERS
from filo.operational.interactions.models import Interaction, Outcome
from filo.operational.interactions.queries import outcome_coded, seen_interaction
from filo.operational.interactions.services import edit_interaction, log_interaction, remove_interaction
from filo.operational.interactions.shapes import (
    ActorsBody,
    ChangeBody,
    InteractionBody,
    InteractionList,
    InteractionShape,
)
from filo.operational.parties.models import Party

router = Router(tags=["interactions"])
SORTS = {
    "-at": (Key("at", descending=True), Key("id", descending=True)),
    "at": (Key("at"), Key("id")),
}


@router.get("/interactions", response=InteractionList, summary="List interactions")
def list_interactions(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """What happened, newest first (`sort=at`: oldest first); `q` are words of the party.

    Filters: channel, direction, party, author, outcome, at.
    """
    principal = require(request, "interaction", "view")
    found: QuerySet[Interaction] = Interaction.objects.visible_to(principal).for_list()
    found = found.filter(party__in=Party.objects.visible_to(principal))
    if asked.q.strip():
        found = found.filter(party__in=matching("party", asked.q))
    found = found.prefetch_related("actors__user", "actors__party")
    page, count = listed(principal, found, asked, sorts=SORTS, filters=INTERACTION_FILTERS)
    return list_answer(_shown(principal, page.rows), page.next, count)


@router.post("/interactions", response={201: InteractionShape}, summary="Log an interaction", openapi_extra=VERSIONED)
def log_an_interaction(request: ApiRequest, body: InteractionBody) -> HttpResponse:
    """Keep what happened with a party one sees."""
    principal = require(request, "interaction", "create")
    party, colleagues, people = _references(principal, body.party, body.actors)
    found = log_interaction(
        principal,
        party,
        **body.model_dump(exclude={"party", "actors", "outcome"}),
        outcome=_outcome(body.channel, body.outcome),
        colleagues=colleagues,
        people=people,
    )
    headers = {"Location": f"/api/v1/interactions/{found.id}"}
    return versioned(request, _one(principal, found), status=201, headers=headers)


@router.get(
    "/interactions/{uuid:interaction_id}",
    response=InteractionShape,
    summary="Read an interaction",
    openapi_extra=VERSIONED,
)
def get_interaction(request: ApiRequest, interaction_id: UUID) -> HttpResponse:
    """One interaction, whole."""
    principal = require(request, "interaction", "view")
    return versioned(request, _one(principal, seen_interaction(principal, interaction_id)))


@router.patch(
    "/interactions/{uuid:interaction_id}",
    response=InteractionShape,
    summary="Correct an interaction",
    openapi_extra=VERSIONED,
)
def correct_interaction(request: ApiRequest, interaction_id: UUID, body: ChangeBody) -> HttpResponse:
    """Correct direction, moment, minutes, subject, outcome or body; what is not sent stays."""
    principal = require(request, "interaction", "edit")
    found = seen_interaction(principal, interaction_id)
    version = version_to_write(request, found.version)
    sent = body.sent()
    wanted: dict[str, Any] = dict(sent)
    if "outcome" in sent:
        wanted["outcome"] = _outcome(found.channel, sent["outcome"])
    try:
        changed = edit_interaction(principal, found, version=version, **wanted)
    except Stale as error:
        now = _one(principal, seen_interaction(principal, interaction_id))
        told = sent | ({"at": moment(sent["at"])} if "at" in sent else {})
        raise stale(now | {"at": moment(now["at"])}, told, error) from None
    return versioned(request, _one(principal, changed))


@router.delete(
    "/interactions/{uuid:interaction_id}",
    response={204: None},
    summary="Take an interaction back",
    openapi_extra=VERSIONED,
)
def take_interaction_back(request: ApiRequest, interaction_id: UUID) -> HttpResponse:
    """It leaves the story; the audit keeps it."""
    principal = require(request, "interaction", "delete")
    found = seen_interaction(principal, interaction_id)
    refuse_stale(request, found.version)
    remove_interaction(principal, found)
    return no_content()


def _references(principal: Principal, party_id: UUID, actors: ActorsBody) -> tuple[Party, list[UUID], list[Party]]:
    """The party, colleagues and people that a body names. Raises `InvalidFields` at each that one cannot name."""
    problems: dict[str, Sentence | list[Sentence]] = {}
    seen = _visible(principal, [party_id, *actors.people])
    colleagues = people_named(actors.colleagues)
    if party_id not in seen:
        problems["party"] = NotFound.sentence
    for place, name in enumerate(actors.colleagues):
        if name not in colleagues:
            problems[f"actors.colleagues.{place}"] = _("Choose somebody who works here.")
    for place, key in enumerate(actors.people):
        if key not in seen:
            problems[f"actors.people.{place}"] = NotFound.sentence
    if problems:
        raise InvalidFields(problems)
    people = [seen[key] for key in dict.fromkeys(actors.people)]
    return seen[party_id], [user.id for user in colleagues.values()], people


def _outcome(channel: str, code: str | None) -> Outcome | None:
    found = outcome_coded(channel, code or "")
    if code and found is None:
        raise InvalidFields({"outcome": _("There is no such outcome.")})
    return found


def _visible(principal: Principal, ids: Iterable[UUID]) -> dict[UUID, Party]:
    rows = Party.objects.visible_to(principal).filter(pk__in=set(ids))
    return {party.id: party for party in rows}


def _one(principal: Principal, found: Interaction) -> dict[str, Any]:
    return _shown(principal, [found])[0]


def _shown(principal: Principal, rows: Sequence[Interaction]) -> list[dict[str, Any]]:
    """The interactions; people who took part are named only where one sees them."""
    people = {actor.party_id for row in rows for actor in row.actors.all() if actor.party_id}
    seen = _visible(principal, people) if people else {}
    return [_shape(row, seen) for row in rows]


def _shape(row: Interaction, seen: dict[UUID, Party]) -> dict[str, Any]:
    actors = list(row.actors.all())
    return {
        "id": row.id,
        "party": _brief(row.party),
        "relationship": row.relationship_id,
        "company": row.company.code if row.company else None,
        "channel": row.channel,
        "direction": row.direction,
        "at": row.at,
        "minutes": row.minutes,
        "number": row.number,
        "subject": row.subject,
        "outcome": row.outcome.code if row.outcome else None,
        "body": row.body,
        "author": person_shown(row.author),
        "actors": {
            "colleagues": [person_shown(actor.user) for actor in actors if actor.user],
            "people": [_brief(seen[actor.party_id]) for actor in actors if actor.party_id in seen],
        },
        "version": row.version,
        "created_at": row.created_at,
    }


def _brief(party: Party) -> dict[str, Any]:
    return {"id": party.id, "kind": party.kind, "display_name": party.display_name}
