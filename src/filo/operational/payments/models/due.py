"""What is owed to us by a day: one instalment of an invoice, of an order, or of an opening balance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.payments.models.words import KINDS
from filo.operational.payments.policies import DUE_SEEN

NOTHING = Decimal(0)


class DueQuerySet(models.QuerySet["Due"]):
    """Dues; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those that this principal may see."""
        return self.filter(DUE_SEEN.rows(principal))

    def unpaid(self) -> Self:
        """Those of which something is owed still."""
        return self.filter(settled_on=None)

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("party", "owner", "company")


class Due(models.Model):
    """kind, source_id, position: what it is of; the same is never owed twice. document: how people call that thing.
    paid: what payments paid of it, credited: what credit notes took off; both together never more than `amount`, which
    the database itself refuses. settled_on: since when nothing is owed of it. disputed_at: since when the customer
    says that he does not owe it; he is not reminded meanwhile. told_overdue_at: when colleagues were told. key: what
    the link of its public page is made from.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=8, choices=KINDS)
    source_id = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=1)
    document = models.CharField(max_length=80)
    document_on = models.DateField()
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, db_index=False, related_name="+")
    party = models.ForeignKey("parties.Party", models.PROTECT, db_index=False, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    paid = models.DecimalField(max_digits=14, decimal_places=2, default=NOTHING)
    credited = models.DecimalField(max_digits=14, decimal_places=2, default=NOTHING)
    currency = models.CharField(max_length=3, default="EUR")
    settled_on = models.DateField(null=True)
    disputed_at = models.DateTimeField(null=True)
    dispute = models.CharField(max_length=500, blank=True)
    told_overdue_at = models.DateTimeField(null=True)
    key = models.UUIDField(default=uuid7, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Due]] = models.Manager.from_queryset(DueQuerySet)()

    class Meta:
        verbose_name = _("due")
        verbose_name_plural = _("dues")
        indexes = [
            models.Index(fields=["due_on", "id"], name="due_open_by_day", condition=Q(settled_on=None)),
            models.Index(fields=["party", "due_on", "id"], name="due_of_party"),
            models.Index(fields=["company", "currency", "amount"], name="due_to_match", condition=Q(settled_on=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "source_id", "position"], name="due_once"),
            models.CheckConstraint(condition=Q(kind__in=[code for code, _l in KINDS]), name="due_kind_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="due_is_something"),
            models.CheckConstraint(
                condition=Q(paid__gte=0, credited__gte=0, amount__gte=F("paid") + F("credited")),
                name="due_never_paid_beyond_its_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.document

    @property
    def left(self) -> Decimal:
        """What is owed still."""
        return self.amount - self.paid - self.credited

    @property
    def days_late(self) -> int:
        """For how many days it should have been paid; 0 while it need not be."""
        return self.late_on(clock.today())

    def late_on(self, day: date) -> int:
        """The same as of a day."""
        return max(0, (day - self.due_on).days) if self.settled_on is None else 0

    @property
    def state(self) -> str:
        """paid, disputed, overdue, part or open."""
        if self.settled_on is not None:
            return "paid"
        if self.disputed_at is not None:
            return "disputed"
        if self.days_late:
            return "overdue"
        return "part" if self.paid else "open"
