"""The first start of an empty workspace: a code on the terminal, then the firm and its administrator."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.models import Role
from filo.foundation.access.principal import system
from filo.foundation.accounts.models import SecurityEvent, User
from filo.foundation.accounts.services import add_person
from filo.foundation.errors import InvalidFields, NotFound, TooMany
from filo.foundation.organisation.models import Firm, Unit
from filo.foundation.organisation.services import found_firm

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without letters and digits that look alike
MOST_ATTEMPTS, WITHIN_SECONDS = 10, 600
_ATTEMPTS = "first-start-attempts"


def is_needed() -> bool:
    """Whether this workspace belongs to nobody yet."""
    return not Firm.objects.exists()


def start_code() -> str | None:
    """The code that guards the first start, made once and kept where only the owner reads; None when founded."""
    path = code_file()
    if not is_needed():
        path.unlink(missing_ok=True)
        return None
    if not path.exists():
        _keep(path, "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _half in range(2)))
    return path.read_text(encoding="ascii").strip()


def code_file() -> Path:
    """Where the code is kept."""
    return Path(settings.DATA_DIR) / "start-code"


def _keep(path: Path, code: str) -> None:
    """Whole or not at all, and the first of two starts wins."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(code)
    try:
        os.link(partial, path)
    except FileExistsError:
        pass
    finally:
        partial.unlink()


def start(
    *,
    code: str,
    ip: str,
    name: str,
    company: str,
    scheme: str,
    language: str,
    given_name: str,
    family_name: str,
    email: str,
    password: str,
) -> User:
    """Found the firm with its first administrator, who is given back.

    Raises `NotFound` once there is a firm, `TooMany` after ten wrong codes, `InvalidFields` for a wrong one.
    """
    if not is_needed():
        raise NotFound
    _check_code(code, ip=ip)
    with transaction.atomic():
        found_firm(name=name, company=company or name, scheme=scheme, language=language)
        user = add_person(
            system("first start"),
            email=email,
            given_name=given_name,
            family_name=family_name,
            role=Role.objects.get(code="administrator"),
            unit=Unit.objects.get(parent=None),
            language=language,
            password=password,
        )
        SecurityEvent.objects.create(kind="firm-founded", user=user, ip=ip)
        transaction.on_commit(lambda: code_file().unlink(missing_ok=True))
    return user


def _check_code(typed: str, *, ip: str) -> None:
    cache.add(_ATTEMPTS, 0, WITHIN_SECONDS)
    if cache.incr(_ATTEMPTS) > MOST_ATTEMPTS:
        raise TooMany(retry_after=WITHIN_SECONDS)
    right = (start_code() or "").replace("-", "")
    said = "".join(letter for letter in typed.upper() if letter.isalnum())
    if not right or not hmac.compare_digest(said.encode(), right.encode()):
        SecurityEvent.objects.create(kind="start-refused", ip=ip)
        raise InvalidFields({"code": _("This is not the code on the terminal.")})
    cache.delete(_ATTEMPTS)
