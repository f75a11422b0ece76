"""Reads of work: the queues and their day, lists, one piece, what broke, what comes round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.errors import NotFound
from filo.foundation.filters.tree import Tree, compile_tree
from filo.foundation.jobs.models import IN_TROUBLE, Job, JobState, Schedule
from filo.foundation.jobs.registry import QUEUES, job_kinds
from filo.foundation.jobs.schedule import Rule, schedules
from filo.foundation.jobs.turns import due
from filo.foundation.web.paging import Count, Key, Page, capped_count, page_of
from filo.foundation.work.filters import JOB_FILTERS
from filo.foundation.work.policies import require_all

PAGE_SIZE = 50
NEWEST_FIRST = (Key("id", descending=True),)
HOUR = timedelta(hours=1)
MOST_READ = 10_000
MOST_BROKEN = 2_000
MOST_COUNTED = 10


@dataclass(frozen=True)
class QueueState:
    """How a queue stands. `rate` is in jobs a minute, over the last hour."""

    queue: str
    waiting: Count
    running: int
    oldest: timedelta | None
    done: Count
    rate: float
    set_aside: int


def queue_states(principal: Principal) -> list[QueueState]:
    """How each queue stands now. Raises `Forbidden`."""
    require_all(principal)
    moment = clock.now()
    running = Counter(Job.objects.filter(state=JobState.RUNNING).values_list("queue", flat=True))
    broken = Counter(Job.objects.filter(state__in=IN_TROUBLE).values_list("queue", flat=True)[:MOST_BROKEN])
    ended = Job.objects.filter(finished_at__gte=moment - HOUR).order_by("-finished_at")
    recent = list(ended.values_list("queue", "state")[:MOST_READ])
    done = Counter(queue for queue, state in recent if state == JobState.DONE)
    return [
        QueueState(
            queue=queue,
            waiting=capped_count(due(queue, moment)),
            running=running[queue],
            oldest=_oldest(queue, moment),
            done=Count(done[queue], exact=len(recent) < MOST_READ),
            rate=done[queue] / 60,
            set_aside=broken[queue],
        )
        for queue in QUEUES
    ]


def _oldest(queue: str, moment: datetime) -> timedelta | None:
    first = due(queue, moment).order_by("run_at", "id").values_list("run_at", flat=True).first()
    return moment - first if first else None


def ended_by_hour(principal: Principal) -> list[tuple[datetime, int]]:
    """How much came to an end in each of the last 24 hours, the present one last. Raises `Forbidden`."""
    require_all(principal)
    present = clock.now().replace(minute=0, second=0, microsecond=0)
    hours = [present - HOUR * back for back in range(23, -1, -1)]
    ended = Job.objects.exclude(finished_at=None)
    return [
        (hour, capped_count(ended.filter(finished_at__gte=hour, finished_at__lt=hour + HOUR)).number) for hour in hours
    ]


def work_page(principal: Principal, tree: Tree | None, *, cursor: str = "", own: bool = False) -> Page[Job]:
    """Jobs, newest first: all that one sees, or one's own. Raises `Forbidden`, `BadRequest`."""
    principal.require("job", "view")
    found = Job.objects.visible_to(principal).filter(compile_tree(tree, JOB_FILTERS, principal))
    if own:
        found = found.filter(requested_by=principal.user_id)
    return page_of(found.defer("result", "error"), NEWEST_FIRST, size=PAGE_SIZE, cursor=cursor)


def seen_job(principal: Principal, job_id: UUID) -> Job:
    """One job. Raises `NotFound`."""
    found = Job.objects.visible_to(principal).filter(pk=job_id).first()
    if found is None:
        raise NotFound
    return found


def open_work_of(user_id: UUID) -> QuerySet[Job]:
    """What somebody asked for and is not over: only what is announced, since the rest is over in no time."""
    announced = [kind.name for kind in job_kinds() if kind.announced]
    return Job.objects.filter(
        state__in=[JobState.READY, JobState.RUNNING], requested_by=user_id, name__in=announced
    ).order_by("id")


def sign_of(principal: Principal, *, is_idle: bool = False) -> dict[str, Any] | None:
    """What the sign in the shell shows of one's own work that is under way; None for who has none ever."""
    if principal.user_id is None or not principal.may("job"):
        return None
    jobs = [] if is_idle else list(open_work_of(principal.user_id)[:MOST_COUNTED])
    return {"jobs": jobs, "person": principal.user_id}


def just_ended(user_id: UUID, *, within: timedelta) -> Job | None:
    """What somebody asked for and was over last, if that was just now."""
    announced = [kind.name for kind in job_kinds() if kind.announced]
    ended = Job.objects.filter(finished_at__gte=clock.now() - within, requested_by=user_id, name__in=announced).exclude(
        state=JobState.CANCELLED
    )
    return ended.order_by("-finished_at").first()


def names_of(jobs: Iterable[Job]) -> dict[UUID, str]:
    """The names of those who asked for these jobs."""
    wanted = {job.requested_by for job in jobs if job.requested_by}
    return {user.pk: user.name for user in User.objects.filter(pk__in=wanted)} if wanted else {}


@dataclass(frozen=True)
class Broken:
    """Jobs of one kind that broke in the same way; `error` is the first line, by which they are named."""

    name: str
    error: str
    number: int
    first: datetime
    last: datetime
    sample: Job


def broken_groups(principal: Principal) -> list[Broken]:
    """What is set aside, by kind and error, the newest first. Raises `Forbidden`."""
    require_all(principal)
    rows = Job.objects.filter(state__in=IN_TROUBLE).order_by("-id").defer("result")[:MOST_BROKEN]
    groups: dict[tuple[str, str], list[Job]] = {}
    for job in rows:
        groups.setdefault((job.name, first_line(job.error)), []).append(job)
    found = [_broken(name, error, jobs) for (name, error), jobs in groups.items()]
    return sorted(found, key=lambda group: group.last, reverse=True)


def first_line(error: str) -> str:
    """What an error is called."""
    return error.partition("\n")[0]


def _broken(name: str, error: str, jobs: list[Job]) -> Broken:
    moments = [job.finished_at or job.created_at for job in jobs]
    return Broken(name, error, len(jobs), min(moments), max(moments), jobs[0])


@dataclass(frozen=True)
class Recurring:
    """A schedule: its rule, when it is due next, and how its last run went."""

    name: str
    rule: Rule
    next_at: datetime | None
    last_run: datetime | None
    last: Job | None

    @property
    def took(self) -> timedelta | None:
        """How long the last run took, once it is over."""
        if self.last is None or self.last.started_at is None or self.last.finished_at is None:
            return None
        return self.last.finished_at - self.last.started_at


def recurring(principal: Principal) -> list[Recurring]:
    """Every schedule, the next due first. Raises `Forbidden`."""
    require_all(principal)
    rows = {row.name: row for row in Schedule.objects.all()}
    found = [_recurring(name, rule, rows.get(name)) for name, rule in schedules().items()]
    return sorted(found, key=lambda one: (one.next_at is None, one.next_at, one.name))


def _recurring(name: str, rule: Rule, row: Schedule | None) -> Recurring:
    last = Job.objects.filter(name=name).exclude(started_at=None).order_by("-id").first()
    ran = row.last_run if row else None
    if last is not None and last.started_at and (ran is None or last.started_at > ran):
        ran = last.started_at
    return Recurring(name, rule, row.next_at if row else None, ran, last)


def tree_of(asked: dict[str, Any]) -> Tree | None:
    """The filter that the choices of a page stand for."""
    parts = [{"field": name, "op": "is", "value": asked[name]} for name in JOB_FILTERS.fields if asked.get(name)]
    return {"and": parts} if parts else None
