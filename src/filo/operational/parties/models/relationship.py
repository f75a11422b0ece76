"""What a party is to one of our companies: stage, owner, area, and how it came there."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.parties.policies import RELATIONSHIP_SEEN

STAGES = [
    ("suspect", _("Suspect")),
    ("lead", _("Lead")),
    ("prospect", _("Prospect")),
    ("customer", _("Customer")),
]
STAGE_ORDER = {code: place for place, (code, _label) in enumerate(STAGES, start=1)}
MEMBER_ROLES = [("agent", _("Agent")), ("support", _("Support")), ("specialist", _("Specialist"))]


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    """Relationships; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those this principal may see: by company, and by owner, member, team or unit."""
        return self.filter(RELATIONSHIP_SEEN.rows(principal))

    def for_rows(self) -> Self:
        """With no more than a row of a list shows."""
        owner = ("owner__given_name", "owner__family_name", "owner__email")
        return self.select_related("owner").only("party_id", "stage", "ended_at", "created_at", *owner)

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("company", "product_line", "area", "channel", "owner", "unit")


class Relationship(models.Model):
    """A party and one of our companies, for all products (`product_line` empty) or for one line."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, db_index=False, related_name="relationships")
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, db_index=False, related_name="+")
    product_line = models.ForeignKey(
        "organisation.ProductLine", models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey(
        "organisation.Area", models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    channel = models.ForeignKey("organisation.Channel", models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    stage = models.CharField(max_length=10, choices=STAGES, default="suspect")
    stage_since = models.DateTimeField()
    customer_since = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Relationship]] = models.Manager.from_queryset(RelationshipQuerySet)()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["owner", "party"], name="relationship_by_owner"),
            models.Index(fields=["unit", "party"], name="relationship_by_unit"),
            models.Index(fields=["company", "stage", "party"], name="relationship_by_stage"),
            models.Index(fields=["area", "party"], name="relationship_by_area"),
            models.Index(
                fields=["stage", "company", "unit"], name="relationship_going_on", condition=models.Q(ended_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "company"], condition=models.Q(product_line=None), name="relationship_once"
            ),
            models.UniqueConstraint(fields=["party", "company", "product_line"], name="relationship_once_a_line"),
            models.CheckConstraint(
                condition=models.Q(stage__in=["suspect", "lead", "prospect", "customer"]),
                name="relationship_stage",
            ),
        ]

    @property
    def place(self) -> int:
        """1 to 4: how far along the thread this relationship is."""
        return STAGE_ORDER[self.stage]


class RelationshipMember(models.Model):
    """Somebody besides the owner who works this customer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, db_index=False, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(max_length=12, choices=MEMBER_ROLES, default="agent")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "user"], name="member_once")]


class StageChange(models.Model):
    """One step of a relationship along the thread, or back: by which rule or person, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="stage_changes")
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, db_index=False, related_name="+")
    from_stage = models.CharField(max_length=10, blank=True)
    to_stage = models.CharField(max_length=10, blank=True)  # empty: the relationship ended
    rule = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, db_index=False, related_name="+")
    actor_name = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["at", "company"], name="stage_change_by_time")]
