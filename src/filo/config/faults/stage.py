"""Where a fault plays: a folder, a database of its own, a tree that serves, and someone inside to ask."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filo.config.faults.cluster import Cluster
from filo.config.faults.ledger import Ledger
from filo.config.faults.load import Load, writing
from filo.config.faults.sink import Sink, listening
from filo.config.faults.tree import Reply, Tree

Tell = Callable[[str], None]
SHOWN = {"party": ("parties", "family_name"), "interaction": ("interactions", "subject"), "task": ("tasks", "title")}


class Inside:
    """The process that is asked what is really in the database."""

    def __init__(self, environ: dict[str, str]) -> None:
        command = [sys.executable, "-P", "-m", "filo.config.faults.inside"]
        self._process = subprocess.Popen(  # noqa: S603
            command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )

    def ask(self, what: str, **values: Any) -> Any:
        """The answer to a question of `questions.py`; raises RuntimeError when it cannot be answered."""
        assert self._process.stdin is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        self._process.stdin.write(json.dumps({"do": what, "with": values}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"error": "the process inside has ended"}')
        if "error" in answer:
            raise RuntimeError(f"{what}: {answer['error']}")
        return answer["answer"]

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()


@dataclass
class Stage:
    """What a fault is given; `is_patient` when it may wait for leases as long as they last."""

    folder: Path
    cluster: Cluster | None
    tree: Tree
    sink: Sink
    inside: Inside
    token: str
    session: str
    tell: Tell
    is_patient: bool = True

    def writing(self, *, clients: int = 3, patience: float = 60.0) -> contextlib.AbstractContextManager[Load]:
        """Clients that write while the fault happens, under a name of this run."""
        run = f"zz{uuid.uuid4().hex[:8]}"
        return writing(self.tree.port, self.token, run=run, clients=clients, patience=patience)

    def compare(self, load: Load) -> dict[str, Any]:
        """The ledger against the tables, and a sample of it against the API."""
        found: dict[str, Any] = self.inside.ask("compare", run=load.run, acked=load.ledger.as_rows())
        found["beside"] += unseen(self, load.ledger)
        return found

    def api(self, method: str, path: str, body: object = None) -> Reply:
        """A request with the token."""
        raw = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        return self.tree.ask(method, f"/api/v1{path}", headers, body=raw)


def unseen(stage: Stage, ledger: Ledger, most: int = 40) -> list[str]:
    """Which of the latest promises the API does not show, or shows with other content."""
    wrong = []
    names = {
        "party": ("parties", "family_name"),
        "interaction": ("interactions", "subject"),
        "task": ("tasks", "title"),
    }
    for entry in ledger.acked[-most:]:
        place, column = names[entry.kind]
        reply = stage.api("GET", f"/{place}/{entry.id}")
        if reply.status != 200 or reply.json()[column] != entry.marker:
            wrong.append(f"{entry.kind} {entry.id}: the API answers {reply.status}")
    return wrong


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="filo-faults-"))
    folder.chmod(0o711)  # PostgreSQL's user has to reach its own folder below
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def set_up(tell: Tell, *, sqlite: bool = False, patient: bool = True, durable: bool = True) -> Iterator[Stage]:
    """A stage; nothing of it is left afterwards, however the fault ends."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(scratch())
        cluster = None if sqlite else stack.enter_context(Cluster.made(folder, tell, durable=durable))
        few = {} if patient else {"FILO_WORKERS": "1"}
        yield stack.enter_context(furnished(folder, cluster, tell, patient=patient, **few))


@contextlib.contextmanager
def furnished(
    folder: Path, cluster: Cluster | None, tell: Tell, *, patient: bool = True, **settings: str
) -> Iterator[Stage]:
    """A tree on this database, with a firm, an administrator and a mail server."""
    with contextlib.ExitStack() as stack:
        sink = stack.enter_context(listening())
        own = {"FILO_SMTP_URL": sink.url, **settings}
        if cluster is not None:
            own["DATABASE_URL"] = cluster.url
        tree = Tree(folder / "data", own)
        stack.callback(tree.close)
        tell("starting Filo")
        tree.start()
        inside = Inside(tree.environ)
        stack.callback(inside.close)
        keys = inside.ask("prepare")
        yield Stage(folder, cluster, tree, sink, inside, keys["token"], keys["session"], tell, patient)
