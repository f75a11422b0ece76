"""The process that reads mails, apart from everything else: `python -m … MEGABYTES`.

Each line that comes in is a question in JSON, each that goes out its answer. It takes its own limits first; that it
dies is an answer too.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from filo.collaborative.mailroom.reading.errors import Refused
from filo.collaborative.mailroom.reading.house import house_from
from filo.collaborative.mailroom.reading.reader import read_mail

LARGEST_FILE = 128 << 20
MOST_FILES = 64


def main(arguments: list[str]) -> int:
    """Answer until nobody asks any more."""
    _limit(int(arguments[0]) << 20)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answered(json.loads(line))) + "\n")
        sys.stdout.flush()
    return 0


def answered(question: dict[str, Any]) -> dict[str, Any]:
    """What is to be said of one mail: how it was understood, or why not."""
    path, scratch = Path(question["path"]), Path(question["scratch"])
    try:
        mail = read_mail(path, scratch, house_from(question["house"]), envelope_from=question["envelope_from"])
        return {"mail": mail.to_json()}
    except Refused as refusal:
        return {"refusal": refusal.code, "detail": refusal.detail, "final": refusal.is_final}
    except MemoryError:
        return {"refusal": "too-much-memory", "detail": "", "final": True}
    except RecursionError:
        return {"refusal": "too-deep", "detail": "", "final": True}
    except Exception as error:  # whatever it is, it is this mail's: the next one is read
        last = error.__traceback__
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        place = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else ""
        return {"refusal": "unreadable", "detail": f"{type(error).__name__} at {place}", "final": True}


def _limit(memory: int) -> None:
    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, most in limits:
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
