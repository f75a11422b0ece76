"""A knowledge base of many articles: how long a question takes, and the words of one.

A house of its own on SQLite is made; articles are put together of verbs, things and places, and really understood.
"""

from __future__ import annotations

import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filo.config.bench.incoming import as_a_house, run_in_house, say_in_house

VERBS = (
    *(
        "ordinare",
        "rendere",
        "pagare",
        "cambiare",
        "riparare",
        "lavare",
        "montare",
        "spedire",
        "ritirare",
        "assicurare",
    ),
    *("smaltire", "prenotare", "misurare", "personalizzare", "regalare", "pulire", "conservare", "trasportare"),
)
THINGS = (
    *("una giacca", "un divano", "una lampada", "un tavolo", "le tende", "un tappeto", "una libreria", "le scarpe"),
    *("un cappotto", "una sedia", "un letto", "un armadio", "una camicia", "le posate", "uno specchio", "una poltrona"),
    *("un pullover", "una cintura", "un quadro", "una cornice", "le tovaglie", "un vaso", "una borsa", "un ombrello"),
)
WHEN = (
    *("in estate", "in inverno", "dall’estero", "senza scontrino", "con fattura", "a rate", "per un’azienda"),
    *("per un albergo", "nei saldi", "la domenica", "da telefono", "in negozio", "a domicilio", "con urgenza"),
    *("dopo un anno", "prima di Natale", "con lo sconto", "in due", "senza aiuto", "per un ufficio", "in montagna"),
    *("al mare", "con un corriere", "per una scuola"),
)
_CHILD = "from filo.config.bench.articles import measure_here\nimport json\nprint(json.dumps(measure_here(%d)))\n"


def measure(articles: int) -> dict[str, Any]:
    """Make a knowledge base of so many articles and ask it; gives figures in milliseconds and megabytes."""
    with tempfile.TemporaryDirectory(prefix="filo-bench-articles-") as folder:
        environ = as_a_house(Path(folder))
        run_in_house(environ, "demo", "--empty", "--only-load")
        return dict(json.loads(say_in_house(environ, _CHILD % articles).splitlines()[-1]))


def measure_here(articles: int) -> dict[str, Any]:
    """The same in the house of this process, which has no articles of its own yet."""
    from filo.collaborative.knowledge.queries.finding import told_hits
    from filo.collaborative.knowledge.questions.asking import ask
    from filo.collaborative.knowledge.questions.index import current_index
    from filo.foundation import clock

    began = time.perf_counter()
    _make(articles)
    made = time.perf_counter() - began
    ask("Come si monta una libreria?", language="it", at=clock.now())  # the encoder is loaded at the first question
    began = time.perf_counter()
    index = current_index()
    words = [f"{verb} {thing}" for verb in VERBS for thing in THINGS[::6]]
    asked = [f"Buongiorno, vorrei sapere come si fa a {text}" for text in words]
    found = {
        "question": _timed(lambda text: ask(text, language="it", at=clock.now()), asked),
        "words": _timed(lambda text: told_hits(text, language="it", limit=8), words),
    }
    sizes = {"articles": len(index.entries), "sentences": len(index.sentences), "vectors_mb": index.matrix.nbytes >> 20}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return {**sizes, "made_seconds": round(made), "memory_mb": memory, **found}


def _timed(ask: Callable[[str], object], texts: list[str]) -> dict[str, float]:
    spent = []
    for text in texts:
        began = time.perf_counter()
        ask(text)
        spent.append(1000 * (time.perf_counter() - began))
    return {"p50_ms": round(statistics.median(spent), 1), "p95_ms": round(sorted(spent)[int(len(spent) * 0.95)], 1)}


def _make(articles: int) -> None:
    from filo.collaborative.knowledge.questions.keeping import keep_vectors
    from filo.collaborative.knowledge.services import ArticleFacts, TextFacts, publish, write_article
    from filo.foundation.access.principal import system

    bench = system("bench")
    titles = [f"Come {verb} {thing} {when}" for when in WHEN for thing in THINGS for verb in VERBS][:articles]
    for title in titles:
        what = title.removeprefix("Come ")
        answer = (
            f"Basta scriverci o passare in negozio: il personale spiega come {what}, che cosa serve e quanto costa."
        )
        facts = ArticleFacts({"it": TextFacts(title, answer, "", [f"Vorrei {what}"])})
        keep_vectors(publish(bench, write_article(bench, facts)).pk)
