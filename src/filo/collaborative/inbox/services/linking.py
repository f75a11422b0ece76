"""Who wrote: a customer we know, or somebody new who becomes one."""

from __future__ import annotations

from typing import Any

from filo.collaborative.inbox.queries.senders import Known, Sender, known_sender
from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.italy.company_names import split_legal_form
from filo.foundation.organisation.models import SellingCompany
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party, default_relationship
from filo.operational.transfer.cells import names_in


def party_of(
    principal: Principal, sender: Sender, *, language: str, company: SellingCompany | None, source: str = "mail"
) -> Known:
    """Who writes from this address; somebody unknown comes in as a new party, a lead who can be reached.

    Taking mail in is one at a time, so that two first mails of one person do not make two of him. Nobody is made
    of an address that the drafts refuse (`Known(None)`).
    """
    known = known_sender(sender)
    if known.party is not None or known.several:
        return known
    spec = RelationshipSpec(company=company) if company else default_relationship(principal)
    try:
        made = create_party(principal, _facts(sender, language), relationships=[spec], source=source)
        return Known(made, is_new=True)
    except InvalidFields:
        return Known(None)


def _facts(sender: Sender, language: str) -> dict[str, Any]:
    point = {"type": "email", "value": sender.address}
    shared: dict[str, Any] = {"contact_points": [point], "language": language}
    name = sender.name.strip().strip("\"'")
    if name and split_legal_form(name)[1]:
        return {"kind": "organisation", "legal_name": name} | shared
    title, given, family = names_in(name) if name and "@" not in name else ("", "", "")
    if not (given or family):
        family = sender.address.partition("@")[0]
    return {"kind": "person", "title": title, "given_name": given, "family_name": family} | shared
