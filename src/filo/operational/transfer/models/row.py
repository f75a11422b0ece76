"""What became of each row of a file."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.operational.transfer.models.batch import ImportBatch

OUTCOMES = [
    ("created", _("Created")),
    ("updated", _("Updated")),
    ("unchanged", _("Unchanged")),
    ("rejected", _("Rejected")),
]


class RowQuerySet(models.QuerySet["ImportRow"]):
    """Rows of imports; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """The rows of the imports this principal may see."""
        batches = ImportBatch.objects.visible_to(principal)
        return self.filter(batch__in=batches.values("pk"))


class ImportRow(models.Model):
    """A row as it stood in the file, what became of it, and what it changed (for taking it back).

    number: as a spreadsheet counts, the header being 1. problems: [{"column", "sentence"}], the first of a
    rejected row being the reason. recognised_by: the key (see `transfer/keys.py`). journal: {field: [before, after]}
    of an updated party, and as "firm" the one that was made because this row named it. left: why what it did was
    not taken back with the rest. thing: the product or past order that the row went into, where the rows are no
    customers; thing_code: its code or number.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, db_index=False, related_name="rows")
    number = models.PositiveBigIntegerField()
    raw = models.JSONField(default=list)
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    party = models.ForeignKey("parties.Party", models.SET_NULL, null=True, db_index=False, related_name="+")
    problems = models.JSONField(default=list)
    recognised_by = models.CharField(max_length=60, blank=True)
    journal = models.JSONField(null=True)
    left = models.CharField(max_length=300, blank=True)
    thing = models.UUIDField(null=True)
    thing_code = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[ImportRow]] = models.Manager.from_queryset(RowQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["batch", "outcome", "number"], name="import_row_by_outcome"),
            models.Index(fields=["party", "batch"], name="import_row_of_party"),
            models.Index(fields=["batch", "number"], name="import_row_left", condition=~models.Q(left="")),
        ]
