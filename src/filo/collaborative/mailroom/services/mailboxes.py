"""Verbs about mailboxes: add one, change it, switch it off and on, look whether its server is reached."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.mailroom.events import MailboxAdded, MailboxChanged
from filo.collaborative.mailroom.folder import NotReached
from filo.collaborative.mailroom.imap import opened
from filo.collaborative.mailroom.models import Mailbox, MailboxState
from filo.collaborative.mailroom.sealing import PASSWORDS
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line

PLAIN = ("address", "name", "signature_it", "signature_en", "answers_automatically", "subaddressed", "brings_old")
PLACE = ("imap_host", "imap_port", "imap_tls", "imap_user", "imap_folder")
POINTING = ("owner", "group", "company")
LINES = {"address": 254, "name": 120, "imap_host": 253, "imap_user": 254, "imap_folder": 200}
_SECRET = "sealed_password"  # noqa: S105  (the name of the column)


@dataclass(frozen=True)
class Tried:
    """What a look at a server came to: how many mails lie there, or why it was not reached."""

    mails: int = 0
    reason: str = ""


def add_mailbox(principal: Principal, *, password: str = "", **facts: Any) -> Mailbox:
    """Accept mail for one more address. `facts`: `address`, `name` and any other column that people set.

    Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("settings", "edit")
    clean = _clean(facts)
    mailbox = Mailbox(**clean, sealed_password=PASSWORDS.close_text(password), created_at=clock.now())
    with transaction.atomic():
        _refuse_twice(mailbox)
        mailbox.save(force_insert=True)
        changes = {name: (None, _told(value)) for name, value in clean.items() if value not in ("", None, False)}
        record(principal, "mailbox.add", kind="mailbox", object_id=mailbox.id, changes=changes)
        announce(principal, MailboxAdded(mailbox=mailbox.id))
    return mailbox


def edit_mailbox(
    principal: Principal, mailbox: Mailbox, *, version: int | None, password: str = "", **facts: Any
) -> Mailbox:
    """Change some of it; without a `password` the one that is kept stays. Another place is looked at from the start.

    Raises `Forbidden`, `NotFound`, `InvalidFields`, `Stale`.
    """
    principal.require("settings", "edit")
    clean = _clean(facts)
    with transaction.atomic():
        locked = _locked(mailbox)
        changes = {name: (getattr(locked, name), value) for name, value in clean.items()}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if version is not None and version != locked.version:
            raise Stale({name: (_told(a), _told(b)) for name, (a, b) in changes.items()}, version=locked.version)
        wanted = {name: pair[1] for name, pair in changes.items()}
        if password:
            wanted[_SECRET] = PASSWORDS.close_text(password)
        if not wanted:
            return locked
        if wanted.keys() & {"imap_host", "imap_user", "imap_folder"}:
            wanted |= {"uidvalidity": None, "last_uid": 0, "error": ""}
        _write(locked, wanted)
        told = {name: (_told(before), _told(after)) for name, (before, after) in changes.items()}
        record(principal, "mailbox.edit", kind="mailbox", object_id=locked.id, changes=told)
        announce(
            principal, MailboxChanged(mailbox=locked.id, names=sorted({*changes, *(["password"] if password else [])}))
        )
    return locked


def switch_mailbox(principal: Principal, mailbox: Mailbox, *, on: bool) -> Mailbox:
    """Take mail for it, or no more; what it has stays. Raises `Forbidden`, `NotFound`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        locked = _locked(mailbox)
        before, after = locked.state, MailboxState.ACTIVE if on else MailboxState.OFF
        if (before != MailboxState.OFF) == on:
            return locked
        _write(locked, {"state": after, "error": ""})
        record(
            principal, "mailbox.switch", kind="mailbox", object_id=locked.id, changes={"state": (before, after.value)}
        )
        announce(principal, MailboxChanged(mailbox=locked.id, names=["state"]))
    return locked


def look_at_server(principal: Principal, mailbox: Mailbox) -> Tried:
    """Sign in at its server and open its folder, once, changing nothing. Raises `Forbidden`."""
    principal.require("settings", "edit")
    if not mailbox.imap_host:
        return Tried(reason="unknown-host")
    try:
        with opened(mailbox) as folder:
            return replace(Tried(), mails=folder.mails())
    except NotReached as failure:
        return Tried(reason=failure.reason)


def _clean(facts: dict[str, Any]) -> dict[str, Any]:
    """What was sent, checked. Raises `InvalidFields`; TypeError for what nobody may set."""
    unknown = facts.keys() - {*PLAIN, *PLACE, *POINTING}
    if unknown:
        raise TypeError(f"no facts of a mailbox: {sorted(unknown)}")
    clean = dict(facts)
    for name, length in LINES.items():
        if name in clean:
            clean[name] = clean_line(clean[name] or "", max_length=length)
    if "imap_folder" in clean:
        clean["imap_folder"] = clean["imap_folder"] or "INBOX"
    wrong: dict[str, str] = {}
    if "address" in clean:
        clean["address"] = clean["address"].lower()
        wrong |= _wrong_address(clean["address"])
    if clean.get("name") == "":
        wrong["name"] = _("Give it a name.")
    if not 0 < int(clean.get("imap_port", 1)) < 65536:
        wrong["imap_port"] = _("A port is a number from 1 to 65535.")
    if wrong:
        raise InvalidFields(wrong)
    return clean


def _wrong_address(address: str) -> dict[str, str]:
    try:
        validate_email(address)
    except ValidationError:
        return {"address": _("This is not an e-mail address.")}
    if "+" in address.partition("@")[0]:
        return {"address": _("An address without a plus: what follows one is told apart by itself.")}
    return {}


def _refuse_twice(mailbox: Mailbox) -> None:
    if Mailbox.objects.filter(address__iexact=mailbox.address).exclude(pk=mailbox.pk).exists():
        raise InvalidFields({"address": _("There is a mailbox of this address already.")})


def _locked(mailbox: Mailbox) -> Mailbox:
    found = Mailbox.objects.select_for_update().filter(pk=mailbox.pk).first()
    if found is None:
        raise NotFound
    return found


def _write(mailbox: Mailbox, wanted: dict[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(mailbox, name, value)
    _refuse_twice(mailbox)
    mailbox.version += 1
    mailbox.save(update_fields=[*wanted, "version"])


def _told(value: Any) -> Any:
    """A value as the audit keeps it."""
    return str(value.pk) if hasattr(value, "pk") else value
