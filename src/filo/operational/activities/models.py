"""Tasks: what is to be done, for whom, by when."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.activities.policies import TASK_SEEN

KINDS = [("task", "task"), ("call", "call"), ("mail", "mail"), ("meeting", "meeting")]


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """The tasks this principal may see."""
        return self.filter(TASK_SEEN.rows(principal))

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("party", "assignee")


class Task(models.Model):
    """One thing to do. `due_on` is a day in the assignee's zone; without one it is for when there is time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=KINDS, default="task")
    party = models.ForeignKey("parties.Party", models.CASCADE, null=True, blank=True, related_name="+")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Task]] = models.Manager.from_queryset(TaskQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["assignee", "due_on"], name="task_open", condition=models.Q(done_at=None)),
            models.Index(fields=["party", "due_on"], name="task_of_party", condition=models.Q(done_at=None)),
            models.Index(fields=["due_on", "id"], name="task_open_by_day", condition=models.Q(done_at=None)),
            models.Index(fields=["due_on", "id"], name="task_by_day"),
        ]
