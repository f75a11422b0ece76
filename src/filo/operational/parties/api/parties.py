"""The customers at the API: list, read, create, change, bin and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest, InvalidFields
from filo.foundation.rest.answers import no_content
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, own_cursors
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, version_to_write, versioned
from filo.operational.parties.api.references import relationship_specs
from filo.operational.parties.api.shapes import PartyBody, PartyFactsBody, PartyList, PartyShape
from filo.operational.parties.own_fields import as_facts
from filo.operational.parties.queries.find import deleted_party, seen_party
from filo.operational.parties.queries.listing import PartyListing
from filo.operational.parties.queries.lists import ListQuery
from filo.operational.parties.queries.representations import FIELDS, parties_shown, party_shown
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party, default_relationship
from filo.operational.parties.services.editing import delete_party, edit_party, restore_party

router = Router(tags=["parties"])


class PartyParams(ListParams):
    """Which parties, and how much of each."""

    fields: str = Field("", max_length=600, description="Only these, parted by commas (`id` always comes).")

    def wanted(self) -> tuple[str, ...]:
        """The names that are asked for. Raises `BadRequest` for one that is not declared."""
        names = [name.strip() for name in self.fields.split(",") if name.strip()]
        unknown = [name for name in names if name not in FIELDS]
        if unknown:
            sentence = _("There is no field “%(name)s” to show.") % {"name": unknown[0][:60]}
            raise BadRequest(sentence, code="unknown-field")
        return ("id", *names) if names else FIELDS


@router.get("/parties", response=PartyList, summary="List parties")
def list_parties(request: ApiRequest, asked: Query[PartyParams]) -> HttpResponse:
    """The parties one sees. Orders: name, last_contact, created, updated, each also with `-`.

    Filters: stage, owner, area, company, product_line, channel, unit, kind, last_contact, created, province,
    city, reached_by, language, sector, vat_number, codice_fiscale, related.role, related.name, related.stage,
    related.area, has_relation, open_task (late, today, some, none), interaction.CHANNEL (the last of note, call,
    meeting, letter, fax, mail), import, and each custom field as fields.CODE.
    """
    principal = require(request, "party", "view")
    wanted = asked.wanted()
    query = ListQuery(text=asked.q, tree=asked.tree(), sort=asked.sort or "name", cursor=asked.cursor, size=asked.limit)
    with own_cursors():
        listing = PartyListing(principal, query)
        page = listing.page
    items = parties_shown(principal, page.rows, wanted=wanted)
    return list_answer(items, page.next, listing.count)


@router.post("/parties", response={201: PartyShape}, summary="Create a party", openapi_extra=VERSIONED)
def create_a_party(request: ApiRequest, body: PartyBody) -> HttpResponse:
    """A new person or organisation with everything that belongs to it."""
    principal = require(request, "party", "create")
    party = create_party(
        principal,
        _facts(principal, body),
        relationships=_relationships(principal, body),
        source=body.source,
        identities=[(found.system, found.key) for found in body.external_identities],
    )
    return versioned(
        request, party_shown(principal, party), status=201, headers={"Location": f"/api/v1/parties/{party.id}"}
    )


@router.get("/parties/{uuid:party_id}", response=PartyShape, summary="Read a party", openapi_extra=VERSIONED)
def get_party(request: ApiRequest, party_id: UUID) -> HttpResponse:
    """One party, whole."""
    principal = require(request, "party", "view")
    return versioned(request, party_shown(principal, seen_party(principal, party_id)))


@router.patch("/parties/{uuid:party_id}", response=PartyShape, summary="Change a party", openapi_extra=VERSIONED)
def change_party(request: ApiRequest, party_id: UUID, body: PartyFactsBody) -> HttpResponse:
    """Change only the facts that are sent; contact points and addresses are replaced whole."""
    principal = require(request, "party", "edit")
    party = seen_party(principal, party_id)
    version = version_to_write(request, party.version)
    changed = edit_party(principal, party, _facts(principal, body), version=version)
    return versioned(request, party_shown(principal, changed))


@router.delete("/parties/{uuid:party_id}", response={204: None}, summary="Bin a party", openapi_extra=VERSIONED)
def bin_party(request: ApiRequest, party_id: UUID) -> HttpResponse:
    """Put a party into the bin, from where it can be restored."""
    principal = require(request, "party", "delete")
    party = seen_party(principal, party_id)
    refuse_stale(request, party.version)
    delete_party(principal, party)
    return no_content()


@router.post("/parties/{uuid:party_id}/restore", response=PartyShape, summary="Restore a party")
def restore_a_party(request: ApiRequest, party_id: UUID) -> HttpResponse:
    """Take a party out of the bin."""
    principal = require(request, "party", "delete")
    party = deleted_party(principal, party_id)
    restore_party(principal, party)
    return versioned(request, party_shown(principal, seen_party(principal, party_id)))


def _facts(principal: Principal, body: PartyFactsBody) -> dict[str, Any]:
    """The facts that were sent, custom fields as `fields.CODE`. Raises `InvalidFields` for masked ones."""
    sent = body.sent()
    sent |= as_facts(sent.pop("fields", {}))
    masked = [name for name in principal.hidden("party") if name in sent]
    if masked:
        raise InvalidFields({name: _("There is no such field.") for name in masked})
    for name in ("stage", "relationships", "source", "external_identities"):
        sent.pop(name, None)
    return sent


def _relationships(principal: Principal, body: PartyBody) -> tuple[RelationshipSpec, ...] | None:
    if body.stage and body.relationships is not None:
        raise InvalidFields({"stage": _("Give the stage with each relationship, or alone without relationships.")})
    if body.stage:
        return (replace(default_relationship(principal), stage=body.stage),)
    if body.relationships is None:
        return None
    return relationship_specs(body.relationships, path="relationships.{place}.")
