"""Verbs about one's own second factors; each is kept, told by mail, and a removal closes the other sessions."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import encrypt
from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts import door
from filo.foundation.accounts.factors.codes import moment_of
from filo.foundation.accounts.factors.letters import tell
from filo.foundation.accounts.models import User
from filo.foundation.accounts.second_factor import APP, PASSKEY, RECOVERY, is_required
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, NotFound
from filo.foundation.folding import clean_line

MOST_PASSKEYS = 20


def turn_on_app(principal: Principal, user: User, *, secret: str, code: str) -> list[str]:
    """The authenticator app counts from now on; gives the recovery codes if there were none.

    The code that proves it is spent. Raises `Forbidden`, `InvalidFields`, `DomainError`.
    """
    _require_own(principal, user)
    moment = moment_of(secret, code)
    if moment is None:
        raise InvalidFields({"code": _("This code does not fit. Type the one that the app shows now.")})
    with transaction.atomic():
        if any(found.type == APP for found in _locked_factors(user)):
            raise DomainError(_("An authenticator app is on already: remove it first."), code="app-is-on")
        Authenticator.objects.create(user=user, type=APP, data={"secret": encrypt(secret), "spent": moment})
        return _added(user, "app-added", "")


def add_passkey(principal: Principal, user: User, *, name: str, credential: dict[str, object]) -> list[str]:
    """A passkey that the browser has made; gives the recovery codes if there were none.

    Raises `Forbidden`, `DomainError`.
    """
    _require_own(principal, user)
    with transaction.atomic():
        passkeys = [found for found in _locked_factors(user) if found.type == PASSKEY]
        if len(passkeys) >= MOST_PASSKEYS:
            raise DomainError(_("Twenty passkeys are enough: remove one first."), code="too-many-passkeys")
        named = _name(name) or _("Passkey %(number)s") % {"number": len(passkeys) + 1}
        Authenticator.objects.create(user=user, type=PASSKEY, data={"name": named, "credential": credential})
        return _added(user, "passkey-added", named)


def rename_passkey(principal: Principal, user: User, passkey_id: int, *, name: str) -> None:
    """Another name for a passkey of one's own. Raises `Forbidden`, `NotFound`, `InvalidFields`."""
    _require_own(principal, user)
    if not _name(name):
        raise InvalidFields({"name": _("A passkey needs a name.")})
    with transaction.atomic():
        found = _one(_locked_factors(user), PASSKEY, passkey_id)
        found.data["name"] = _name(name)
        found.save(update_fields=["data"])


def remove_factor(principal: Principal, user: User, factor_id: int, *, but: str | None = None) -> None:
    """Take away the app or a passkey; every session but the one with key `but` is closed.

    Raises `Forbidden`, `NotFound`, and `DomainError` for the last one of somebody whose role needs one.
    """
    _require_own(principal, user)
    with transaction.atomic():
        factors = _locked_factors(user)
        found = _one([one for one in factors if one.type != RECOVERY], None, factor_id)
        kind, named = ("app-removed", "") if found.type == APP else ("passkey-removed", str(found.data.get("name", "")))
        last = not [one for one in factors if one.type != RECOVERY and one.pk != found.pk]
        if last and is_required(user):
            raise DomainError(_("Your role needs a second factor: add another one first."), code="last-factor")
        found.delete()
        if last:
            Authenticator.objects.filter(user_id=user.pk).delete()  # recovery codes alone recover nothing
        door.close_all_sessions(user, but=but)
        _kept(user, kind, named)


def new_recovery_codes(principal: Principal, user: User) -> list[str]:
    """Fresh recovery codes; the former ones are worth nothing. Raises `Forbidden`, `DomainError`."""
    _require_own(principal, user)
    with transaction.atomic():
        if all(found.type == RECOVERY for found in _locked_factors(user)):
            raise DomainError(_("Recovery codes go with an app or a passkey: add one first."), code="no-second-factor")
        Authenticator.objects.filter(user_id=user.pk, type=RECOVERY).delete()
        codes = RecoveryCodes.activate(user).generate_codes()
        _kept(user, "recovery-codes-made", "")
    return list(codes)


def _require_own(principal: Principal, user: User) -> None:
    if principal.user_id != user.id or principal.viewed_by or principal.kind != "staff":
        raise Forbidden


def _locked_factors(user: User) -> list[Authenticator]:
    """The person is locked, so that two changes of one's factors come one after the other."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    return list(Authenticator.objects.filter(user_id=user.pk))


def _one(factors: Sequence[Authenticator], kind: str | None, factor_id: int) -> Authenticator:
    for found in factors:
        if found.pk == factor_id and kind in (None, found.type):
            return found
    raise NotFound


def _name(name: str) -> str:
    return clean_line(name, max_length=60)


def _added(user: User, kind: str, named: str) -> list[str]:
    _kept(user, kind, named)
    if Authenticator.objects.filter(user_id=user.pk, type=RECOVERY).exists():
        return []
    return list(RecoveryCodes.activate(user).generate_codes())


def _kept(user: User, kind: str, named: str) -> None:
    door.note(user, kind, detail=named)
    tell(user, kind, named)
