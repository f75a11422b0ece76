"""The report in words: aligned for a terminal, or as Markdown for the page that keeps the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from filo.config.bench.figures import Figures
from filo.config.bench.targets import Verdict

HEAD = (
    "what",
    "who",
    "clients",
    "p50 ms",
    "p95",
    "p99",
    "server p50",
    "p95",
    "req/s",
    "queries",
    "bytes",
    "CPU ms",
    "errors",
)
NONE = "–"


def cells(row: Figures) -> tuple[str, ...]:
    """One row of the table of figures."""
    times = (row.p50, row.p95, row.p99, row.server_p50, row.server_p95, row.rps)
    return (
        row.says,
        row.scope,
        str(row.clients),
        *(number(value) for value in times),
        NONE if row.queries is None else f"{row.queries:.0f}",
        NONE if row.bytes is None else f"{row.bytes:,}",
        number(row.cpu_ms),
        str(row.errors),
    )


def number(value: float | None) -> str:
    """Three digits that count."""
    if value is None:
        return NONE
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def aligned(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table for a terminal: words to the left, figures to the right."""
    every = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(len(row[place]) for row in every) for place in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in every
    ]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The same for a page."""
    ruler = ["---" if place < 2 else "---:" for place in range(len(head))]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ruler, *rows])


def whole(report: dict[str, Any], rows: Sequence[Figures], found: Sequence[Verdict], *, as_markdown: bool) -> str:
    """Everything: where it was measured, the rows, what else was measured, the targets, the plans."""
    table, heading = (markdown, "### ") if as_markdown else (aligned, "")
    parts = [
        _where(report),
        f"{heading}Figures\n",
        table(HEAD, [cells(row) for row in rows]),
        f"\n{heading}The rest\n",
        table(("what", "figure"), _rest(report)),
        f"\n{heading}Targets\n",
        table(("target", "verdict", "bound", "measured"), [_judged(one) for one in found if one.held is not None]),
        f"\n{heading}Plans\n",
        _plans(report),
    ]
    return "\n".join(parts)


def _judged(one: Verdict) -> tuple[str, str, str, str]:
    return one.says, one.word, one.bound, number(one.value)


def _where(report: dict[str, Any]) -> str:
    machine, database = report["machine"], report["database"]
    version = database.get("server_version") or database.get("version")
    buffers = f", shared_buffers {database['shared_buffers']}" if "shared_buffers" in database else ""
    return (
        f"{report['parties']:,} parties, {report['entries']:,} timeline rows ({database.get('size', '')}); "
        f"{database.get('engine')} {version}{buffers}; {machine['cores']} cores ({machine['processor']}), "
        f"{machine['memory']}; Python {machine['python']}; {report['workers']} web workers; commit "
        f"{machine['commit']}, {machine['at']}\n"
    )


def _rest(report: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    named = (("memory", "memory, MB"), ("weight", "list page"), ("import", "import"), ("export", "export"))
    for name, words in (*named, ("jobs", "jobs")):
        for key, value in (report.get(name) or {}).items():
            shown = number(float(value)) if isinstance(value, float) else f"{value}"
            found.append((f"{words}: {key.replace('_', ' ')}", shown))
    return found


def _plans(report: dict[str, Any]) -> str:
    plans = report.get("plans")
    if plans is None:
        return "not checked"
    faults = [one for one in plans["findings"] if not one["reason"]]
    lines = [f"{plans['asked']} statements of {plans['places']} pages and resources, by each scope."]
    lines += [f"- {one['place']} ({one['scope']}) reads {one['table']} {one['how']}" for one in faults]
    slow = sorted(plans["pages"], key=lambda one: -one["ms"])[:5]
    lines += [f"- slowest: {one['place']} ({one['scope']}): {one['queries']} queries, {one['ms']} ms" for one in slow]
    if not faults:
        lines.append("None reads a large table whole, but for what was reviewed.")
    reviewed = {(one["place"], one["table"], one["reason"]) for one in plans["findings"] if one["reason"]}
    return "\n".join(lines + [f"- reviewed: {place}, {table}: {why}" for place, table, why in sorted(reviewed)])
