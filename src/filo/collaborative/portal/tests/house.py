"""A customer who signed in, for tests, and how his browser came in."""

from __future__ import annotations

from django.test import Client

from filo.collaborative.visitors.models import Visitor
from filo.collaborative.visitors.queries.here import visitor_by_key
from filo.collaborative.visitors.queries.links import token_of
from filo.collaborative.visitors.services import make_link
from filo.operational.parties.models import Party


def signed_in(party: Party, purpose: str = "portal") -> Client:
    """A browser that opened this customer's link."""
    client = Client()
    address = f"/p/open/{purpose}/{token_of(make_link(party, purpose))}"
    assert client.post(address).status_code == 302
    return client


def visitor_of(client: Client) -> Visitor:
    found = visitor_by_key(client.cookies["filo-visitor"].value)
    assert found is not None
    return found
