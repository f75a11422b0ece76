"""What a file says otherwise than a card, waiting for somebody to take or leave it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.transfer.models.batch import ImportBatch

OPEN, TAKEN, LEFT = "open", "taken", "left"
STATES = [(OPEN, _("Waiting")), (TAKEN, _("Taken")), (LEFT, _("Left as it was"))]


class ProposalQuerySet(models.QuerySet["ImportProposal"]):
    """Proposals; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those of the imports this principal may see."""
        return self.filter(batch__in=ImportBatch.objects.visible_to(principal).values("pk"))


class ImportProposal(models.Model):
    """One value of a party: `now` as it was when the row `number` came, `said` as the row says it.

    `name` is that of the value, as `contested` names it: "sector", "fields.CODE", "addresses.0".
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="proposals")
    number = models.PositiveBigIntegerField()
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    now: Any = models.JSONField(null=True)
    said: Any = models.JSONField(null=True)
    state = models.CharField(max_length=5, choices=STATES, default=OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[ImportProposal]] = models.Manager.from_queryset(ProposalQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["batch", "state", "id"], name="import_proposal_by_state")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=[OPEN, TAKEN, LEFT]), name="import_proposal_state")
        ]
