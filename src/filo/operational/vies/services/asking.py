"""VIES is asked about the VAT number of a customer: never in the way of anybody, and again where it did not answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.copies.queries import is_muted
from filo.foundation.egress import EgressRefused
from filo.foundation.errors import DomainError, Forbidden, NotFound
from filo.foundation.jobs.services import enqueue
from filo.foundation.organisation.models import SellingCompany
from filo.operational.parties.models import Party
from filo.operational.parties.policies import PARTY_EDITED
from filo.operational.parties.services.timeline import page_changed
from filo.operational.vies.models import ASKING, INVALID, OPEN, UNANSWERED, VALID, VatCheck
from filo.operational.vies.numbers import asked_as
from filo.operational.vies.register import NoAnswer, Told, ask
from filo.operational.vies.words import FINAL

KIND = "vat-check"


class NotAskable(DomainError):
    """VIES cannot be asked about this customer."""

    code, status = "not-for-vies", 422
    sentence = _("VIES knows VAT numbers of the European Union and Northern Ireland only, and this card has none.")


class NobodyToAsk(DomainError):
    """The installation asks nobody."""

    code, status = "vies-off", 409
    sentence = _("This installation does not ask VIES: FILO_VIES_URL is off.")


def require_to_ask(principal: Principal, party: Party) -> None:
    """Raises `Forbidden` for who may not edit this customer, `NotFound` for whom VAT numbers are hidden."""
    principal.require("party", "edit")
    if not PARTY_EDITED.allows(principal, party):
        raise Forbidden
    if "vat_number" in principal.hidden("party"):
        raise NotFound


def ask_vies(principal: Principal, party: Party) -> VatCheck:
    """Have VIES asked about the number that the card has now; the answer comes in the background.

    A question that waits for its answer is not asked twice. Raises `Forbidden`, `NotFound`, `NotAskable`,
    `NobodyToAsk`, and `EgressRefused` in a muted copy.
    """
    require_to_ask(principal, party)
    with transaction.atomic():
        locked = Party.objects.select_for_update(no_key=True).get(pk=party.pk)
        if locked.kind != "organisation" or asked_as(locked.vat_number) is None:
            raise NotAskable
        if not settings.VIES_URL:
            raise NobodyToAsk
        if is_muted():
            raise EgressRefused("muted")
        known = VatCheck.objects.filter(party=locked, number=locked.vat_number, state__in=OPEN).first()
        if known is not None and known.state == ASKING:
            return known
        found = known or VatCheck(party=locked, number=locked.vat_number)
        found.state, found.refused, found.asked_at = ASKING, "", clock.now()
        found.asked_by_id = principal.user_id
        found.save()
        record(principal, "vat-check.ask", kind=KIND, object_id=found.pk, changes={"number": (None, found.number)})
        enqueue("vies.ask", principal=principal, check=str(found.pk), asked=found.asked_at.isoformat())
        page_changed(principal, [locked.pk], "facts")
    return found


def carry_out(principal: Principal, check_id: UUID, asked_at: datetime) -> bool:
    """Ask, and keep what was answered; gives whether to ask again later.

    What is no longer waited for (answered, asked anew since `asked_at`, or its customer gone) is left alone. The
    question is asked outside of any transaction, so that nobody waits for it.
    """
    waiting = VatCheck.objects.filter(pk=check_id, state__in=OPEN, asked_at=asked_at)
    check = waiting.first()
    asked = asked_as(check.number) if check else None
    if check is None or asked is None:
        return False
    try:
        told: Told | NoAnswer = ask(*asked, requester=_requester())
    except NoAnswer as refusal:
        told = refusal
    with transaction.atomic():
        locked = waiting.select_for_update().first()
        if locked is None:
            return False
        was = locked.state
        _keep(locked, told)
        if locked.state != was:
            changes = {"state": (was, locked.state)}
            record(principal, "vat-check.answer", kind=KIND, object_id=locked.pk, changes=changes)
        page_changed(principal, [locked.party_id], "facts")
    return isinstance(told, NoAnswer) and told.code not in FINAL


def _keep(check: VatCheck, told: Told | NoAnswer) -> None:
    if isinstance(told, NoAnswer):
        check.state, check.refused = UNANSWERED, told.code
    else:
        check.state, check.refused = VALID if told.valid else INVALID, ""
        check.name, check.address, check.consultation = told.name, told.address, told.consultation
        check.answered_at = clock.now()
    check.save()


def _requester() -> tuple[str, str] | None:
    """Who asks: the first company of the firm that has a VAT number."""
    for number in (
        SellingCompany.objects.exclude(vat_number="").order_by("position", "name").values_list("vat_number", flat=True)
    ):
        if found := asked_as(number):
            return found
    return None
