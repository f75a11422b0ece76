"""Make an API token for a person; the token alone is printed on stdout."""

from __future__ import annotations

import argparse
from datetime import timedelta

from filo.config.startup import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`add EMAIL`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add")
    add = verbs.add_parser("add", help="make a token; it is shown this once")
    add.add_argument("email", metavar="EMAIL", help="whose rights the token has at most")
    add.add_argument("--scopes", help="such as party:read,party:write (all that the person may)")
    add.add_argument("--label", default="command line", help="what it is for (%(default)s)")
    add.add_argument("--expires", type=_days, metavar="DAYS", help="days until it ends (never)")


def run(arguments: argparse.Namespace) -> int:
    """Make it and print it."""
    start_django()
    from django.utils.translation import gettext as _

    from filo.foundation import clock
    from filo.foundation.access.principal import system
    from filo.foundation.accounts.queries import person_by_email
    from filo.foundation.accounts.tokens import make_token
    from filo.foundation.errors import DomainError

    user = person_by_email(arguments.email)
    if user is None or not user.is_active:
        raise DomainError(_("Nobody with this address works here."), code="no-person")
    scopes = None
    if arguments.scopes is not None:
        scopes = [scope.strip() for scope in arguments.scopes.split(",") if scope.strip()]
    _token, secret = make_token(
        system("command line"),
        user,
        label=arguments.label[:80],
        scopes=scopes,
        expires_at=clock.now() + timedelta(days=arguments.expires) if arguments.expires else None,
    )
    print(secret)
    return 0


def _days(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1 <= number <= 3650:
        raise argparse.ArgumentTypeError("a number of days from 1 to 3650")
    return number
