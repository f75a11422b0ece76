"""What webhooks and events look like at the REST API, coming and going."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.lists import PageParams
from filo.foundation.rest.schemas import Body, Moment, Shape

TYPES = "All events (`*`), those of a topic (`party.*`), or single types (`task.done`)."
State = Literal["pending", "delivered", "failed", "given-up", "cancelled"]


class WebhookBody(Body):
    """An address that is to be told of events."""

    url: str = Field(max_length=2000)
    types: list[str] = Field(["*"], max_length=200, description=TYPES)
    description: str = Field("", max_length=200)


class WebhookChange(Body):
    """What changes; `state` pauses or resumes."""

    url: str = Field("", max_length=2000)
    types: list[str] = Field(["*"], max_length=200, description=TYPES)
    description: str = Field("", max_length=200)
    state: Literal["active", "paused"] = "active"


class ReplayBody(Body):
    """From when on everything is sent again."""

    since: Moment


class WebhookShape(Shape):
    """An address that is told of events. `success_rate` is of the last hundred attempts, in percent."""

    id: UUID
    url: str
    types: list[str]
    description: str
    state: Literal["active", "paused", "disabled"]
    disabled_because: Literal["", "gone", "failing", "secret"]
    failing_since: datetime | None
    last_delivered_at: datetime | None
    success_rate: int | None
    created_at: datetime
    version: int


class WebhookWithSecret(WebhookShape):
    """A webhook whose secret was just made. It is told once: an answer that is repeated has null and a `detail`."""

    secret: str | None
    detail: str = ""


class WebhookList(Shape):
    """Webhooks."""

    items: list[WebhookShape]
    next: str | None
    count: int
    count_is_exact: bool


class DeliveryShape(Shape):
    """An event on its way to a webhook. `error` is a stable word for why the last attempt failed."""

    id: UUID
    event: UUID
    type: str
    subject: UUID
    state: State
    attempts: int
    next_at: datetime | None
    status: int | None
    milliseconds: int | None
    error: str
    created_at: datetime
    delivered_at: datetime | None


class DeliveryList(Shape):
    """Deliveries, the newest first."""

    items: list[DeliveryShape]
    next: str | None
    count: int
    count_is_exact: bool


class ReplayShape(Shape):
    """The job that sends again, and whether it has begun."""

    job: UUID
    state: str


class EventShape(Shape):
    """A CloudEvent (1.0, JSON)."""

    specversion: Literal["1.0"]
    id: UUID
    source: str
    type: str
    subject: UUID
    time: datetime
    datacontenttype: Literal["application/json"]
    data: dict[str, Any]


class EventList(Shape):
    """Events, in the order in which they became known."""

    items: list[EventShape]
    next: str | None
    count: int
    count_is_exact: bool


class DeliveryParams(PageParams):
    """Which deliveries."""

    state: State | None = Field(None, description="Only those in this state.")


class EventParams(PageParams):
    """Which events."""

    since: Moment | None = Field(None, description="Only what became known at or after this moment.")
    after: UUID | None = Field(None, description="Only what came after the event of this id: the last one you have.")
    type: str = Field("", max_length=1000, description=f"{TYPES} Several are separated by commas.")
