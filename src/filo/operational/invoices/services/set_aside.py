"""A file that was put aside is tried again, or kept for the company of ours that somebody names."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.files.queries import read_file
from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.models import InvoiceFile
from filo.operational.invoices.services.storing import Side
from filo.operational.invoices.services.taking_in import TakenIn, taken
from filo.operational.invoices.services.unpacking import Piece

DIRECTIONS = ("issued", "received")


def try_again(principal: Principal, file: InvoiceFile) -> TakenIn:
    """Read it once more, as things are now. Raises `Forbidden`, `DomainError` for one that is not put aside."""
    return _again(principal, file, None)


def keep_for(principal: Principal, file: InvoiceFile, company: SellingCompany, *, direction: str) -> TakenIn:
    """Keep what it says for this company of ours, whatever numbers the file has; issued: it sold, received: it bought.

    Raises `Forbidden`, `InvalidFields`, `DomainError` for one that is not put aside.
    """
    if direction not in DIRECTIONS:
        raise InvalidFields({"direction": _("Say whether it sold or bought.")})
    return _again(principal, file, Side(company, direction))


def _again(principal: Principal, file: InvoiceFile, side: Side | None) -> TakenIn:
    principal.require("invoice", "issue")
    with transaction.atomic():
        locked = InvoiceFile.objects.select_for_update(of=("self",)).select_related("content").get(pk=file.pk)
        if locked.kind != "quarantine":
            raise DomainError(_("This file is not put aside any more."), code="not-put-aside")
        return taken(principal, Piece(locked.name, read_file(locked.content), row=locked, side=side))
