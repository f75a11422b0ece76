"""People who sign in, their open sessions, their tokens, what happened at the door, and what it asks of a role."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7

LANGUAGES = [("it", _("Italian")), ("en", _("English"))]
THEMES = [("auto", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))]
DENSITIES = [("airy", _("Airy")), ("compact", _("Compact"))]


class UserManager(BaseUserManager["User"]):
    """Finds people by their address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person of the firm. `companies` empty means every company of the group."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80, blank=True)
    role = models.ForeignKey("access.Role", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    companies = models.ManyToManyField("organisation.SellingCompany", blank=True, related_name="+")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, choices=LANGUAGES, default="it")
    time_zone = models.CharField(max_length=60, default="Europe/Rome")
    theme = models.CharField(max_length=10, choices=THEMES, default="auto")
    density = models.CharField(max_length=10, choices=DENSITIES, default="airy")
    letter_keys = models.BooleanField(default=True, db_default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["given_name", "family_name"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or self.email

    @property
    def is_invited(self) -> bool:
        """Invited, and has not chosen a password yet."""
        return self.is_active and not self.has_usable_password()


class UserSession(models.Model):
    """An open session, so that its owner can recognise it and close it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, unique=True)
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at"]


class ApiToken(models.Model):
    """A key for programs. Only its digest is kept; `scopes` narrow what its user may do."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]


class SecurityEvent(models.Model):
    """What happened at the door: sign-ins, refusals, revocations, looks through other eyes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    kind = models.CharField(max_length=40)
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    ip = models.GenericIPAddressField(null=True)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]


class SecondFactorRule(models.Model):
    """Whoever has this role signs in with a second factor; a role without a row leaves it to each person."""

    role = models.OneToOneField("access.Role", models.CASCADE, primary_key=True, related_name="+")
    grace_days = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()


class AttemptCount(models.Model):
    """What the limits of the door remember for a while, the same for all processes."""

    key = models.CharField(max_length=250, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)
