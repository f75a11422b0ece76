"""The process that unfolds one file, apart from everything else: `python -m … FORMAT SOURCE TARGET [PART]`.

It takes its own limits before it looks at the file, writes the table and says on standard output, as JSON, which
parts there are, or why there is no table. That it dies is an answer too: whoever started it says what that means.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from filo.operational.transfer.formats.finding import all_formats
from filo.operational.transfer.unfolding import Refused, Table

MOST_MEMORY = 1 << 30
LARGEST_TABLE = 2 << 30
MOST_FILES = 64


def main(arguments: list[str]) -> int:
    """Unfold; 0 when the answer is on standard output."""
    name, source, target, part, seconds = arguments
    _limit(int(seconds))
    unfold = all_formats()[name].unfold
    if unfold is None:
        return 2
    answer: dict[str, object]
    try:
        with Table(Path(target)) as table:
            found = unfold(Path(source), table, part)
        if not table.filled:
            raise Refused("empty-file")
        answer = {"parts": [[known.name, known.rows] for known in found.all], "part": found.written}
    except Refused as refusal:
        answer = {"refusal": refusal.code, "facts": refusal.facts}
    except MemoryError:
        answer = {"refusal": "too-much-memory", "facts": {}}
    except RecursionError:
        answer = {"refusal": "broken-file", "facts": {}}
    sys.stdout.write(json.dumps(answer))
    return 0


def _limit(seconds: int) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, LARGEST_TABLE),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
