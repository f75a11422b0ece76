"""Who buys: a customer who is recognised, one whose address we know, or somebody new who becomes one."""

from __future__ import annotations

from filo.collaborative.inbox.queries.senders import Sender, known_sender
from filo.collaborative.inbox.queries.writing import addresses_of
from filo.collaborative.shop.facts import CheckoutFacts, party_facts
from filo.collaborative.shop.models import Shop
from filo.collaborative.shop.queries.shelves import known_in
from filo.collaborative.visitors.models import Visitor
from filo.foundation.access.principal import Principal
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import tie_with
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party
from filo.operational.parties.services.relationships import open_relationship


def buyer_of(principal: Principal, shop: Shop, visitor: Visitor, clean: CheckoutFacts) -> Party:
    """The customer of a purchase: who is recognised, if the address is his; else who has this address (of several the
    one of this name); else somebody new. Nothing of a known card is changed by what a guest types.
    """
    address = clean.email.casefold()
    party = known_in(visitor)
    if party is None or address not in {point.normalised.casefold() for point in addresses_of(party)}:
        party = known_sender(Sender(address, clean.name)).party
    spec = RelationshipSpec(company=shop.company, channel=shop.channel)
    if party is None:
        return create_party(principal, party_facts(clean), relationships=[spec], source="shop")
    tie = tie_with(party, shop.company_id)
    if tie is None or tie.company_id != shop.company_id:
        open_relationship(principal, party, spec)
    return party
