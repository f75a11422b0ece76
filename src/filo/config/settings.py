"""Django's settings, derived from the environment (`env.py`) and the list of modules (`modules.py`)."""

from __future__ import annotations

import os
import sys
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels
from django.utils.translation import gettext_lazy as _

from filo.config import env
from filo.config.modules import MODULES
from filo.foundation.egress import networks
from filo.foundation.health.logs import logging_settings
from filo.foundation.mail.smtp import smtp_server

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
DATA_DIR = env.data_dir(ROOT)
TESTING = "pytest" in sys.modules

DATABASE = env.database(DATA_DIR)
DATABASES = {"default": DATABASE.settings}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = env.secret_key(DATA_DIR, embedded=DATABASE.embedded)
DEBUG = False

SITE_URL = env.text("FILO_SITE_URL", "http://localhost:8000").rstrip("/")
if urlsplit(SITE_URL).scheme not in ("http", "https") or not urlsplit(SITE_URL).hostname:
    raise env.WrongSetting("FILO_SITE_URL", f"is {SITE_URL!r}, expected an address such as https://crm.example.it")
SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [
    *env.names("FILO_ALLOWED_HOSTS"),
    str(urlsplit(SITE_URL).hostname),
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = env.names("FILO_TRUSTED_PROXIES")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *MODULES,  # before the libraries: our templates stand in front of theirs
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ninja",
]
AUTH_USER_MODEL = "accounts.User"
MIDDLEWARE = [
    "filo.foundation.web.middleware.request_id",
    "filo.foundation.web.middleware.patient_forms",
    "filo.foundation.health.middleware.measured",
    "filo.config.middleware.at_home",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "filo.foundation.accounts.middleware.WhoAsks",
    "filo.foundation.push.middleware.since",
    "filo.foundation.web.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "filo.foundation.web.middleware.refuse_nul",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "filo.foundation.web.middleware.domain_errors",
]
ROOT_URLCONF = "filo.config.urls"
WSGI_APPLICATION = "filo.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "DIRS": [PACKAGE / "config" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "filo.foundation.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "filo.foundation.web.templatetags.web",
            ],
            "string_if_invalid": "",
        },
    }
]

LANGUAGE_CODE = "it"
LANGUAGES = [("it", _("Italian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "filo-language"
TIME_ZONE = "Europe/Rome"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

MESSAGE_TAGS = {message_levels.INFO: "info", message_levels.SUCCESS: "good", message_levels.WARNING: "warn"}
MESSAGE_TAGS |= {message_levels.ERROR: "bad"}

STATIC_URL = "/static/"
STATIC_ROOT = None

BROKER_URL = env.parsed("FILO_BROKER_URL", "", env.broker, "amqp://user:password@host/ or redis://host/0", secret=True)
BROKER_PREFIX = env.text("FILO_BROKER_PREFIX", "filo")
if BROKER_URL and DATABASE.is_sqlite:
    raise env.WrongSetting("FILO_BROKER_URL", "needs PostgreSQL: name it in DATABASE_URL, or leave the broker out")

REDIS_URL = env.text("REDIS_URL")
_REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
CACHES = {  # the door counts guesses for all processes together; the API counts what it is asked in each
    "default": _REDIS if REDIS_URL else {"BACKEND": "filo.foundation.accounts.counters.SharedCounters"},
    "process": _REDIS if REDIS_URL else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

AUTHENTICATION_BACKENDS = ["filo.foundation.accounts.backend.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:  # a test signs in a hundred times; the real hasher is checked by its own test
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

ACCOUNT_ADAPTER = "filo.foundation.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
}

MFA_ADAPTER = "filo.foundation.accounts.factors.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are off by half a minute
MFA_TOTP_ISSUER = "Filo"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # an office behind one address begins its day together

SESSION_ENGINE = "filo.foundation.accounts.sessions"
SESSION_COOKIE_NAME = "filo-session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "filo-csrf"
CSRF_FAILURE_VIEW = "filo.foundation.web.errors.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_SSL_REDIRECT = False  # the reverse proxy does
if SECURE and TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "frame-src": [SELF],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
MEDIA_ROOT = DATA_DIR / "files"

SMTP_SERVER = env.parsed(
    "FILO_SMTP_URL", None, smtp_server, "smtp://user:password@host:587?starttls or smtps://…", secret=True
)
EMAIL_BACKEND = "filo.foundation.mail.capture.EmailBackend"
OUTBOX_DIR = DATA_DIR / "outbox"
DEFAULT_FROM_EMAIL = env.text("FILO_MAIL_FROM", "Filo <filo@localhost>")

MAIL_AUTH_SERVERS = [name.lower() for name in env.names("FILO_MAIL_AUTH_SERVERS")]
MAIL_IN = env.parsed("FILO_MAIL_IN", None, env.listening, "an address such as 127.0.0.1:2525")

EGRESS_ALLOW: list[IPv4Network | IPv6Network] = env.parsed(
    "FILO_EGRESS_ALLOW", [], networks, "networks separated by commas, such as 10.1.2.0/24"
)

VIES_URL = env.parsed(
    "FILO_VIES_URL", "https://ec.europa.eu/taxation_customs/vies/rest-api", env.service, "an address, or off"
)

ROLES = dict.fromkeys(("all", "web", "jobs"), "all") | {name: name for name in ("staff", "portal", "api")}
ROLE = env.parsed("FILO_ROLE", "all", ROLES.__getitem__, "all, staff, portal, api, web or jobs")

METRICS_DIR = DATA_DIR / "metrics"
if not TESTING:  # read by prometheus_client when it is loaded: its figures lie in files that all processes share
    METRICS_DIR.mkdir(mode=0o700, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)
SERVER_TIMING = env.flag("FILO_SERVER_TIMING")
SLOW_QUERY_MS = env.parsed("FILO_SLOW_QUERY_MS", 500, int, "milliseconds")

API_RATE_PER_MINUTE = env.parsed("FILO_API_RATE", 30_000, int, "requests a minute for each token")

LOG_FORMS = {"text": "text", "json": "json"}
LOG_FORM = env.parsed(
    "FILO_LOG", "text" if TESTING or sys.stderr.isatty() else "json", LOG_FORMS.__getitem__, "text or json"
)
LOGGING = logging_settings(LOG_FORM)
