"""The process that receives mail, started by the supervisor as `python -m filo.config.mail_in`."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys

from filo.config import lifeline
from filo.config.startup import start_django
from filo.config.supervisor import say

AGAIN_AFTER = 5.0
WRONG_USE = 2


def main() -> int:
    """Receive until SIGTERM; gives the exit status. A port that is taken is tried again and again."""
    if parent := os.environ.get("FILO_SUPERVISOR"):
        lifeline.end_with(int(parent))
    start_django()
    from django.conf import settings

    from filo.foundation.health.beating import Beating

    if settings.MAIL_IN is None:
        say("FILO_MAIL_IN is not set: there is nothing to listen on")
        return WRONG_USE
    beating = Beating("mail-in")
    beating.start()
    try:
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(receive(*settings.MAIL_IN))
    finally:
        beating.stop()
    return 0


async def receive(host: str, port: int) -> None:
    """Listen on the port as soon as it can be had."""
    from filo.collaborative.mailroom.listening import listen

    here = asyncio.current_task()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, here.cancel if here else sys.exit)
    was_told = False
    while True:
        try:
            await listen(host, port)
        except OSError as error:
            if not was_told:
                say(f"no mail is received: {host}:{port} cannot be had ({error.strerror}); FILO_MAIL_IN names another")
            was_told = True
            await asyncio.sleep(AGAIN_AFTER)


if __name__ == "__main__":
    sys.exit(main())
