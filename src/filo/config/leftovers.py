"""What processes that are gone have left behind: the files of their figures."""

from __future__ import annotations

import os
from pathlib import Path


def forget_figures_of_the_dead(data_dir: Path) -> None:
    """At a start; while the house runs they stay, so that no sum ever falls."""
    for file in (data_dir / "metrics").glob("*.db"):
        number = file.stem.rpartition("_")[2]
        if number.isdigit() and not _lives(int(number)):
            file.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
