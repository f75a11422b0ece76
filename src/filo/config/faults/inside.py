"""A process inside the copy's own settings and data, which others ask by lines of JSON: what is really there?"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from filo.config.startup import start_django


def main() -> None:
    """Answer questions from stdin until it ends."""
    start_django()
    from django.db import close_old_connections, connections

    from filo.config.faults import questions

    for line in sys.stdin:
        asked = json.loads(line)
        close_old_connections()
        answer: dict[str, Any]
        try:
            question: Callable[..., Any] = getattr(questions, asked["do"])
            answer = {"answer": question(**asked["with"])}
        except Exception as error:  # whoever asked raises it
            answer = {"error": f"{type(error).__name__}: {error}"}
            connections.close_all()
        sys.stdout.write(json.dumps(answer, default=str) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
