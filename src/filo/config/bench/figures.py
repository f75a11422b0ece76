"""Medians and tails of what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from filo.config.bench.wire import Sample


@dataclass(frozen=True)
class Figures:
    """One row of the table: times in milliseconds, None where the server did not tell."""

    code: str
    says: str
    scope: str
    clients: int
    n: int
    errors: int
    rps: float
    p50: float | None
    p95: float | None
    p99: float | None
    server_p50: float | None
    server_p95: float | None
    queries: float | None
    bytes: int | None
    cpu_ms: float | None
    why: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def of(self, name: str) -> float | None:
        """A figure by its name; server time falls back to what the client felt."""
        value: float | None = getattr(self, name)
        if value is None and name.startswith("server_"):
            value = getattr(self, name.removeprefix("server_"))
        return value


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value that `share` of them do not exceed (nearest rank); None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def figures(
    code: str, says: str, scope: str, clients: int, samples: Sequence[Sample], *, seconds: float, cpu_ms: float | None
) -> Figures:
    """The row of some samples, those that went wrong counted apart."""
    good = [sample for sample in samples if not sample.error]
    wrong = [sample.error for sample in samples if sample.error]
    felt = [sample.seconds * 1000 for sample in good]
    server = [sample.server_ms for sample in good if sample.server_ms is not None]
    queries = [float(sample.queries) for sample in good if sample.queries is not None]
    sizes = [float(sample.size) for sample in good]
    size = quantile(sizes, 0.5)
    return Figures(
        code=code,
        says=says,
        scope=scope,
        clients=clients,
        n=len(good),
        errors=len(wrong),
        rps=round(len(good) / seconds, 1) if seconds else 0.0,
        p50=rounded(quantile(felt, 0.5)),
        p95=rounded(quantile(felt, 0.95)),
        p99=rounded(quantile(felt, 0.99)),
        server_p50=rounded(quantile(server, 0.5)),
        server_p95=rounded(quantile(server, 0.95)),
        queries=quantile(queries, 0.5),
        bytes=None if size is None else int(size),
        cpu_ms=rounded(cpu_ms),
        why=wrong[0][:200] if wrong else "",
    )


def rounded(value: float | None) -> float | None:
    """Two digits after the point are more than a bench is worth."""
    return None if value is None else round(value, 2)
