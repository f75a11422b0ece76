"""In which ways a party can be seen, and when one last heard of it: kept for reading, made anew from the facts."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from filo.foundation.access.principal import Principal
from filo.operational.parties.policies import contacts_known_to, ways_open_to


def _fact(to: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(to, models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False)


class ReachQuerySet(models.QuerySet["Reach"]):
    """Ways to parties; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """The ways that lie open to this principal."""
        return self.filter(ways_open_to(principal, "view"))


class Reach(models.Model):
    """One way to see a party: through a relationship of its own (`direct`), or of a firm that it is a contact of.

    A relationship is one row for each of its people (owner and members), or one without a person; its facts
    stand beside it, and the party's name, so that lists are read from this table alone. A party with no
    relationship anywhere has one row without a company. `services/reach.py` keeps the rows.
    """

    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+", db_index=False)
    relationship = models.ForeignKey("parties.Relationship", models.CASCADE, null=True, related_name="+")
    direct = models.BooleanField(default=True)
    living = models.BooleanField(default=True)
    kind = models.CharField(max_length=12)
    sort_name = models.CharField(max_length=260)
    person = _fact(settings.AUTH_USER_MODEL)
    unit = _fact("organisation.Unit")
    company = _fact("organisation.SellingCompany")
    owner = _fact(settings.AUTH_USER_MODEL)
    area = _fact("organisation.Area")
    channel = _fact("organisation.Channel")
    product_line = _fact("organisation.ProductLine")
    stage = models.CharField(max_length=10, blank=True)

    objects: ClassVar[models.Manager[Reach]] = models.Manager.from_queryset(ReachQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["sort_name", "party"], name="reach_by_name"),
            models.Index(fields=["party", "unit", "person", "company"], name="reach_of_party"),
            models.Index(fields=["person", "party"], name="reach_of_person"),
            models.Index(fields=["person", "sort_name", "party"], name="reach_of_person_by_name"),
            models.Index(fields=["unit", "party"], name="reach_of_unit"),
            models.Index(fields=["owner", "stage"], name="reach_of_owner"),
            models.Index(fields=["area", "stage", "unit"], name="reach_of_area"),
            models.Index(fields=["product_line", "stage", "unit"], name="reach_of_line"),
        ]


class LastContactQuerySet(models.QuerySet["LastContact"]):
    """Last contacts; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Of the contacts this principal may know of."""
        return self.filter(contacts_known_to(principal))


class LastContact(models.Model):
    """When somebody of the firm (whoever was in contact, and whoever owns it) last had contact with a party.

    The facts are those that decide who may know.
    """

    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey("organisation.Unit", models.CASCADE, null=True, related_name="+", db_index=False)
    company = models.ForeignKey(
        "organisation.SellingCompany", models.CASCADE, null=True, related_name="+", db_index=False
    )

    objects: ClassVar[models.Manager[LastContact]] = models.Manager.from_queryset(LastContactQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["party", "at"], name="last_contact_of_party"),
            models.Index(fields=["at", "party"], name="last_contact_by_time"),
            models.Index(fields=["person", "at"], name="last_contact_of_person"),
        ]
