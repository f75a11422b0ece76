"""What happened at the door, in words: a label, a meaning and an icon for each kind."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SECURITY_WORDS = {
    "signed-in": (_("Signed in"), "good", "log-in"),
    "sign-in-refused": (_("Sign-in refused"), "warn", "ban"),
    "session-closed": (_("Session closed"), "", "log-out"),
    "password-changed": (_("Password changed"), "info", "key"),
    "password-reset": (_("Password chosen by link"), "info", "key"),
    "rights-changed": (_("Rights changed, sessions closed"), "info", "shield"),
    "access-closed": (_("Access closed"), "warn", "lock"),
    "token-made": (_("Token made"), "info", "key"),
    "token-revoked": (_("Token revoked"), "", "ban"),
    "viewed-as": (_("Looked through another’s eyes"), "info", "eye"),
    "firm-founded": (_("The firm began with Filo"), "good", "sparkles"),
    "start-refused": (_("Wrong code at the first start"), "warn", "ban"),
}
