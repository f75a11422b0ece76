"""A request of a customer, by its number."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.service.models.words import PRIORITIES, STATES, TYPES, WAITS
from filo.operational.service.numbers import FIRST, written
from filo.operational.service.policies import TICKET_SEEN


class TicketCounter(models.Model):
    """The last number that was given; the row is locked while the next is taken."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last = models.BigIntegerField(default=FIRST - 1)

    objects: ClassVar[models.Manager[TicketCounter]] = models.Manager()


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Requests; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those that this principal may see."""
        return self.filter(TICKET_SEEN.rows(principal))

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("party", "group", "assignee", "company")


class Ticket(models.Model):
    """Who asks for what, how it stands, and until when it was promised.

    serial: its number without the check digit. owner: who looks after the customer; assignee: who works it.
    waiting_on: whom it waits for while its state is waiting; paused_at: since when its clock stands still for that,
    waited: minutes of work that it stood still before. respond_minutes, solve_minutes: what was promised, in minutes
    of work; warn_respond_at, warn_solve_at: when four fifths of that will have gone by. warned: what was warned of,
    as the sum of 1 (the answer is due soon), 2 (it is late), 4 and 8 (the same of the solution). owed_by: until when
    something is owed next, empty while nothing is: so lists put first what comes first.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    serial = models.BigIntegerField(unique=True)
    type = models.CharField(max_length=10, choices=TYPES, default="question")
    subject = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    priority = models.CharField(max_length=8, choices=PRIORITIES, default="normal")
    state = models.CharField(max_length=8, choices=STATES, default="new")
    waiting_on = models.CharField(max_length=8, choices=WAITS, blank=True)
    party = models.ForeignKey("parties.Party", models.SET_NULL, null=True, related_name="+")
    contact_address = models.CharField(max_length=320, blank=True)
    channel = models.CharField(max_length=10, default="mail")
    language = models.CharField(max_length=5, default="it")
    product = models.CharField(max_length=200, blank=True)
    group = models.ForeignKey("service.ServiceGroup", models.SET_NULL, null=True, related_name="+")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, db_index=False, related_name="+")
    company = models.ForeignKey(
        "organisation.SellingCompany", models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    opened_at = models.DateTimeField()
    respond_minutes = models.PositiveIntegerField(null=True)
    respond_by = models.DateTimeField(null=True)
    warn_respond_at = models.DateTimeField(null=True)
    solve_minutes = models.PositiveIntegerField(null=True)
    solve_by = models.DateTimeField(null=True)
    warn_solve_at = models.DateTimeField(null=True)
    owed_by = models.DateTimeField(null=True)
    answered_automatically_at = models.DateTimeField(null=True)
    responded_at = models.DateTimeField(null=True)
    person_wanted_at = models.DateTimeField(null=True)
    # Minutes of work from when the customer asked for a person until one answered.
    person_waited = models.PositiveIntegerField(null=True)
    paused_at = models.DateTimeField(null=True)
    waited = models.PositiveIntegerField(default=0)
    solved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=200, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")
    reopened = models.PositiveSmallIntegerField(default=0)
    warned = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Ticket]] = models.Manager.from_queryset(TicketQuerySet)()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        indexes = [
            models.Index(fields=["state", "-opened_at", "-id"], name="ticket_by_state"),
            models.Index(fields=["-opened_at", "-id"], name="ticket_by_opening"),
            models.Index(fields=["party", "-opened_at"], name="ticket_of_party"),
            models.Index(fields=["owed_by", "id"], name="ticket_owed", condition=Q(owed_by__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(type__in=[code for code, _l in TYPES]), name="ticket_type_known"),
            models.CheckConstraint(condition=Q(state__in=[code for code, _l in STATES]), name="ticket_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(waiting_on=""), name="ticket_waits_only_while_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def number(self) -> str:
        """As it is written and spoken: 100234-7."""
        return written(self.serial)

    def owed(self) -> datetime | None:
        """Until when something is owed next: the answer, then the solution; nothing while others are waited for."""
        if not self.is_open or self.paused_at is not None:
            return None
        return self.respond_by if self.responded_at is None and self.respond_by else self.solve_by

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to do something about it."""
        return self.state not in ("solved", "closed")


class TicketNote(models.Model):
    """A note among colleagues, one that the customer reads too on the page of his request (`public`), or what he said
    there himself (`by_customer`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    by_customer = models.BooleanField(default=False)
    public = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[TicketNote]] = models.Manager()

    class Meta:
        ordering = ["at", "id"]
