"""For whom, where and when something holds: what price lists, discounts and coupons share."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from filo.foundation.access.principal import Principal
from filo.operational.parties.models import Party
from filo.operational.prices.policies import PRICE_SEEN

_Row = TypeVar("_Row", bound="Scoped", covariant=True)


class ScopedQuerySet(models.QuerySet[_Row]):
    """Every read starts from `visible_to`, but for the engine's, which prices for whoever asks."""

    def visible_to(self, principal: Principal) -> Self:
        """Those of the companies one works in and those of no company; what is for one customer is seen with him."""
        found = self.filter(PRICE_SEEN.rows(principal))
        if principal.kind == "system":
            return found
        return found.filter(Q(party=None) | Q(party__in=Party.objects.visible_to(principal)))

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("company", "channel", "area", "party")


class Scoped(models.Model):
    """Empty means any. customer_class: the value class of the customer, or a word that the firm uses for its own
    (`rivenditori`); party: this customer alone. valid_from, valid_to: days, both included.
    """

    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.ForeignKey("organisation.Channel", models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey("organisation.Area", models.PROTECT, null=True, blank=True, related_name="+")
    customer_class = models.CharField(max_length=40, blank=True)
    party = models.ForeignKey("parties.Party", models.CASCADE, null=True, blank=True, related_name="+")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    active = models.BooleanField(default=True)
    priority = models.SmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
            )
        ]
