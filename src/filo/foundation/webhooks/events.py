"""What happens to webhooks themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutWebhook(DomainEvent):
    webhook: UUID

    @property
    def subject(self) -> UUID:
        return self.webhook


@dataclass(frozen=True, kw_only=True)
class WebhookAdded(_AboutWebhook):
    """Another program is told of events from now on."""

    type: ClassVar[str] = "webhook.added"


@dataclass(frozen=True, kw_only=True)
class WebhookEdited(_AboutWebhook):
    """Address, events, secret or state of a webhook changed."""

    type: ClassVar[str] = "webhook.edited"


@dataclass(frozen=True, kw_only=True)
class WebhookDisabled(_AboutWebhook):
    """A webhook was switched off because nobody answered at its address for days, or the answer was Gone."""

    type: ClassVar[str] = "webhook.disabled"


@dataclass(frozen=True, kw_only=True)
class WebhookDeleted(_AboutWebhook):
    """A webhook was taken away; it can be brought back for thirty days."""

    type: ClassVar[str] = "webhook.deleted"


@dataclass(frozen=True, kw_only=True)
class WebhookRestored(_AboutWebhook):
    """A webhook that was taken away is there again."""

    type: ClassVar[str] = "webhook.restored"
