"""Who acts where nobody is signed in: whoever may start this program on its machine."""

from __future__ import annotations

from filo.foundation.access.principal import system

AT_THE_COMMAND_LINE = system("command line").through("command")
