"""Which addresses each role of `serve` answers, so that parts can run alone and fall alone."""

from __future__ import annotations

from django.conf import settings

PREFIXES = (
    ("/p/", "portal"),
    ("/ws/visit", "portal"),
    ("/api/", "api"),
    ("/dav/", "api"),
    ("/.well-known/caldav", "api"),
)
EVERYWHERE = ("/healthz", "/readyz", "/metrics")
LOOKING = "/ws/view/"  # has a side of customers and one of colleagues


def answers(path: str) -> bool:
    """Whether a process of this role answers this address."""
    role = getattr(settings, "ROLE", "all")
    if path.startswith(LOOKING) and role in ("staff", "portal"):
        return True
    return role == "all" or path in EVERYWHERE or role_of(path) == role


def role_of(path: str) -> str:
    """Whose address it is: the staff's, unless it says otherwise."""
    return next((role for prefix, role in PREFIXES if path.startswith(prefix)), "staff")
