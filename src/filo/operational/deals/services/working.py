"""A deal is worked: changed, given to somebody, noted on, and its next step said and done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.fields.values import clean_values
from filo.foundation.folding import clean_text
from filo.operational.deals.drafts import clean_facts
from filo.operational.deals.events import DealChanged, DealGiven
from filo.operational.deals.models import Deal
from filo.operational.deals.policies import DEAL_ASSIGNED
from filo.operational.deals.requirements import refuse_clearing
from filo.operational.deals.services.changing import (
    OWN,
    change,
    keep,
    locked_deal,
    page_of_deal_changed,
    require_deal,
    tell_of,
)

EDITABLE = (
    *("title", "amount", "currency", "close_date", "probability", "source", "referral_code", "description"),
    *("contact_id", "area_id", "channel_id", "product_line_id", "company_id", "next_step", "next_on"),
)
LIMIT = 10_000


def change_deal(
    principal: Principal,
    deal: Deal,
    *,
    version: int | None = None,
    own: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Deal:
    """Change facts of a deal: those of `EDITABLE`, and the firm's own fields, by their codes, that `own` names. What
    its stage requires stays filled in.

    Raises `Forbidden`, `InvalidFields`, `Stale`.
    """
    require_deal(principal, deal)
    raw = {name: value for name, value in fields.items() if name in EDITABLE}
    facts = clean_facts(raw, party_id=deal.party_id, currency=deal.currency)

    def checked(locked: Deal) -> dict[str, Any]:
        refuse_clearing(locked, facts)
        if not own:
            return facts
        return {**facts, "fields": clean_values(principal, OWN, own, current=locked.fields, partial=True)}

    return change(principal, deal, checked, what="edit", version=version)[0]


def set_next_step(principal: Principal, deal: Deal, *, step: str, on: date | None, version: int | None = None) -> Deal:
    """Say what comes next, and on which day. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    require_deal(principal, deal)
    facts = clean_facts({"next_step": step, "next_on": on}, party_id=deal.party_id)
    problems = {}
    if not facts["next_step"]:
        problems["next_step"] = _("Say what comes next.")
    if on is None:
        problems["next_on"] = _("Say on which day.")
    if problems:
        raise InvalidFields(problems)
    return change(principal, deal, facts, what="next-step", version=version)[0]


def do_next_step(principal: Principal, deal: Deal) -> Deal:
    """It goes to the story, and there is no next step until somebody says another. Raises `Forbidden`."""
    require_deal(principal, deal)
    with transaction.atomic():
        done = locked_deal(deal).next_step
        found, changes = change(principal, deal, {"next_step": "", "next_on": None}, what="step-done")
        if changes and done:
            tell_of(principal, found, "deal.step-done", excerpt=done[:600])
    return found


def hand_over_deal(principal: Principal, deal: Deal, *, owner_id: UUID | None) -> Deal:
    """Give a deal to a colleague (None: to nobody), whose unit it is then in. Raises `Forbidden`, `InvalidFields`."""
    require_deal(principal, deal, action="assign", rule=DEAL_ASSIGNED)
    facts = clean_facts({"owner_id": owner_id}, party_id=deal.party_id)
    if owner_id:
        facts["unit_id"] = User.objects.values_list("unit_id", flat=True).get(pk=owner_id)
    return change(principal, deal, facts, what="assign", telling=_given)[0]


def _given(deal: Deal, _changes: object) -> DealGiven:
    return DealGiven(deal=deal.id, party=deal.party_id, owner=deal.owner_id)


def hand_over_deals(principal: Principal, deals: Sequence[Deal], *, owner_id: UUID | None) -> tuple[int, int]:
    """Give several deals to a colleague, as one act; gives how many went, and how many stayed because they may not
    be given away by this principal. Raises `Forbidden` where none may, `InvalidFields`.
    """
    principal.require("deal", "assign")
    free = [deal for deal in deals if DEAL_ASSIGNED.allows(principal, deal)]
    with transaction.atomic():
        for deal in sorted(free, key=lambda one: one.pk):  # in one order, so that two who do it wait for each other
            hand_over_deal(principal, deal, owner_id=owner_id)
    return len(free), len(deals) - len(free)


def note_on_deal(principal: Principal, deal: Deal, text: str) -> Deal:
    """Write something about a deal into its story. Raises `Forbidden`, `InvalidFields`."""
    require_deal(principal, deal)
    text = clean_text(text, max_length=LIMIT)
    if not text.strip():
        raise InvalidFields({"text": _("Write the note.")})
    if len(text) > 600:
        raise InvalidFields({"text": _("A note has at most 600 letters; longer texts belong to the description.")})
    with transaction.atomic():
        locked = locked_deal(deal)
        if locked.deleted_at is not None:
            raise DomainError(_("This deal was thrown away: bring it back first."), code="deal-deleted")
        keep(locked)
        tell_of(principal, locked, "deal.note", excerpt=text)
        record(principal, "deal.note", kind="deal", object_id=locked.id, changes={"note": (None, text)})
        announce(principal, DealChanged(deal=locked.id, party=locked.party_id, fields=["note"]))
        page_of_deal_changed(principal, locked)
    return locked
