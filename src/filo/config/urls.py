"""Addresses: what each module declares, the door, the API, and where errors become pages."""

from __future__ import annotations

from importlib.util import find_spec

from allauth.account import views as door
from django.urls import URLPattern, URLResolver, include, path, re_path

from filo.config import home
from filo.config.api import api
from filo.config.modules import MODULES
from filo.foundation.accounts.views import sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.today, name="home"),
    path("login", door.login, name="account_login"),
    path("login/second", sign_in.second, name="mfa_authenticate"),
    path("logout", door.logout, name="account_logout"),
    path("password/reset", door.password_reset, name="account_reset_password"),
    path("password/reset/done", door.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z.]+)-(?P<key>.+)/$",
        door.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done",
        door.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("inactive", door.account_inactive, name="account_inactive"),
    path("api/v1/", api.urls),
    *(path("", include(f"{module}.urls")) for module in MODULES if find_spec(f"{module}.urls")),
]
handler400 = "filo.foundation.web.errors.bad_request"
handler403 = "filo.foundation.web.errors.forbidden"
handler404 = "filo.foundation.web.errors.not_found"
handler500 = "filo.foundation.web.errors.server_error"
