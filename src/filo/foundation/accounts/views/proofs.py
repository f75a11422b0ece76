"""Proving who one is: the second step of a sign-in, and once more before one's own sign-in is changed."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.base.internal.flows import check_rate_limit, post_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from filo.foundation.accounts import door
from filo.foundation.accounts.factors.codes import use_code
from filo.foundation.accounts.factors.passkeys import one_of
from filo.foundation.accounts.models import User
from filo.foundation.accounts.second_factor import RECOVERY
from filo.foundation.errors import InvalidFields
from filo.foundation.web.requests import client_ip


def prove_by_code(request: HttpRequest, user: User, code: str, *, again: bool = False) -> None:
    """With a code of the app or a recovery code, which is spent. Raises `InvalidFields`."""
    forget_attempts = _count(user, "code")
    found = use_code(user, code)
    if found is None:
        door.note(user, "second-factor-refused", ip=client_ip(request))
        raise InvalidFields({"code": _("This code does not fit, or it was used already. Wait for the next one.")})
    forget_attempts()
    if found.type == RECOVERY:
        door.note(user, "recovery-code-used", ip=client_ip(request))
    _proved(request, user, found, again=again)


def prove_by_passkey(request: HttpRequest, user: User, answer: str, *, again: bool = False) -> None:
    """With a passkey of one's own. Raises `InvalidFields`."""
    forget_attempts = _count(user, "credential")
    found = one_of(user, answer)
    if found is None:
        door.note(user, "second-factor-refused", ip=client_ip(request))
        raise InvalidFields({"credential": no_passkey()})
    forget_attempts()
    _proved(request, user, found, again=again)


def prove_by_password(request: HttpRequest, user: User, password: str) -> None:
    """With the password once more, by somebody who is signed in. Raises `InvalidFields`."""
    try:
        right = get_adapter().reauthenticate(user, password)
    except ValidationError as error:
        raise InvalidFields({"password": error.messages[0]}) from None
    if not right:
        raise InvalidFields({"password": _("This is not your password.")})
    reauthenticate_by_password(request)


def proved_lately(request: HttpRequest, user: User) -> bool:
    """Whether this session proved a short while ago who it is: at the sign-in, or again since."""
    records = get_authentication_records(request, user)
    return bool(records) and time.time() - float(records[-1]["at"]) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def no_passkey() -> str:
    """What is said when a passkey was not accepted."""
    return _("This passkey was not accepted. Try again, or choose another way.")


def _count(user: User, field: str) -> Callable[[], None]:
    try:
        return check_rate_limit(user)
    except ValidationError as error:
        raise InvalidFields({field: error.messages[0]}) from None


def _proved(request: HttpRequest, user: User, found: Authenticator, *, again: bool) -> None:
    found.user = user
    post_authentication(request, found, reauthenticated=again)
