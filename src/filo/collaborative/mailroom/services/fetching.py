"""Fetches what lies in a mailbox on another server: in steps, each kept before the next, so that it can go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from filo.collaborative.mailroom.folder import Folder, Lying, NotReached
from filo.collaborative.mailroom.imap import opened
from filo.collaborative.mailroom.models import Mailbox, MailboxState
from filo.collaborative.mailroom.services.receiving import Delivery, receive
from filo.foundation import clock
from filo.foundation.copies.queries import is_muted
from filo.foundation.files.services import LARGEST

A_STEP, BYTES_A_STEP = 50, 16 * 1024 * 1024
CLAIM = timedelta(minutes=10)


def fetch(
    mailbox: Mailbox,
    *,
    tell: Callable[[int, int], None] = lambda _done, _of: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Fetch what is new; gives how many mails that we had not. A mailbox that another looks at is left to him.

    `tell(done, of)` is called after each step. What goes wrong is written on the mailbox; what was kept stays.
    """
    moment = clock.now()
    free = Q(fetching_until=None) | Q(fetching_until__lt=moment)
    mine = Mailbox.objects.fetched().filter(free, pk=mailbox.pk)
    if is_muted() or not mine.update(fetching_until=moment + CLAIM):
        return 0
    mailbox.refresh_from_db()
    try:
        with opened(mailbox) as folder:
            brought = _bring(mailbox, folder, tell, is_cancelled)
        _end(mailbox, MailboxState.ACTIVE, "")
        return brought
    except NotReached as failure:
        _end(mailbox, MailboxState.FAILING, failure.reason)
        return 0
    except BaseException:
        Mailbox.objects.filter(pk=mailbox.pk).update(fetching_until=None)
        raise


def _bring(mailbox: Mailbox, folder: Folder, tell: Callable[[int, int], None], is_cancelled: Callable[[], bool]) -> int:
    if mailbox.uidvalidity != folder.uidvalidity:
        # Its numbers begin anew: all is looked at again, and what we have is known by its content.
        _note(mailbox, uidvalidity=folder.uidvalidity, last_uid=0)
    since = None if mailbox.brings_old else mailbox.created_at - timedelta(days=1)
    waiting = folder.after(mailbox.last_uid, since=since)
    brought = done = 0
    for step in _steps(waiting):
        if is_cancelled():
            break
        brought += _keep(mailbox, folder, step)
        done += len(step)
        tell(done, len(waiting))
    return brought


def _keep(mailbox: Mailbox, folder: Folder, step: Sequence[Lying]) -> int:
    """Fetch some mails and keep them, and how far that is, in one transaction; gives how many are new."""
    found = [delivery for lying in step if (delivery := _delivery(mailbox, folder, lying))]
    with transaction.atomic():
        kept = receive(found)
        _note(mailbox, last_uid=step[-1].uid, fetching_until=clock.now() + CLAIM)
    return sum(row is not None for row in kept)


def _delivery(mailbox: Mailbox, folder: Folder, lying: Lying) -> Delivery | None:
    is_old = lying.at is not None and lying.at < mailbox.created_at
    if is_old and not mailbox.brings_old:
        return None
    too_large = lying.size > LARGEST
    raw = folder.raw(lying.uid, heads_only=too_large)
    if raw is None:
        return None
    return Delivery(
        raw,
        mailbox,
        envelope_to=mailbox.address,
        received_at=lying.at,
        is_old=is_old,
        reason="too-large" if too_large else "",
    )


def _steps(waiting: Sequence[Lying]) -> Iterator[list[Lying]]:
    """A few at a time, and of large ones fewer."""
    step: list[Lying] = []
    for lying in waiting:
        if step and (len(step) == A_STEP or sum(one.size for one in step) + lying.size > BYTES_A_STEP):
            yield step
            step = []
        step.append(lying)
    if step:
        yield step


def _note(mailbox: Mailbox, **facts: object) -> None:
    for name, value in facts.items():
        setattr(mailbox, name, value)
    mailbox.save(update_fields=list(facts))


def _end(mailbox: Mailbox, state: MailboxState, error: str) -> None:
    facts: dict[str, object] = {"state": state, "error": error, "fetching_until": None}
    if state == MailboxState.ACTIVE:
        facts["seen_at"] = clock.now()
    Mailbox.objects.filter(pk=mailbox.pk).exclude(state=MailboxState.OFF).update(**facts)
    Mailbox.objects.filter(pk=mailbox.pk).update(fetching_until=None)
