"""Makes the virtual environment, installs and builds what changed, then becomes `python -m filo COMMAND`.

Started by the `filo` script with any Python >= 3.11, so it uses the standard library only. What was done is
remembered as stamps (hashes) inside the environment: a second start compares them and goes straight on.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = Path(os.environ.get("FILO_VENV") or ROOT / ".venv").absolute()
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "filo-stamps"
UNFINISHED = VENV / "filo-unfinished"
ASSETS = ROOT / "src/filo/foundation/web/static/dist/manifest.json"
INSTALL = ("install", "-qq", "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r")


@dataclass(frozen=True)
class Step:
    """One part of the set-up: `wanted` is the stamp it leaves, `done_by` the command that brings it there."""

    name: str
    says: str
    wanted: str
    done_by: tuple[str, ...]
    also: tuple[str, ...] = ()
    missing: bool = False

    def is_due(self) -> bool:
        """Whether the step has to run: something it depends on changed, or what it made is gone."""
        stamp = STAMPS / self.name
        return self.missing or not stamp.is_file() or stamp.read_text() != self.wanted


class SetupError(Exception):
    """The set-up cannot go on; the message is the one line to show."""


def main(arguments: list[str]) -> None:
    """Set up what `arguments` need, then replace this process by the command itself."""
    try:
        if not is_ready(arguments):
            with alone() as lock:
                set_up(arguments, lock)
    except SetupError as reason:
        sys.exit(f"Filo: {reason}")
    except KeyboardInterrupt:
        sys.exit(130)
    os.execv(PYTHON, [str(PYTHON), "-P", "-m", "filo", *arguments])  # noqa: S606


def is_ready(arguments: list[str]) -> bool:
    """Whether nothing is left to do for this command."""
    return is_whole() and not any(step.is_due() for step in steps(arguments))


def is_whole() -> bool:
    """Whether the environment was made to the end and its Python is still the one it was made with."""
    made_with = STAMPS / "python"
    if UNFINISHED.exists() or not made_with.is_file():
        return False
    return PYTHON.exists() and made_with.read_text() == identity()


def identity() -> str:
    """What an environment is bound to: its Python, and its place, which its scripts name."""
    return f"{os.path.realpath(PYTHON)} {VENV}"


def steps(arguments: list[str]) -> list[Step]:
    """The parts of the set-up in their order, each with the stamp that today's files ask for."""
    found = sorted(walk(ROOT / "src/filo"))
    assets = digest([*walk(ROOT / "frontend"), *(path for path in found if is_asset(path))])
    catalogues = [path for path in found if path.suffix == ".po"]
    messages = digest(catalogues)
    package = [ROOT / name for name in ("pyproject.toml", "hatch_build.py", "requirements.in")]
    build = (str(PYTHON), str(ROOT / "hatch_build.py"))
    parts = [
        locked("requirements.lock", "the parts"),
        locked("requirements-build.lock", "the tools that build the pages"),
        Step(
            "package",
            "building the pages",
            digest(package) + str(ROOT),
            pip("install", "-qq", "--no-index", "--no-deps", "--no-build-isolation", "-e", str(ROOT)),
            also=("assets", "messages"),
        ),
        Step("assets", "building the pages again", assets, (*build, "assets"), missing=not ASSETS.is_file()),
        Step(
            "messages",
            "compiling the translations",
            messages,
            (*build, "messages"),
            missing=not all(path.with_suffix(".mo").is_file() for path in catalogues),
        ),
    ]
    if needs_celery(arguments):
        parts.append(locked("requirements-scale.lock", "what several machines need"))
    if needs_test_tools(arguments):
        parts.append(locked("requirements-dev.lock", "what tests need"))
        parts.append(locked("requirements-schema.lock", "the schemas that tests check against"))
    return parts


def needs_test_tools(arguments: list[str]) -> bool:
    """Whether a command uses the test dependencies (a browser driver, the linters)."""
    return arguments[:1] in (["test"], ["lint"], ["faults"]) or arguments[:2] == ["demo", "mario-rossi"]


def needs_celery(arguments: list[str]) -> bool:
    """Whether jobs go through a broker, or are tested to."""
    named = any(os.environ.get(name) for name in ("FILO_BROKER_URL", "FILO_BROKER_URL_FILE"))
    return named or needs_test_tools(arguments)


def locked(lock: str, what: str) -> Step:
    """The step that installs a lock file."""
    path = ROOT / lock
    return Step(lock, f"installing {what}", digest([path]), pip(*INSTALL, str(path)))


def pip(*words: str) -> tuple[str, ...]:
    """A pip command in the environment."""
    return (str(PYTHON), "-m", "pip", *words)


def walk(folder: Path) -> Iterator[Path]:
    """Every file below a folder, without what is itself built or installed."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in {"node_modules", "dist", "__pycache__"}]
        yield from (Path(place, name) for name in names)


def is_asset(path: Path) -> bool:
    """Whether a file is a static source of some app."""
    return "static" in path.parts


def digest(paths: Iterable[Path]) -> str:
    """A hash of the names and contents of files."""
    seen = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        seen.update(f"{path.relative_to(ROOT)}\0{len(content)}\0".encode() + content)
    return seen.hexdigest()


@contextlib.contextmanager
def alone() -> Iterator[int]:
    """Keep other starts waiting; gives the lock, for the children that have to hold it too."""
    VENV.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(VENV.with_name(VENV.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another start is setting up; waiting for it…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def set_up(arguments: list[str], lock: int) -> None:
    """Bring the environment to what the stamps ask for; the lock is held."""
    if not is_whole():
        make_environment(lock)
    due = [step for step in steps(arguments) if step.is_due()]
    covered = {name for step in due for name in step.also}
    wanted = {step.name: step.wanted for step in due}
    shown = [step for step in due if step.name not in covered]
    for number, step in enumerate(shown, start=1):
        say(f"{step.says} ({number} of {len(shown)})…")
        run(step.done_by, lock)
        for name in (step.name, *(name for name in step.also if name in wanted)):
            (STAMPS / name).write_text(wanted[name])


def make_environment(lock: int) -> None:
    """Make the environment anew, in place of a missing, half-made or outdated one."""
    if Path(sys.executable).absolute() == PYTHON:
        restart_outside()
    if VENV.exists() and any(VENV.iterdir()):
        if not (VENV / "pyvenv.cfg").is_file() and not STAMPS.is_dir():
            raise SetupError(f"{VENV} is no environment of Filo, and is left as it is; name another in FILO_VENV.")
        say("the environment is unfinished, moved or outdated; making it anew…")
        shutil.rmtree(VENV)
    STAMPS.mkdir(parents=True)
    say("making the environment…")
    run((sys.executable, "-m", "venv", str(VENV)), lock)
    (STAMPS / "python").write_text(identity())


def restart_outside() -> None:
    """Start again with the Python that the environment was made from, since the environment goes away."""
    base: str | None = getattr(sys, "_base_executable", None)
    if base is None or Path(base).absolute() == PYTHON:
        raise SetupError(f"the environment is unfinished; remove {VENV} and start again.")
    os.execv(base, [base, "-I", __file__, *sys.argv[1:]])  # noqa: S606


def run(command: tuple[str, ...], lock: int) -> None:
    """Run one command of the set-up; while it runs, the environment counts as unfinished.

    The command holds the lock as well: where this process is killed, the next start waits for it to end.
    """
    UNFINISHED.touch()
    status = subprocess.run(command, cwd=ROOT, env=environment(), pass_fds=(lock,)).returncode  # noqa: S603
    if status >= 0:  # a command that ended by itself left whole packages; a killed one may not have
        UNFINISHED.unlink()
    if status:
        raise SetupError("that did not work; the reason stands above. Start again to go on from there.")


def environment() -> dict[str, str]:
    """The environment of the set-up: pip asks nothing, and installs nowhere else."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PIP_TARGET", "PIP_PREFIX"}}
    calm = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    return kept | calm | {"PIP_USER": "0", "PYTHONSAFEPATH": "1"}


def say(line: str) -> None:
    """Tell the person what takes time."""
    print(f"Filo: {line}", file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
