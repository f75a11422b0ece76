"""Which mailbox an address means."""

from __future__ import annotations

from filo.collaborative.mailroom.models import Mailbox


def plain_address(address: str) -> str:
    """An address in small letters, without what stands after a plus."""
    local, at, host = address.strip().strip("<>").lower().rpartition("@")
    return f"{local.partition('+')[0]}{at}{host}"


def mailbox_for(address: str) -> Mailbox | None:
    """The mailbox in use that an address (with or without +anything) comes to; None when there is none."""
    exact = address.strip().strip("<>").lower()
    found = {box.address.lower(): box for box in Mailbox.objects.in_use().filter(address__iexact=exact)}
    if exact in found:
        return found[exact]
    plain = plain_address(exact)
    return Mailbox.objects.in_use().filter(address__iexact=plain).first() if plain != exact else None
