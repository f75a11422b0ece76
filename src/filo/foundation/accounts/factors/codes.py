"""Codes that are typed: of the authenticator app, each once, and recovery codes, each once."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db import transaction

from filo.foundation import clock
from filo.foundation.accounts.models import User
from filo.foundation.accounts.second_factor import APP, RECOVERY

FEW = 3


def use_code(user: User, code: str) -> Authenticator | None:
    """The factor that this code belongs to; the code is spent, also for a request at the same moment."""
    return _use_app_code(user, code) or _use_recovery_code(user, code)


def moment_of(secret: str, code: str, *, after: int = -1) -> int | None:
    """The half-minute that a code of the app belongs to: now or next to it, and later than `after`."""
    present = int(clock.now().timestamp()) // app_settings.TOTP_PERIOD
    near = range(present - app_settings.TOTP_TOLERANCE, present + app_settings.TOTP_TOLERANCE + 1)
    fits = (found for found in near if compare_user_code(actual=code, expected=code_at(secret, found)))
    return next((found for found in fits if found > after), None)


def code_at(secret: str, moment: int) -> str:
    """What the app shows in a half-minute."""
    return str(format_hotp_value(hotp_value(secret, moment)))


def recovery_codes_left(factors: Iterable[Authenticator]) -> int | None:
    """How many recovery codes are not spent; None without any set of them."""
    return next((len(RecoveryCodes(found).get_unused_codes()) for found in factors if found.type == RECOVERY), None)


def _use_app_code(user: User, code: str) -> Authenticator | None:
    """The row is locked before it is looked at: of two requests with one code the second finds it spent."""
    with transaction.atomic():
        found: Authenticator | None = (
            Authenticator.objects.select_for_update().filter(user_id=user.pk, type=APP).first()
        )
        if found is None:
            return None
        moment = moment_of(decrypt(found.data["secret"]), code, after=int(found.data.get("spent", -1)))
        if moment is None:
            return None
        found.data["spent"] = moment
        found.save(update_fields=["data"])
    return found


def _use_recovery_code(user: User, code: str) -> Authenticator | None:
    found = Authenticator.objects.filter(user_id=user.pk, type=RECOVERY).first()
    return found if found is not None and RecoveryCodes(found).validate_code(code) else None
