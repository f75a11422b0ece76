"""How soon a kind of request is to be answered and solved, where a group's usual time does not do."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7
from filo.operational.service.models.words import PRIORITIES, TYPES


class ServiceTarget(models.Model):
    """Minutes of work for requests of a group, a type and a priority; what is empty stands for any of them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey("service.ServiceGroup", models.CASCADE, null=True, related_name="targets")
    type = models.CharField(max_length=10, choices=TYPES, blank=True)
    priority = models.CharField(max_length=8, choices=PRIORITIES, blank=True)
    respond_within = models.PositiveIntegerField()
    solve_within = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[ServiceTarget]] = models.Manager()

    class Meta:
        verbose_name = _("service target")
        verbose_name_plural = _("service targets")
        ordering = ["group", "type", "priority"]
        constraints = [
            models.UniqueConstraint(fields=["group", "type", "priority"], name="service_target_once"),
            models.UniqueConstraint(
                fields=["type", "priority"], condition=models.Q(group=None), name="service_target_of_all_once"
            ),
        ]
