"""All figures as Prometheus reads them: what the processes counted, and what the database knows at this moment."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from filo.foundation.health import flow
from filo.foundation.health.queries import processes
from filo.foundation.health.reach import Question

CONTENT_TYPE = CONTENT_TYPE_LATEST
WITHIN = 3.0


def exposition() -> bytes:
    """The whole text."""
    known = CollectorRegistry()
    known.register(_Known(_question.answer(within=WITHIN)))
    return generate_latest(_counted()) + generate_latest(known)


def _counted() -> CollectorRegistry:
    if settings.TESTING:  # one process, no files
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


class _Known(Collector):
    """What was asked of the database; with the database away only that is said."""

    def __init__(self, found: list[Metric] | None) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        yield _gauge("filo_database_up", "Whether the database answers", 0 if self._found is None else 1)
        yield from self._found or ()


def _ask() -> list[Metric]:
    return [*_queues(), *_events(), *_mails(), *_processes()]


_question = Question(_ask)


def _queues() -> Iterator[Metric]:
    waiting = flow.queues()
    depth = {name: float(found.count) for name, found in waiting.items()}
    age = {name: found.seconds for name, found in waiting.items()}
    yield _labelled("filo_queue_waiting", "Jobs that are due (counted up to 1000)", "queue", depth)
    yield _labelled("filo_queue_oldest_seconds", "How long the oldest due job has waited", "queue", age)
    yield _gauge("filo_jobs_set_aside", "Jobs that failed too often (counted up to 1000)", flow.set_aside())


def _events() -> Iterator[Metric]:
    waiting, announced = flow.events(), flow.events_announced()
    yield CounterMetricFamily("filo_events_announced", "Events announced since the first", value=announced)
    yield _gauge("filo_events_waiting", "Events not handed on yet (counted up to 1000)", waiting.count)
    yield _gauge("filo_events_lag_seconds", "Age of the oldest event not handed on", waiting.seconds)
    yield _gauge("filo_events_parked", "Deliveries given up for now (counted up to 1000)", flow.events_parked())


def _mails() -> Iterator[Metric]:
    found = {name: float(count) for name, count in flow.mails().items()}
    yield _labelled("filo_mails", "Mails by state (those not sent: counted up to 1000)", "state", found)
    yield _gauge("filo_mail_oldest_seconds", "How long the oldest mail has waited", flow.oldest_mail())


def _processes() -> Iterator[Metric]:
    living = processes().living
    roles = sorted({beat.role for beat in living})
    count = {role: float(sum(1 for beat in living if beat.role == role)) for role in roles}
    memory = {role: float(sum(beat.memory for beat in living if beat.role == role)) for role in roles}
    yield _labelled("filo_processes", "Living processes", "role", count)
    yield _labelled("filo_memory_bytes", "Memory that they hold (PSS)", "role", memory)
    yield _gauge("filo_open_sockets", "Open pages that listen", sum(beat.sockets for beat in living))


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)


def _labelled(name: str, says: str, label: str, values: dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, says, labels=[label])
    for value in values:
        family.add_metric([value], values[value])
    return family
