"""The one REST API, mounted from what each module declares."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from ninja import NinjaAPI

from filo.config.modules import MODULES

api = NinjaAPI(title="Filo", version="1.0.0", urls_namespace="api")
for _module in MODULES:
    if find_spec(f"{_module}.api"):
        api.add_router("", import_module(f"{_module}.api").router)
