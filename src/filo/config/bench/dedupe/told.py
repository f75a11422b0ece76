"""The report of `bench dedupe` in words and as data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from filo.config.bench.dedupe.measuring import Figures, Report


def as_data(report: Report) -> dict[str, Any]:
    """For `--json`."""
    return asdict(report)


def in_words(report: Report) -> str:
    """For a terminal."""
    each = report.candidates / report.seconds_comparing if report.seconds_comparing else 0
    lines = [
        *report.files,
        f"  rows        {report.rows:,} ({report.kind})",
        f"  compared by {', '.join(report.compared)}",
        f"  candidates  {report.candidates:,} pairs, {report.blocks_left_out:,} too large blocks left out",
    ]
    if report.truth:
        lines += [
            f"  truth       {report.doubles:,} pairs by {report.truth}; {report.blocking_recall:.2%} are candidates",
            _line("shown", report.shown),
            _line("… by itself", report.without_following),
            _line("in bulk", report.bulk),
        ]
    else:
        lines += [f"  no labels: {report.shown.found:,} pairs found at {report.shown.threshold}"]
    lines.append(
        f"  took        {report.seconds} s, {each:,.0f} comparisons a second, {report.megabytes:,.0f} MB of memory"
    )
    return "\n".join(lines)


def _line(name: str, figures: Figures) -> str:
    return (
        f"  {name:<11} at {figures.threshold:.2f}: precision {figures.precision:.4f}, recall {figures.recall:.4f}, "
        f"F1 {figures.f1:.4f} ({figures.right:,} of {figures.found:,} right)"
    )
