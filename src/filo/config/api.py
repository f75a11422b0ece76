"""The one REST API, mounted from what each module declares."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from filo.config.modules import MODULES
from filo.foundation.rest.program import RestApi

DESCRIPTION = """The customers of a firm and what happened with them.

`Authorization: Bearer TOKEN`. Ids are UUIDs, moments ISO 8601 in UTC. Lists come in pages: follow `next`.
Refusals are problem documents (RFC 9457) with a stable `code`.
"""

api = RestApi(title="Filo", version="1.0.0", description=DESCRIPTION)
for _module in MODULES:
    if find_spec(f"{_module}.api"):
        api.add_router("", import_module(f"{_module}.api").router)
