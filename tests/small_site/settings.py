"""Settings of the small site: database and data directory as the product reads them, and nothing else."""

from __future__ import annotations

from pathlib import Path

from filo.config import env

DATA_DIR = env.data_dir(Path.cwd())
DATABASE = env.database(DATA_DIR)
DATABASES = {"default": DATABASE.settings}
SECRET_KEY = "only-for-the-small-site-of-the-server-tests"
ALLOWED_HOSTS = ["crm.example.it", "localhost", "127.0.0.1"]
REDIS_URL = env.text("REDIS_URL")
SITE_URL = "http://crm.example.it"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "filo.foundation.push",
    "filo.foundation.web",
    "small_site.apps.SmallSite",
]
MIGRATION_MODULES = {"push": None}
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "filo.foundation.push.middleware.since",
]
STATIC_URL = "/static/"
ROOT_URLCONF = "small_site.urls"
SESSION_COOKIE_NAME = "filo-session"
USE_TZ = True
DATA_UPLOAD_MAX_MEMORY_SIZE = None
BODY_LIMIT = 16 * 1024 * 1024
