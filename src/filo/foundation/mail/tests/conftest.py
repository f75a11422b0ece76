"""Mail goes out by Filo's own backend here, not by Django's box for tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def outbox(settings: Settings, tmp_path: Path) -> Path:
    """The folder in which mail is kept while no server is set."""
    settings.EMAIL_BACKEND = "filo.foundation.mail.capture.EmailBackend"
    settings.SMTP_SERVER = None
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.SITE_URL = "https://crm.example.it"
    settings.DEFAULT_FROM_EMAIL = "Aurora <info@aurora.example>"
    return tmp_path / "outbox"
