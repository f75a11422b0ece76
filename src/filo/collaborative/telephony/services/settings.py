"""The exchanges of the firm, and how each of us telephones."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from filo.collaborative.telephony.models import WAYS, PhoneLine, PhoneSeat
from filo.collaborative.telephony.providers.contract import providers
from filo.collaborative.telephony.queries.finding import written_number
from filo.collaborative.telephony.sealing import SECRETS
from filo.foundation import clock, egress
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.folding import clean_line
from filo.operational.service.models import ServiceGroup


def keep_line(
    principal: Principal,
    line: PhoneLine | None,
    *,
    name: str,
    kind: str,
    base: str = "",
    account: str = "",
    secret: str = "",
    number: str = "",
    group: ServiceGroup | None = None,
    active: bool = True,
) -> PhoneLine:
    """Set an exchange up, or change it; an empty secret stays as it is, and a first one of our own kind is made.

    Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("settings", "edit")
    if kind not in providers():
        raise InvalidFields({"kind": _("Choose one of: %(names)s.") % {"names": ", ".join(providers())}})
    if base.strip():
        try:
            egress.check_url(base.strip())
        except DomainError as error:
            raise InvalidFields({"base": str(error)}) from error
    if number.strip() and not written_number(number):
        raise InvalidFields({"number": _("This is no telephone number.")})
    found = line or PhoneLine(created_at=clock.now())
    found.name, found.kind, found.group, found.active = clean_line(name, max_length=80), kind, group, active
    found.base, found.account = base.strip()[:300], clean_line(account, max_length=120)
    found.number = written_number(number)
    if secret.strip():
        found.secret = SECRETS.close_text(secret.strip())
    elif not found.secret and kind == "exchange":
        found.secret = SECRETS.close_text(secrets.token_urlsafe(32))
    if not found.secret:
        raise InvalidFields({"secret": _("Write the secret that the exchange signs its messages with.")})
    with transaction.atomic():
        found.save()
        changes = {"name": (None, found.name), "kind": (None, kind), "active": (None, active)}
        record(principal, "telephony.line", kind="settings", object_id=found.pk, changes=changes)
    return found


def keep_seat(principal: Principal, *, way: str, line: PhoneLine | None, extension: str) -> PhoneSeat:
    """How somebody telephones himself. Raises `Forbidden`, `InvalidFields`."""
    if principal.user_id is None or principal.viewed_by:
        raise Forbidden
    if way not in dict(WAYS):
        raise InvalidFields({"way": _("Choose one of the ways.")})
    extension = clean_line(extension, max_length=80)
    if way == "line" and not (line and extension):
        raise InvalidFields({"extension": _("Choose the exchange, and write how it calls your telephone.")})
    values = {"way": way, "line": line, "extension": extension}
    try:
        with transaction.atomic():
            found, _made = PhoneSeat.objects.update_or_create(user_id=principal.user_id, defaults=values)
    except IntegrityError:
        raise InvalidFields({"extension": _("A colleague has this extension.")}) from None
    return found
