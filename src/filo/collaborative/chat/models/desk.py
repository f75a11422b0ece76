"""Whether a colleague takes chats at the moment, and how many at once."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from filo.foundation.ids import uuid7


class ChatDesk(models.Model):
    """beat_at: when one of his pages last said that he is there; without it nothing is offered to him."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    open = models.BooleanField(default=False)
    most = models.PositiveSmallIntegerField(default=4)
    beat_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[ChatDesk]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(most__gte=1, most__lte=20), name="desk_takes_some_chats"),
        ]

    def __str__(self) -> str:
        return str(self.user)
