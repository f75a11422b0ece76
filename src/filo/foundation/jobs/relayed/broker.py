"""Celery as Filo uses it: messages that name a job, and nothing else. Imported only where a broker is set."""

from __future__ import annotations

from functools import cache

from celery import Celery
from django.conf import settings
from kombu import Exchange, Queue

from filo.foundation.jobs.registry import QUEUES

TASK = "filo.job"
CONNECT_SECONDS = 3
# Redis gives a message to the next after this time; by then the lease has brought the job back long ago.
REDIS_SECONDS = 12 * 3600


@cache
def celery() -> Celery:
    """The one Celery application of this process. Without fixups: Filo looks after its connections itself."""
    app = Celery("filo", broker=settings.BROKER_URL, fixups=[], set_as_current=False)
    exchange = Exchange(settings.BROKER_PREFIX, type="direct")
    over_redis = settings.BROKER_URL.startswith("redis")
    app.conf.update(
        task_queues=[Queue(place_of(queue), exchange, routing_key=place_of(queue)) for queue in QUEUES],
        task_default_queue=place_of("default"),
        task_default_exchange=settings.BROKER_PREFIX,
        task_default_routing_key=place_of("default"),
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_connection_timeout=CONNECT_SECONDS,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={"visibility_timeout": REDIS_SECONDS, "socket_timeout": 30}
        if over_redis
        else {"confirm_publish": True},
    )
    return app


def place_of(queue: str) -> str:
    """The name of a queue at the broker."""
    return f"{settings.BROKER_PREFIX}.{queue}"
