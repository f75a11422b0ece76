"""Add a person of the firm, list who works here, or take a lost second factor away."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from filo.config.startup import start_django

if TYPE_CHECKING:
    from filo.foundation.access.models import Role
    from filo.foundation.accounts.models import User
    from filo.foundation.organisation.models import Unit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`add EMAIL --role ROLE`, `list` and `reset-second-factor EMAIL`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add|list|reset-second-factor")
    add = verbs.add_parser("add", help="add a person; without a password they are invited by mail")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--role", required=True, help="code of the role, such as agent or administrator")
    add.add_argument("--unit", metavar="CODE", help="code of the unit (the whole firm)")
    add.add_argument("--name", metavar="NAME", default="", help='"Given Family"; without it, from the address')
    add.add_argument("--password-stdin", action="store_true", help="read the password from the first line of stdin")
    add.add_argument("--firm", metavar="NAME", default="", help="found the firm, on an empty workspace")
    listed = verbs.add_parser("list", help="everybody, with role, unit and state")
    listed.add_argument("--json", action="store_true", help="report as JSON")
    reset = verbs.add_parser("reset-second-factor", help="take away a lost second factor; the password alone signs in")
    reset.add_argument("email", metavar="EMAIL")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    start_django()
    if arguments.verb == "reset-second-factor":
        return _reset_second_factor(arguments.email)
    return _add(arguments) if arguments.verb == "add" else _list(as_json=arguments.json)


def _add(arguments: argparse.Namespace) -> int:
    from django.db import transaction

    from filo.foundation.access.principal import system
    from filo.foundation.accounts.door import set_password_link
    from filo.foundation.accounts.services import add_person

    password = _password() if arguments.password_stdin else None
    given, _space, family = (arguments.name or _name_from(arguments.email)).strip().partition(" ")
    with transaction.atomic():
        _found_if_asked(arguments.firm)
        user = add_person(
            system("command line"),
            email=arguments.email,
            given_name=given,
            family_name=family,
            role=_role(arguments.role),
            unit=_unit(arguments.unit),
            language=_language(),
            password=password,
            invite=password is None,
        )
    print(f"filo: {user.name} <{user.email}> is added", file=sys.stderr)
    if password is None:
        print(f"filo: the invitation is in the outbox; its link: {set_password_link(user)}", file=sys.stderr)
    return 0


def _reset_second_factor(email: str) -> int:
    from django.utils.translation import gettext as _

    from filo.foundation.access.principal import system
    from filo.foundation.accounts.queries import person_by_email
    from filo.foundation.accounts.rules import reset_second_factor
    from filo.foundation.errors import DomainError

    user = person_by_email(email)
    if user is None:
        raise DomainError(_("Nobody works here with the address %(email)s.") % {"email": email}, code="no-person")
    reset_second_factor(system("command line"), user)
    print(f"filo: {user.name} <{user.email}> signs in with the password alone now", file=sys.stderr)
    return 0


def _password() -> str:
    """The password as it was given; raises `DomainError` for one that is too weak."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from filo.foundation.errors import DomainError

    password = sys.stdin.readline().rstrip("\r\n")
    try:
        validate_password(password)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages), code="weak-password") from None
    return password


def _name_from(email: str) -> str:
    return email.partition("@")[0].replace(".", " ").replace("_", " ").title()


def _found_if_asked(name: str) -> None:
    from django.utils.translation import gettext as _

    from filo.foundation.errors import DomainError
    from filo.foundation.organisation.queries import the_firm
    from filo.foundation.organisation.services import found_firm

    if name:
        found_firm(name=name, company=name)
    elif the_firm() is None:
        sentence = _("This workspace has no firm yet: add --firm NAME, or run ./filo serve and open its page.")
        raise DomainError(sentence, code="no-firm")


def _role(code: str) -> Role:
    from django.utils.translation import gettext as _

    from filo.foundation.access.models import Role
    from filo.foundation.errors import DomainError

    found = Role.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Role.objects.order_by("code").values_list("code", flat=True))
        sentence = _("There is no role %(code)s; there are: %(known)s.") % {"code": code, "known": known}
        raise DomainError(sentence, code="no-role")
    return found


def _unit(code: str | None) -> Unit | None:
    from django.utils.translation import gettext as _

    from filo.foundation.errors import DomainError
    from filo.foundation.organisation.models import Unit

    if code is None:
        return Unit.objects.filter(parent=None).first()
    found = Unit.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Unit.objects.order_by("code").values_list("code", flat=True))
        sentence = _("There is no unit %(code)s; there are: %(known)s.") % {"code": code, "known": known}
        raise DomainError(sentence, code="no-unit")
    return found


def _language() -> str:
    from filo.foundation.organisation.queries import the_firm

    firm = the_firm()
    return firm.language if firm else "it"


def _list(*, as_json: bool) -> int:
    from filo.foundation.accounts.models import User

    people = [_told(user) for user in User.objects.select_related("role", "unit").order_by("email")]
    if as_json:
        print(json.dumps(people, ensure_ascii=False, indent=2))
        return 0
    for person in people:
        print("\t".join(str(person[name] or "-") for name in ("email", "name", "role", "unit", "state")))
    return 0


def _told(user: User) -> dict[str, Any]:
    state = "closed" if not user.is_active else "invited" if user.is_invited else "active"
    return {
        "id": str(user.id),
        "email": user.email,
        "name": user.name,
        "role": user.role.code,
        "unit": user.unit.code if user.unit else None,
        "state": state,
    }
