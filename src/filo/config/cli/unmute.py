"""Let a restored copy speak again: send mail, and call other programs."""

from __future__ import annotations

import argparse
import json

from filo.config.cli.whole.speaking import in_the_language_spoken_here
from filo.config.startup import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What becomes of what has been waiting since before."""
    old = parser.add_mutually_exclusive_group()
    old.add_argument(
        "--forget-old", action="store_true", help="keep back what has been waiting; a person may still send it"
    )
    old.add_argument("--send-old", action="store_true", help="send what has been waiting")
    parser.add_argument("--json", action="store_true", help="report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """End it; 1 when old things wait and nothing is said of them."""
    start_django()
    from django.utils.translation import gettext as _

    from filo.config.copies.principal import AT_THE_COMMAND_LINE
    from filo.config.copies.unmuting import unmute

    with in_the_language_spoken_here():
        old = "forget" if arguments.forget_old else "send" if arguments.send_old else ""
        done = unmute(AT_THE_COMMAND_LINE, old=old)  # type: ignore[arg-type]  # one of three words
        if arguments.json:
            print(
                json.dumps(
                    {"was_muted": done.was_muted, "mails": done.mails, "deliveries": done.deliveries, "old": old}
                )
            )
        elif not done.was_muted:
            print(_("This is no muted copy: nothing had to be done."))
        else:
            print(_("From now on mail leaves, and other programs are called."))
    return 0
