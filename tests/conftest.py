"""Fixtures for the tests that span apps."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from filo.testing.fixtures import client_of_world, english, open_world, world
from filo.testing.served import forget_models

__all__ = ["chromium", "client_of_world", "english", "open_world", "world"]

# Playwright keeps an event loop in this thread for as long as its browser is open; Django would take every
# test after it for asynchronous code and refuse it the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("FILO_CHROMIUM") or shutil.which("chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
QUIET += ["--disable-sync", "--no-first-run"]
HOW = "no Chromium: `apt-get install chromium`, or name one in FILO_CHROMIUM"


def pytest_unconfigure() -> None:
    """At the end of each process of the run."""
    forget_models()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run; without Chromium its tests are skipped, and fail when CI=true."""
    if not CHROMIUM:
        pytest.fail(HOW) if os.environ.get("CI") == "true" else pytest.skip(HOW)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()
