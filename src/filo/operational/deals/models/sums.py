"""What deals add up to, kept ready for reports."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.operational.deals.models.pipeline import KINDS
from filo.operational.deals.policies import DEAL_SEEN


class DealSumQuerySet(models.QuerySet["DealSum"]):
    """Sums; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """The sums of those deals that this principal may see: they have the columns that the rule looks at."""
        return self.filter(DEAL_SEEN.rows(principal))


class DealSum(models.Model):
    """A part of a sum: what a month, pipeline, stage, owner, unit, company and currency have is the sum of their rows.

    The verbs only add rows (a minus for what a deal was, a plus for what it is), so that two who move deals at once
    never wait for each other; a job makes one row of many. `month` is the first day of the month in which a deal is
    to close or was decided, empty where nobody said. Whole numbers, so that both engines add up the same: `cents`
    are hundredths, `weighted` are hundredths times percent.
    """

    id = models.BigAutoField(primary_key=True)
    state = models.CharField(max_length=4, choices=KINDS)
    month = models.DateField(null=True)
    pipeline = models.ForeignKey("deals.Pipeline", models.CASCADE, db_index=False, related_name="+")
    stage = models.ForeignKey("deals.PipelineStage", models.CASCADE, db_index=False, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, db_index=False, related_name="+")
    company = models.ForeignKey(
        "organisation.SellingCompany", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    currency = models.CharField(max_length=3)
    number = models.IntegerField()
    cents = models.BigIntegerField()
    weighted = models.BigIntegerField()

    objects: ClassVar[models.Manager[DealSum]] = models.Manager.from_queryset(DealSumQuerySet)()

    class Meta:
        verbose_name = _("sum of deals")
        verbose_name_plural = _("sums of deals")
        indexes = [
            models.Index(fields=["pipeline", "state", "month"], name="deal_sum_by_month"),
            models.Index(fields=["owner", "month"], name="deal_sum_of_owner"),
        ]
