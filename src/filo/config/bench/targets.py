"""What was promised, as one table; a figure is held against it wherever it was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from filo.config.bench.figures import Figures

HUNDRED_THOUSAND = 100_000


@dataclass(frozen=True)
class Target:
    """A bound for one figure of a row, the worst of its scopes; `clients` 0 is any number."""

    says: str
    code: str
    figure: str
    bound: float
    clients: int = 0
    at_least: bool = False
    engine: str = ""  # any
    scope: str = ""  # the worst of all
    most_parties: int = 0  # 0: at any size


@dataclass(frozen=True)
class Verdict:
    """A target with what was measured; `held` is None when it was not."""

    says: str
    bound: str
    value: float | None
    held: bool | None

    @property
    def word(self) -> str:
        return "–" if self.held is None else "held" if self.held else "MISSED"


def _answering(code: str, says: str) -> tuple[Target, ...]:
    return (
        Target(f"{says}: server time, median, 1 client (ms)", code, "server_p50", 50, 1),
        Target(f"{says}: server time, median, 8 clients (ms)", code, "server_p50", 50, 8, engine="postgresql"),
        Target(f"{says}: p95, 8 clients (ms)", code, "p95", 150, 8, engine="postgresql"),
    )


TARGETS: tuple[Target, ...] = (
    *_answering("list", "list by name"),
    *_answering("list-contact", "list by last contact"),
    *_answering("deep far down", "list far down"),
    *_answering("card", "card"),
    *_answering("card-long", "card, long story"),
    *_answering("search", "search"),
    *_answering("api-card", "party API"),
    Target("page far down over page 1 (median, 1 client)", "deep", "ratio", 1.2, 1),
    Target("create by API: a second, 8 clients", "api-create", "rps", 150, 8, at_least=True, engine="postgresql"),
    Target(
        "create by API: median alone (ms)", "api-create", "p50", 10, 1, engine="postgresql",
        most_parties=HUNDRED_THOUSAND,
    ),
    Target(
        "list by API: a second, 8 clients", "api-list", "rps", 150, 8, at_least=True, engine="postgresql",
        scope="all", most_parties=HUNDRED_THOUSAND,
    ),
    Target(
        "search by API: a second, 8 clients", "api-search", "rps", 150, 8, at_least=True, engine="postgresql",
        scope="all", most_parties=HUNDRED_THOUSAND,
    ),
    Target(
        "card by API: a second, 8 clients", "api-card", "rps", 100, 8, at_least=True, engine="postgresql",
        scope="all", most_parties=HUNDRED_THOUSAND,
    ),
    Target("people at work: requests a second", "mix", "rps", 0.9, at_least=True),
    Target("people at work: p95 (ms)", "mix", "p95", 250),
    Target("people at work: p99 (ms)", "mix", "p99", 800),
    Target("list page: bytes of HTML", "weight", "html", 60_000),
    Target("list page: requests of an empty cache", "weight", "requests", 8),
    Target("list page: bytes of script as sent", "weight", "script_sent", 120_000),
    Target("memory at rest (MB, PSS of the whole tree)", "memory", "at_rest", 350),
    Target("export: rows a second, all columns", "export", "rows_a_second, all columns", 20_000, at_least=True),
    Target("export: memory it adds (MB)", "export", "memory_mb, all columns", 64),
    Target("import: rows a second", "import", "rows_a_second", 2_000, at_least=True, engine="postgresql"),
    Target("import: rows a second", "import", "rows_a_second", 1_500, at_least=True, engine="sqlite"),
    Target("import: most memory (MB)", "import", "most_memory", 400),
    Target("tiny jobs a second", "jobs", "jobs_a_second", 300, at_least=True),
    Target("errors shown to writers and readers", "writers", "errors", 0),
)  # fmt: skip


def verdicts(report: dict[str, Any], rows: Sequence[Figures]) -> list[Verdict]:
    """Every target that speaks of this engine and size."""
    found = []
    for target in TARGETS:
        if target.engine and target.engine != report["database"].get("engine"):
            continue
        if target.most_parties and report["parties"] > target.most_parties:
            continue
        value, bound = _measured(target, report, rows), target.bound
        if target.code == "mix" and target.figure == "rps":
            bound = round(bound * report["users"] / 5, 1)  # nine tenths of what people who think 5 s can ask
        held = None if value is None else (value >= bound if target.at_least else value <= bound)
        found.append(Verdict(target.says, f"{'≥' if target.at_least else '≤'} {bound:g}", value, held))
    return found


def grown(rows: Sequence[Figures], before: dict[str, Any], *, most: float = 1.5) -> list[Verdict]:
    """Each row's median against its own at another size, which an earlier report holds."""
    earlier = {(row["code"], row["scope"], row["clients"]): row for row in before["rows"]}
    found = []
    for row in rows:
        other = earlier.get((row.code, row.scope, row.clients))
        median = other and (other["server_p50"] or other["p50"])
        now = row.of("server_p50")
        if other is None or not median or now is None:
            continue
        ratio = round(now / median, 2)
        says = f"{row.says} ({row.scope}, {row.clients}): times that of {before['parties']:,} parties"
        found.append(Verdict(says, f"≤ {most:g}", ratio, ratio <= most))
    return found


def _measured(target: Target, report: dict[str, Any], rows: Sequence[Figures]) -> float | None:
    if target.code in ("weight", "memory", "import", "export", "jobs"):
        value: float | None = (report.get(target.code) or {}).get(target.figure)
        return value
    if target.figure == "ratio":
        return _ratio(rows, target.clients)
    if target.code == "writers":
        some = [row.errors for row in rows if row.code in ("writers", "readers")]
        return sum(some) if some else None
    values = [
        value
        for row in rows
        if row.code == target.code and row.clients == (target.clients or row.clients)
        if not target.scope or row.scope == target.scope
        if (value := row.of(target.figure)) is not None
    ]
    return (min if target.at_least else max)(values, default=None)


def _ratio(rows: Sequence[Figures], clients: int) -> float | None:
    medians = {(row.code, row.scope): row.of("server_p50") for row in rows if row.clients == clients}
    ratios = [
        far / first
        for (code, scope), far in medians.items()
        if code.endswith("far down") and far and (first := medians.get((code.replace("far down", "page 1"), scope)))
    ]
    return round(max(ratios), 2) if ratios else None
