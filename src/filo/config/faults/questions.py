"""What the process inside a copy can be asked, and told to prepare; values in and out are plain JSON."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import Count

from filo.config.faults import counting
from filo.config.faults.jobs import EFFECT, TICK
from filo.foundation import clock
from filo.foundation.access.models import Role
from filo.foundation.access.principal import system
from filo.foundation.accounts.queries import person_by_email
from filo.foundation.accounts.services import add_person
from filo.foundation.accounts.tokens import make_token
from filo.foundation.audit.models import AuditEntry
from filo.foundation.events.models import FailedDelivery, OutboxEvent
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.services import enqueue
from filo.foundation.mail.models import OutgoingMail
from filo.foundation.mail.services import queue_mail
from filo.foundation.organisation.models import Unit
from filo.foundation.organisation.services import found_firm
from filo.operational.parties.models import Party

WHO = "prova@aurora.example"


def prepare() -> dict[str, str]:
    """Found the firm and add one administrator; gives a token and a signed-in session."""
    with transaction.atomic():
        found_firm(name="Prova", company="Prova")
        add_person(
            system("faults"),
            email=WHO,
            given_name="Prova",
            family_name="Guasti",
            role=Role.objects.get(code="administrator"),
            unit=Unit.objects.filter(parent=None).first(),
            language="it",
            password="only-for-this-copy",  # noqa: S106
            invite=False,
        )
    return {"token": token(), "session": session()}


def token(hours: float | None = None) -> str:
    """A token of the administrator, for ever or for some hours."""
    user = person_by_email(WHO)
    assert user is not None  # noqa: S101  (prepare has made it)
    ends = clock.now() + timedelta(hours=hours) if hours else None
    return make_token(system("faults"), user, label="faults", expires_at=ends)[1]


def session() -> str:
    """The cookie of a session of the administrator."""
    user = person_by_email(WHO)
    assert user is not None  # noqa: S101
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def put_jobs(name: str, numbers: list[int], every: float = 0.0, after: float = 0.0, tries: int = 0) -> list[str]:
    """Store one job for each number, due one after another at a distance of `every` seconds; gives their ids."""
    moment = clock.now() + timedelta(seconds=after)
    with transaction.atomic():
        made = [
            enqueue(name, number=number, run_at=moment + timedelta(seconds=every * place))
            for place, number in enumerate(numbers)
        ]
        ids = [str(job.id) for job in made]
        if tries:
            Job.objects.filter(pk__in=ids).update(max_attempts=tries)
    return ids


def are_done(ids: list[str]) -> bool:
    """Whether all of these jobs are done."""
    return Job.objects.filter(pk__in=ids, state=JobState.DONE).count() == len(ids)


def put_slow(seconds: float) -> str:
    """Store one job that takes its time."""
    return str(enqueue("faults.slow", seconds=seconds).id)


def put_mails(number: int, run: str) -> int:
    """Queue mails to as many addresses, each with a subject of its own."""
    with transaction.atomic():
        for place in range(number):
            queue_mail(to=f"{run}-{place}@firma.example", subject=f"{run} {place}", text="Una prova.")
    return number


def mails(run: str) -> dict[str, list[str]]:
    """The subjects of a run's mails by their state."""
    found: dict[str, list[str]] = {}
    for subject, state in OutgoingMail.objects.filter(subject__startswith=f"{run} ").values_list("subject", "state"):
        found.setdefault(state, []).append(subject)
    return found


def jobs_of(name: str, ids: list[str] | None = None) -> list[dict[str, Any]]:
    """The jobs of a kind, with the age at which they were done and the number of their effects."""
    rows = Job.objects.filter(name=name)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    effects = Counter(_effects())
    return [
        {
            "id": str(row.id),
            "state": row.state,
            "attempts": row.attempts,
            "key": row.key,
            "effects": effects[row.id],
            "age": (row.finished_at - max(row.run_at, row.created_at)).total_seconds() if row.finished_at else None,
        }
        for row in rows.order_by("id")
    ]


def ages(ids: list[str]) -> list[float]:
    """Seconds from when each of these jobs was first due to its end."""
    rows = Job.objects.filter(pk__in=ids, state=JobState.DONE).order_by("id")
    return [(row.finished_at - row.run_at).total_seconds() for row in rows if row.finished_at]


def _effects() -> list[Any]:
    return list(AuditEntry.objects.filter(kind=EFFECT).values_list("object_id", flat=True))


def unsettled() -> dict[str, int]:
    """What still waits, hangs or has failed: all zero once a copy has recovered."""
    moment = clock.now()
    due = Job.objects.exclude(name="faults.tick").filter(state=JobState.READY, run_at__lte=moment)
    return {
        "events not relayed": OutboxEvent.objects.filter(relayed_at=None).count(),
        "events that failed": FailedDelivery.objects.count(),
        "jobs due": due.count(),
        "jobs with a dead lease": Job.objects.filter(state=JobState.RUNNING, lease_until__lt=moment).count(),
        "jobs set aside": Job.objects.filter(state=JobState.QUARANTINED).count(),
    }


def let_dead_leases_run_out(alive: int, but: list[str] | None = None) -> int:
    """What thirty seconds would do to the leases of every worker process but one, except of some kinds of jobs."""
    dead = Job.objects.filter(state=JobState.RUNNING).exclude(leased_by__contains=f":{alive}:")
    return dead.exclude(name__in=but or []).update(lease_until=clock.now() - timedelta(seconds=1))


def repeated_effects() -> int:
    """How many jobs have left more than one effect."""
    found = AuditEntry.objects.filter(kind=EFFECT).values("object_id").annotate(times=Count("id"))
    return found.filter(times__gt=1).count()


def ticks() -> dict[str, int]:
    """Of the job that ticks: its occurrences, and what is not as it should be with them."""
    rows = list(Job.objects.filter(name="faults.tick").values_list("id", "key", "state", "result"))
    effects = Counter(_effects())
    moments = sorted(datetime.fromisoformat(str(key).removeprefix("due ")) for _id, key, _state, _result in rows)
    return {
        "occurrences": len(rows),
        "keys": len(set(moments)),
        "too close": sum(b - a < timedelta(seconds=TICK) for a, b in pairwise(moments)),
        "without effect": sum(state == JobState.DONE and not effects[id_] for id_, _key, state, _result in rows),
        "doubled": sum(effects[id_] > 1 for id_, _key, _state, _result in rows),
        "waiting": sum(state != JobState.DONE for _id, _key, state, _result in rows),
        "workers": len({result for _id, _key, state, result in rows if state == JobState.DONE}),
    }


def nightly(since: str) -> dict[str, int]:
    """How often each daily job was due since a moment."""
    names = ("faults.in_the_dst_hour", "faults.at_midnight")
    rows = Job.objects.filter(name__in=names, created_at__gte=datetime.fromisoformat(since))
    counted = Counter(rows.values_list("name", flat=True))
    return {name.removeprefix("faults."): counted[name] for name in names}


def compare(run: str, acked: list[dict[str, Any]]) -> dict[str, Any]:
    """A ledger against the tables."""
    return counting.compare(run, acked)


def imported(run: str) -> dict[str, int]:
    """How many people of an import there are, and how many different ones."""
    names = list(Party.objects.filter(family_name__startswith=run).values_list("family_name", flat=True))
    return {"rows": len(names), "different": len(set(names))}


def hurry(names: list[str]) -> int:
    """What waits to be tried again is due now."""
    return Job.objects.filter(name__in=names, state=JobState.READY).update(run_at=clock.now())


def state_of(job: str) -> str:
    """The state of a job."""
    return Job.objects.get(pk=job).state


def effects_of(job: str) -> int:
    """How often a job has left its effect."""
    return AuditEntry.objects.filter(kind=EFFECT, object_id=job).count()
