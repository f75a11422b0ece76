"""Serves the static files of all apps before Django is asked.

Around the handler, not as servestatic's middleware: that is async only, so Django would run every request through an
event loop and a new thread, which costs a millisecond of processor time each.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from servestatic import ServeStatic

from filo.config.answers import Application

HASHED = r"^.+-[0-9A-Z]{8}\..+$"  # esbuild writes the hash into the name: such a file never changes
ELSEWHERE = re.compile(r"/widget-[0-9A-Z]{8}\.js$")  # the chat's button stands on any site, which loads it as a module


def with_static_files(application: Application) -> Application:
    """The application, with the files of every app's `static` folder under STATIC_URL."""
    served = ServeStatic(
        application,
        max_age=60,
        immutable_file_test=HASHED,
        allow_all_origins=False,
        add_headers_function=_for_other_sites,
    )
    for app in reversed(list(apps.get_app_configs())):  # as with Django's finders, the first app wins
        folder = Path(app.path) / "static"
        if folder.is_dir():
            served.add_files(folder, prefix=settings.STATIC_URL)
    answering: Application = served
    return answering


def _for_other_sites(headers: Any, _path: str, url: str) -> None:
    if ELSEWHERE.search(url):
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
