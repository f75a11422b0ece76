"""The ways to reach somebody, each in one written form: e-mail, telephone, web, social networks."""

from __future__ import annotations

from filo.foundation.italy.emails import is_pec, normalise_email
from filo.foundation.italy.phones import Phone, display_phone, normalise_phone
from filo.foundation.italy.web import NETWORKS, normalise_social, normalise_web, social_url

__all__ = [
    "NETWORKS",
    "Phone",
    "display_phone",
    "is_pec",
    "normalise_email",
    "normalise_phone",
    "normalise_social",
    "normalise_web",
    "social_url",
]
