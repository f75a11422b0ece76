"""What the processes count while they work, for Prometheus: by name of the address, never by what was asked.

Each process writes its numbers into a file of its own in the data directory, and whoever is asked adds them up.
"""

from __future__ import annotations

from functools import lru_cache

from prometheus_client import Histogram

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
QUERIES = (0, 2, 5, 10, 20, 50, 100)
JOB_SECONDS = (0.01, 0.05, 0.25, 1, 5, 30, 120, 600, 3600)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_requests = Histogram(
    "filo_request_seconds", "Time to answer a request", ["route", "method", "status"], buckets=SECONDS
)
_queries = Histogram("filo_request_queries", "Database queries of a request", ["route"], buckets=QUERIES)
_jobs = Histogram("filo_job_seconds", "Time of one attempt at a job", ["job", "outcome"], buckets=JOB_SECONDS)


def count_request(route: str, method: str, status: int, *, seconds: float, queries: int) -> None:
    """One request was answered."""
    _of_request(route, method if method in METHODS else "other", status).observe(seconds)
    _of_route(route).observe(queries)


def count_job(name: str, outcome: str, *, seconds: float) -> None:
    """One attempt at a job has ended."""
    _jobs.labels(name, outcome).observe(seconds)


@lru_cache(maxsize=4096)
def _of_request(route: str, method: str, status: int) -> Histogram:
    return _requests.labels(route, method, str(status))


@lru_cache(maxsize=1024)
def _of_route(route: str) -> Histogram:
    return _queries.labels(route)
