"""What `./filo export --all DIR` and `./filo import DIR` say on the terminal."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from filo.config.cli.migrate import alone, bring_up_to_date, missing
from filo.config.cli.whole.speaking import in_the_language_spoken_here
from filo.config.startup import start_django


def take_out(folder: Path, *, as_json: bool) -> int:
    """Take everything out and say how much it was."""
    start_django()

    from filo.config.copies.principal import AT_THE_COMMAND_LINE
    from filo.config.copies.progress import Line
    from filo.config.dump.writing import export_all

    line = Line("rows")
    with in_the_language_spoken_here():
        dump = export_all(AT_THE_COMMAND_LINE, folder.absolute(), missing=missing, tell=line)
    line.end()
    told = {
        "folder": str(dump.folder),
        "models": len(dump.models),
        "rows": sum(one.rows for one in dump.models.values()),
        "files": len(dump.files),
        "seconds": round(dump.seconds, 2),
    }
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(f"filo: {told['rows']} rows of {told['models']} models and {told['files']} files in {folder}")
        print(f"filo: {folder}/README.md explains them; keep them as well as the database itself")
    return 0


def bring_in(folder: Path, *, as_json: bool) -> int:
    """Bring a dump in and say how much it was."""
    start_django()

    from filo.config.copies.bringing import OTHER_KEY
    from filo.config.copies.principal import AT_THE_COMMAND_LINE
    from filo.config.copies.progress import Line
    from filo.config.dump.loading import import_all

    line = Line("rows")
    with in_the_language_spoken_here(), alone():
        done = import_all(AT_THE_COMMAND_LINE, folder.absolute(), up_to_date=bring_up_to_date, tell=line)
        line.end()
        told = {"rows": done.rows, "files": len(done.told.files), "seconds": round(done.seconds, 2), "muted": True}
        if done.other_key:
            print(f"! {OTHER_KEY}", file=sys.stderr)
    if as_json:
        print(json.dumps(told))
    else:
        print(f"filo: {told['rows']} rows and {told['files']} files are in, the same as they were taken out")
        print("filo: this copy is muted; ./filo unmute ends that when it takes the place of the original")
    return 0
