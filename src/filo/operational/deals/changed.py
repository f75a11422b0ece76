"""How changes of deals read: which deal, in which stage, whose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.amounts import sum_words
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import number_value, value_words
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.operational.deals.models import Deal, LossReason, PipelineStage
from filo.operational.parties.queries.naming import names_of

FIELDS: dict[str, Label] = {
    "title": gettext_lazy("What may be sold?"),
    "amount": gettext_lazy("Amount"),
    "currency": gettext_lazy("Currency"),
    "probability": gettext_lazy("Own estimate of the probability"),
    "close_date": gettext_lazy("Expected close"),
    "stage_id": gettext_lazy("Stage"),
    "stage_since": gettext_lazy("In this stage since"),
    "owner_id": pgettext_lazy("a deal", "Who has it"),
    "unit_id": gettext_lazy("Unit"),
    "company_id": gettext_lazy("Company"),
    "area_id": gettext_lazy("Area"),
    "channel_id": gettext_lazy("Channel"),
    "product_line_id": gettext_lazy("Product line"),
    "contact_id": gettext_lazy("Contact person"),
    "source": gettext_lazy("Source"),
    "referral_code": gettext_lazy("Referral code"),
    "referred_by_id": gettext_lazy("Recommended by"),
    "description": gettext_lazy("What it is about"),
    "next_step": gettext_lazy("Next step"),
    "next_on": gettext_lazy("On which day"),
    "loss_reason_id": gettext_lazy("Lost because"),
    "loss_note": gettext_lazy("In a sentence"),
    "closed_at": gettext_lazy("Won or lost"),
    "closed_on": gettext_lazy("Won or lost on"),
    "deleted_at": gettext_lazy("In the bin since"),
    "note": gettext_lazy("Note"),
}
ACTIONS: dict[str, Label] = {
    "deal.open": pgettext_lazy("a deal", "Opened"),
    "deal.edit": pgettext_lazy("a deal", "Changed"),
    "deal.move": pgettext_lazy("a deal", "Moved"),
    "deal.win": pgettext_lazy("a deal", "Won"),
    "deal.lose": pgettext_lazy("a deal", "Lost"),
    "deal.reopen": pgettext_lazy("a deal", "Opened again"),
    "deal.assign": pgettext_lazy("a deal", "Given"),
    "deal.follow": pgettext_lazy("a deal", "Gone along with its customer"),
    "deal.next-step": pgettext_lazy("a deal", "Next step said"),
    "deal.step-done": pgettext_lazy("a deal", "Next step done"),
    "deal.note": pgettext_lazy("a deal", "Noted"),
    "deal.delete": pgettext_lazy("a deal", "Thrown away"),
    "deal.restore": pgettext_lazy("a deal", "Brought back"),
    "deal.referral-code": pgettext_lazy("a deal", "Referral code given"),
}
_ROWS: dict[str, Any] = {
    "owner_id": User,
    "unit_id": Unit,
    "company_id": SellingCompany,
    "area_id": Area,
    "channel_id": Channel,
    "product_line_id": ProductLine,
    "stage_id": PipelineStage,
    "loss_reason_id": LossReason,
}
_PARTIES = ("contact_id", "referred_by_id")


def register_changes() -> None:
    """Called once, when the program starts."""
    show("deal", gettext_lazy("Deals"), FIELDS, words=_of_deals, actions=ACTIONS)


def _of_deals(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    ids = [entry.object_id for entry in entries]
    seen = [*Deal.objects.visible_to(principal).filter(pk__in=ids)]
    gone = Deal.objects.in_bin(principal).filter(pk__in=ids)
    things = {deal.pk: Thing(str(deal), f"/deals/{deal.pk}") for deal in seen}
    things |= {deal.pk: Thing(str(deal), "/deals/bin") for deal in gone}
    names = _names(principal, entries)

    def value(name: str, raw: Any) -> str:
        if name == "amount":
            return number_value(raw, sum_words)
        return names.get((name, str(raw))) or value_words(raw)

    return Telling(value, things)


def _names(principal: Principal, entries: Sequence[AuditEntry]) -> dict[tuple[str, str], str]:
    """What ids among the values are called, as far as this principal sees them."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        for name, pair in entry.changes.items():
            if name.endswith("_id"):
                wanted.setdefault(name, set()).update(str(raw) for raw in pair if raw)
    found: dict[tuple[str, str], str] = {}
    for name, model in _ROWS.items():
        if ids := wanted.get(name):
            found |= {(name, str(row.pk)): row.name for row in model._default_manager.filter(pk__in=ids)}
    people = {UUID(key) for name in _PARTIES for key in wanted.get(name, ())}
    named = names_of(principal, people) if people else {}
    return found | {(name, str(key)): said for name in _PARTIES for key, said in named.items()}
