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
    "sessions-closed": (_("All other sessions closed"), "", "log-out"),
    "app-added": (_("Authenticator app switched on"), "good", "smartphone"),
    "app-removed": (_("Authenticator app removed"), "warn", "smartphone"),
    "passkey-added": (_("Passkey added"), "good", "key"),
    "passkey-removed": (_("Passkey removed"), "warn", "key"),
    "recovery-codes-made": (_("Recovery codes made"), "info", "life-buoy"),
    "recovery-code-used": (_("Recovery code used"), "warn", "life-buoy"),
    "second-factor-refused": (_("Second factor refused"), "warn", "ban"),
    "second-factor-reset": (_("Second factor taken away"), "warn", "shield-alert"),
    "second-factor-asked": (_("Second factor asked of a role"), "info", "shield-check"),
    "second-factor-free": (_("Second factor left to a role"), "warn", "shield-alert"),
    "viewed-as": (_("Looked through another’s eyes"), "info", "eye"),
    "firm-founded": (_("The firm began with Filo"), "good", "sparkles"),
    "start-refused": (_("Wrong code at the first start"), "warn", "ban"),
}
