"""A group that looks after requests: Assistenza Commerciale, Assistenza Tecnica."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7


class ServiceGroup(models.Model):
    """`respond_within` and `solve_within` are minutes of work, by its calendar or the house's.

    asks_satisfaction: whether customers are asked how content they were once their request is solved; asks_after:
    how many minutes later (0: at once).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    company = models.ForeignKey("organisation.SellingCompany", models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    calendar = models.ForeignKey("hours.BusinessCalendar", models.SET_NULL, null=True, related_name="+")
    respond_within = models.PositiveIntegerField(default=240)
    solve_within = models.PositiveIntegerField(default=1440)
    asks_satisfaction = models.BooleanField(default=True)
    asks_after = models.PositiveIntegerField(default=120)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[ServiceGroup]] = models.Manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """Somebody who works in a group."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(ServiceGroup, models.CASCADE, db_index=False, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager[GroupMember]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="group_member_once")]
