"""`python -m filo COMMAND`, which `./filo` becomes once everything is installed."""

from __future__ import annotations

import sys

from filo.config import commands


def main() -> int:
    """Run the command on the command line; gives the exit status."""
    return commands.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
