"""The report of answers, for people."""

from __future__ import annotations

from filo.config.bench.answers.measuring import At, Report


def in_words(report: Report) -> str:
    """A head line and a table of thresholds; the one that the product uses is marked."""
    head = (
        f"{report.questions} questions, {report.articles} articles with {report.ways} ways to ask each; "
        f"{report.ms_a_question} ms a question\n"
        f"recall@1 {_told(report.recall_at_1)}   recall@3 {_told(report.recall_at_3)}\n"
    )
    rows = sorted([*report.curve, report.shipped], key=lambda at: at.threshold)
    lines = [_line(at, "  <- the product's" if at is report.shipped else "") for at in rows]
    return "\n".join([head, "threshold  precision  coverage  rightly silent", *lines])


def _line(at: At, mark: str) -> str:
    return f"{at.threshold:9.2f}  {_told(at.precision):>9}  {_told(at.coverage):>8}  {_told(at.silent):>14}{mark}"


def _told(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
