"""Verbs about people of the firm: add, invite, edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.foundation.access.services import lock_roles
from filo.foundation.accounts.door import close_all_sessions, end_tokens
from filo.foundation.accounts.events import PersonEdited, PersonInvited
from filo.foundation.accounts.invitations import send_invitation
from filo.foundation.accounts.limits import keep_an_administrator, refuse_more_than_own, refuse_wider
from filo.foundation.accounts.models import SecurityEvent, User
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields, Stale
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.foundation.organisation.models import SellingCompany, Unit

EDITABLE = ("given_name", "family_name", "role", "unit", "is_active", "language")
RIGHTS = {"role", "unit", "is_active", "companies"}


def add_person(
    principal: Principal,
    *,
    email: str,
    given_name: str,
    family_name: str = "",
    role: Role,
    unit: Unit | None = None,
    companies: Iterable[SellingCompany] = (),
    language: str = "it",
    password: str | None = None,
    password_hash: str = "",
    invite: bool = False,
) -> User:
    """Add somebody of the firm; with `invite` a mail lets them choose their password.

    `password_hash` stands in for `password` where many share one: a hash takes its time by intention.
    Raises `Forbidden`, and `InvalidFields` when the address is taken.
    """
    principal.require("user", "create")
    companies = list(companies)
    refuse_more_than_own(principal, role)
    refuse_wider(principal, unit=unit, companies=companies)
    email = _address(email)
    names = _cleaned({"given_name": given_name, "family_name": family_name})
    with transaction.atomic():
        if User.objects.filter(email=email).exists():
            raise InvalidFields({"email": _("Somebody with this e-mail address works here already.")})
        user = User(
            email=email,
            role=role,
            unit=unit,
            language=language,
            **names,
        )
        if password_hash:
            user.password = password_hash
        else:
            user.set_password(password)
        user.save(force_insert=True)
        user.companies.set(companies)
        record(principal, "user.add", kind="user", object_id=user.id, changes={"email": (None, user.email)})
        announce(principal, PersonInvited(user=user.id))
        if invite:
            send_invitation(principal, user)
    return user


def _address(email: str) -> str:
    found = email.strip().lower()
    try:
        validate_email(found)
    except ValidationError:
        raise InvalidFields({"email": _("This is not an e-mail address.")}) from None
    return found


def edit_person(
    principal: Principal,
    user: User,
    *,
    version: int,
    companies: Iterable[SellingCompany] | None = None,
    **fields: object,
) -> User:
    """Change somebody's name, role, unit, companies or activity; a change of rights closes their sessions.

    Closing the access ends their tokens too, for good.

    Raises `Forbidden` (also when rights beyond one's own would be given or taken), `InvalidFields`, `Stale`
    with what differs when somebody saved first, `DomainError` when no administrator would be left.
    """
    principal.require("user", "edit")
    if user.id == principal.user_id and fields.get("is_active") is False:
        raise DomainError(_("Nobody closes his own access: ask another administrator."), code="own-access")
    with transaction.atomic():
        lock_roles()  # who may do what changes one at a time, so that an administrator is always left
        locked = User.objects.select_for_update(of=("self",)).select_related("role", "unit").get(pk=user.pk)
        changes = {
            name: (getattr(locked, name), value)
            for name, value in _cleaned(fields).items()
            if name in EDITABLE and getattr(locked, name) != value
        }
        before = list(locked.companies.all())
        after = before if companies is None else list(companies)
        if set(before) != set(after):
            changes["companies"] = (before, after)
        if locked.version != version:
            raise Stale(changes, version=locked.version)
        if RIGHTS & changes.keys():
            refuse_more_than_own(principal, locked.role, cast("Role | None", changes.get("role", (None, None))[1]))
            refuse_wider(principal, unit=locked.unit, companies=before)
            wanted = cast("Unit | None", changes.get("unit", (None, locked.unit))[1])
            refuse_wider(principal, unit=wanted, companies=after)
        _store(locked, changes)
        keep_an_administrator()
        told = {name: (_told(old), _told(new)) for name, (old, new) in changes.items()}
        if told:
            record(principal, "user.edit", kind="user", object_id=locked.id, changes=told)
            announce(principal, PersonEdited(user=locked.id))
        if RIGHTS & told.keys():
            _close_for_rights(principal, locked)
    return locked


def _cleaned(fields: Mapping[str, object]) -> dict[str, object]:
    found = dict(fields)
    for name in {"given_name", "family_name"} & found.keys():
        found[name] = clean_line(str(found[name]), max_length=80)
    if found.get("given_name") == "":
        raise InvalidFields({"given_name": _("A person needs a name.")})
    return found


def _store(user: User, changes: Mapping[str, tuple[object, object]]) -> None:
    for name, (_before, after) in changes.items():
        if name == "companies":
            user.companies.set(cast("list[SellingCompany]", after))
        else:
            setattr(user, name, after)
    if changes:
        user.version += 1
        user.save(update_fields=[*(changes.keys() - {"companies"}), "version"])


def _close_for_rights(principal: Principal, user: User) -> None:
    close_all_sessions(user)
    if not user.is_active:
        end_tokens(user)
    kind = "rights-changed" if user.is_active else "access-closed"
    SecurityEvent.objects.create(kind=kind, user=user, detail=principal.name[:200])


def _told(value: object) -> object:
    if isinstance(value, list):
        return sorted(str(found.pk) for found in value)
    return str(value.pk) if isinstance(value, Role | Unit) else value
