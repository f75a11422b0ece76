"""Measure how fast Filo is here: make data in quantity, send load with rights and audit on, check the plans.

`bench dedupe FILE` measures how well doubles are found instead, `bench answers FILE` how well questions are answered,
`bench articles` how long they take among many articles, `bench mail` how mail comes in, `bench deals` how long a
million deals take, `bench catalogue` a hundred thousand products, `bench quotes` a long quote, `bench invoices` many
invoices at once, `bench shop` a shop, `bench chat` many who chat at once, `bench view` pages that are looked at.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filo.config.bench.chatting.command import add_chat, run_chat
from filo.config.bench.looking.command import add_view, run_view

REFUSED, WRONG_USE = 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much data, what to measure, how to report; or a labelled file whose doubles are to be found."""
    known = "dedupe|answers|articles|mail|deals|catalogue|quotes|invoices|shop|chat|view"
    measures = parser.add_subparsers(dest="measure", metavar=known, required=False)
    _add_dedupe(measures)
    _add_answers(measures)
    _add_mail(measures)
    _add_articles(measures)
    _add_deals(measures)
    _add_catalogue(measures)
    _add_quotes(measures)
    _add_invoices(measures)
    _add_shop(measures)
    add_chat(measures)
    add_view(measures)
    parser.add_argument("--parties", type=_positive, default=100_000, metavar="N", help="(%(default)s)")
    parser.add_argument("--entries", type=_positive, default=0, metavar="N", help="timeline rows (10 for each party)")
    parser.add_argument("--sqlite", action="store_true", help="in a file, also where DATABASE_URL names a server")
    parser.add_argument("--database", default="", metavar="NAME", help="a database called filo_bench_… (by its size)")
    parser.add_argument("--fresh", action="store_true", help="make the data anew")
    parser.add_argument(
        "--keep", action=argparse.BooleanOptionalAction, default=True, help="keep the data for the next run"
    )
    parser.add_argument("--seconds", type=float, default=4.0, metavar="S", help="for each measurement (%(default)s)")
    parser.add_argument("--clients", type=_numbers, default=(1, 8), metavar="N,…", help="(1,8)")
    parser.add_argument("--only", type=_names, default=(), metavar="NAME,…", help="such as list,card,jobs,plans")
    parser.add_argument("--plans", action="store_true", help="only check how the hot queries are read")
    parser.add_argument("--users", type=_positive, default=0, metavar="N", help="of the mix (60; 300 at a million)")
    parser.add_argument("--mix-seconds", type=float, default=60.0, metavar="S", help="(%(default)s)")
    parser.add_argument("--rows", type=_positive, default=10_000, metavar="N", help="to import (%(default)s)")
    parser.add_argument("--jobs", type=_positive, default=2_000, metavar="N", help="tiny jobs (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there (- for the terminal)")
    parser.add_argument("--against", type=Path, metavar="FILE", help="a report at another size, to tell the growth")
    parser.add_argument("--report", type=Path, metavar="FILE", help="tell an earlier report, measure nothing")
    parser.add_argument("--markdown", action="store_true", help="tables for docs/performance.md")
    parser.add_argument("--check", action="store_true", help="1 when something failed or a target was missed")


def _add_dedupe(measures: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = measures.add_parser("dedupe", help="precision, recall and F1 of doubles on a labelled file")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="CSV or TSV; several are taken as one")
    parser.add_argument(
        "--italian", type=_positive, nargs="?", const=3_000, metavar="N", help="made sets of N people and firms"
    )
    parser.add_argument(
        "--as-shipped", action="store_true", help="with the model that ships, nothing learned from the file"
    )
    parser.add_argument("--labels", default="", metavar="COLUMN|FILE", help="what tells who is one (found by itself)")
    parser.add_argument("--threshold", type=_share, default=None, metavar="P", help="what counts as found (0.7)")
    parser.add_argument("--json", action="store_true", help="report as JSON")


def _add_answers(measures: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = measures.add_parser("answers", help="precision, coverage, recall and silence on labelled questions")
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="questions with the right article (columns text and category, or the like; JSON, YAML, CoNLL); those "
        "without one are answered by nothing",
    )
    parser.add_argument(
        "--articles",
        nargs="+",
        type=Path,
        default=(),
        metavar="FILE",
        help="ways to ask for each article (half of FILE)",
    )
    parser.add_argument(
        "--silent",
        nargs="+",
        type=Path,
        default=(),
        metavar="FILE",
        help="questions that nothing answers, as small talk",
    )
    parser.add_argument("--language", choices=("it", "en"), default="en", help="of the questions (%(default)s)")
    parser.add_argument("--json", action="store_true", help="report as JSON")


def _answers(arguments: argparse.Namespace) -> int:
    from filo.config.startup import start_django

    start_django()
    from filo.config.bench.answers.measuring import measure
    from filo.config.bench.answers.reading import NotLabelled, read_questions
    from filo.config.bench.answers.told import in_words

    try:
        asked = [one for path in arguments.files for one in read_questions(path)]
        known = [one for path in arguments.articles for one in read_questions(path)]
        asked += [(text, "") for path in arguments.silent for text, _label in read_questions(path)]
    except NotLabelled as problem:
        print(f"filo: {problem}", file=sys.stderr)
        return WRONG_USE
    if not known:
        labelled = [one for one in asked if one[1]]
        known = labelled[::2]
        asked = [one for one in asked if not one[1]] + labelled[1::2]
    report = measure(asked, [one for one in known if one[1]], language=arguments.language)
    print(json.dumps(report.as_json()) if arguments.json else in_words(report))
    return 0


def _add_mail(measures: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = measures.add_parser("mail", help="mails that come in: how many a second, and whether each is there once")
    parser.add_argument("--mails", type=_positive, default=1000, metavar="N", help="(%(default)s)")
    parser.add_argument("--rate", type=float, default=0.0, metavar="N", help="mails a second (as many as are taken)")


def _mail(arguments: argparse.Namespace) -> int:
    from filo.config.bench.incoming import NotReceived, measure

    try:
        found = measure(arguments.mails, rate=arguments.rate)
    except NotReceived as problem:
        print(f"filo: {problem}", file=sys.stderr)
        return REFUSED
    print(json.dumps(found, indent=2))
    return REFUSED if found["lost"] or found["double"] else 0


def _add_articles(measures: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = measures.add_parser("articles", help="how long a question takes in a knowledge base of many articles")
    parser.add_argument("--articles", type=_positive, default=10_000, metavar="N", help="(%(default)s)")


def _articles(arguments: argparse.Namespace) -> int:
    from filo.config.bench.articles import measure

    print(json.dumps(measure(arguments.articles), indent=2))
    return 0


def _add_deals(measures: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = measures.add_parser("deals", help="board, reports and moves among many deals")
    parser.add_argument("--deals", type=_positive, default=1_000_000, metavar="N", help="(%(default)s)")
    parser.add_argument("--open", type=_positive, default=5_000, metavar="N", help="of them (%(default)s)")
    parser.add_argument("--database", default="", metavar="URL", help="an empty database of PostgreSQL (a SQLite file)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there (- for the terminal)")
    parser.add_argument("--check", action="store_true", help="1 when a target was missed")


def _deals(arguments: argparse.Namespace) -> int:
    from filo.config.bench.deals import is_good, measure, told

    report = measure(arguments.deals, min(arguments.open, arguments.deals), database=arguments.database)
    if str(arguments.json) == "-":
        print(json.dumps(report, indent=2))
    else:
        print(told(report))
        if arguments.json:
            arguments.json.write_text(json.dumps(report, indent=2), encoding="utf-8")
    return REFUSED if arguments.check and not is_good(report) else 0


def _add_catalogue(measures: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = measures.add_parser("catalogue", help="lists, searches and pages among many products")
    parser.add_argument("--products", type=_positive, default=100_000, metavar="N", help="(%(default)s)")
    parser.add_argument("--database", default="", metavar="URL", help="an empty database of PostgreSQL (a SQLite file)")
    parser.add_argument("--json", action="store_true", help="report as JSON")
    parser.add_argument("--check", action="store_true", help="1 when a target was missed")


def _catalogue(arguments: argparse.Namespace) -> int:
    from filo.config.bench.catalogue import is_good, measure, told

    report = measure(arguments.products, database=arguments.database)
    print(json.dumps(report, indent=2) if arguments.json else told(report))
    return REFUSED if arguments.check and not is_good(report) else 0


def _add_quotes(measures: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = measures.add_parser("quotes", help="saving and printing a long quote")
    parser.add_argument("--lines", type=_positive, default=200, metavar="N", help="(%(default)s)")
    parser.add_argument("--database", default="", metavar="URL", help="an empty database of PostgreSQL (a SQLite file)")
    parser.add_argument("--check", action="store_true", help="1 when a target was missed")


def _quotes(arguments: argparse.Namespace) -> int:
    from filo.config.bench.quotes import is_good, measure, told

    report = measure(arguments.lines, database=arguments.database)
    print(told(report))
    return REFUSED if arguments.check and not is_good(report) else 0


def _add_invoices(measures: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = measures.add_parser("invoices", help="many invoices that many issue at once")
    parser.add_argument("--invoices", type=_positive, default=2_000, metavar="N", help="(%(default)s)")
    parser.add_argument("--workers", type=_positive, default=50, metavar="N", help="(%(default)s)")
    parser.add_argument("--database", default="", metavar="URL", help="an empty database of PostgreSQL (a SQLite file)")
    parser.add_argument("--check", action="store_true", help="1 when a target was missed")


def _invoices(arguments: argparse.Namespace) -> int:
    from filo.config.bench.invoices import is_good, measure, told

    report = measure(arguments.invoices, arguments.workers, database=arguments.database)
    print(told(report))
    return REFUSED if arguments.check and not is_good(report) else 0


def _add_shop(measures: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = measures.add_parser("shop", help="the pages of a shop of many products")
    parser.add_argument("--products", type=_positive, default=10_000, metavar="N", help="(%(default)s)")
    parser.add_argument("--database", default="", metavar="URL", help="an empty database of PostgreSQL (a SQLite file)")
    parser.add_argument("--check", action="store_true", help="1 when a target was missed")


def _shop(arguments: argparse.Namespace) -> int:
    from filo.config.bench.shop import is_good, measure, told

    report = measure(arguments.products, database=arguments.database)
    print(told(report))
    return REFUSED if arguments.check and not is_good(report) else 0


def run(arguments: argparse.Namespace) -> int:
    """Measure and tell; 1 with --check when it is not good enough."""
    if measure := MEASURES.get(arguments.measure or ""):
        return measure(arguments)
    from filo.config.bench.apart import Failed
    from filo.config.bench.errands import NotDone
    from filo.config.bench.importing import NotImported
    from filo.config.bench.people import NotLetIn
    from filo.config.bench.place import WrongPlace
    from filo.config.bench.tree import NotStarted

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended in order, as by Ctrl-C
    try:
        report = json.loads(arguments.report.read_text()) if arguments.report else _measured(arguments)
    except (Failed, NotDone, NotImported, NotLetIn, NotStarted, WrongPlace) as problem:
        print(f"filo: {problem}", file=sys.stderr)
        return WRONG_USE if isinstance(problem, WrongPlace) else REFUSED
    return _tell(arguments, report)


def _dedupe(arguments: argparse.Namespace) -> int:
    from filo.config.startup import start_django

    start_django()
    from filo.config.bench.dedupe.italian import write_italian
    from filo.config.bench.dedupe.measuring import measure
    from filo.config.bench.dedupe.told import as_data, in_words
    from filo.foundation.errors import DomainError

    missing = [path for path in arguments.files if not path.is_file()]
    if missing or bool(arguments.files) == bool(arguments.italian):
        print(f"filo: there is no file {missing[0]}" if missing else "filo: name a file, or --italian", file=sys.stderr)
        return WRONG_USE
    with tempfile.TemporaryDirectory(prefix="filo-dedupe-") as folder:
        made = write_italian(Path(folder), arguments.italian) if arguments.italian else ()
        sets = [(path,) for path in made] or [tuple(arguments.files)]
        as_shipped = arguments.as_shipped or bool(made)
        try:
            reports = [
                measure(files, labels=arguments.labels, threshold=arguments.threshold, as_shipped=as_shipped)
                for files in sets
            ]
        except DomainError as problem:
            print(f"filo: {problem}", file=sys.stderr)
            return REFUSED
    if arguments.json:
        found = [as_data(report) for report in reports]
        print(json.dumps(found if made else found[0], ensure_ascii=False))
    else:
        print("\n\n".join(map(in_words, reports)))
    return 0


def _measured(arguments: argparse.Namespace) -> dict[str, Any]:
    from filo.config.bench.place import Place, drop_database, make_database, url_of
    from filo.config.bench.run import Wish, bench

    wish = Wish(
        only=("plans",) if arguments.plans else arguments.only,
        clients=arguments.clients,
        seconds=arguments.seconds,
        mix_seconds=arguments.mix_seconds,
        users=arguments.users,
        rows=arguments.rows,
        jobs=arguments.jobs,
    )
    url = url_of(arguments.parties, sqlite=arguments.sqlite, database=arguments.database)
    make_database(url, fresh=arguments.fresh)
    with tempfile.TemporaryDirectory(prefix="filo-bench-") as folder:
        try:
            report, _rows = bench(
                Place(url, Path(folder)), arguments.parties, arguments.entries or arguments.parties * 10, wish
            )
        finally:
            if not arguments.keep:
                drop_database(url)
    return report


def _tell(arguments: argparse.Namespace, report: dict[str, Any]) -> int:
    from filo.config.bench.figures import Figures
    from filo.config.bench.targets import grown, verdicts
    from filo.config.bench.told import whole

    rows = [Figures(**row) for row in report["rows"]]
    found = verdicts(report, rows)
    if arguments.against:
        found += grown(rows, json.loads(arguments.against.read_text()))
    report["targets"] = [{**vars(one), "verdict": one.word} for one in found]
    if arguments.json and str(arguments.json) == "-":
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        print(whole(report, rows, found, as_markdown=arguments.markdown))
    if arguments.json and str(arguments.json) != "-":
        arguments.json.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    faults = [one for one in (report.get("plans") or {}).get("findings", []) if not one["reason"]]
    missed = [one for one in found if one.held is False]
    wrong = sum(row.errors for row in rows)
    if wrong or faults:
        print(f"filo: {wrong} requests went wrong, {len(faults)} reads of whole tables", file=sys.stderr)
    return REFUSED if arguments.check and (wrong or missed or faults) else 0


def _positive(text: str) -> int:
    number = int(text.replace("_", "").replace(",", ""))
    if number < 1:
        raise argparse.ArgumentTypeError("a number from 1")
    return number


def _share(text: str) -> float:
    share = float(text.replace(",", "."))
    if not 0 < share <= 1:
        raise argparse.ArgumentTypeError("a share from 0 to 1")
    return share


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(_positive(part) for part in text.split(","))


def _names(text: str) -> tuple[str, ...]:
    from filo.config.bench.run import NAMES

    found = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [name for name in found if name not in NAMES]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no {unknown[0]}; there are: {', '.join(NAMES)}")
    return found


MEASURES: dict[str, Callable[[argparse.Namespace], int]] = {
    "dedupe": _dedupe,
    "answers": _answers,
    "mail": _mail,
    "articles": _articles,
    "deals": _deals,
    "catalogue": _catalogue,
    "quotes": _quotes,
    "invoices": _invoices,
    "shop": _shop,
    "chat": run_chat,
    "view": run_view,
}
