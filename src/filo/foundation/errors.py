"""The one family of errors that verbs raise and doors turn into pages and problem documents."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


class DomainError(Exception):
    """A refusal with a stable code for programs and a translated sentence for people."""

    code = "refused"
    status = 409
    sentence: Sentence = _("This cannot be done.")

    def __init__(self, sentence: Sentence | None = None, *, code: str | None = None) -> None:
        self.sentence = sentence or self.sentence
        self.code = code or self.code
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.sentence)


class NotFound(DomainError):
    """Nothing there, or nothing this principal may see: the two are told apart by nobody."""

    code, status = "not-found", 404
    sentence = _("There is nothing here, or it is not yours to see.")


class Forbidden(DomainError):
    """Seen but not allowed."""

    code, status = "forbidden", 403
    sentence = _("You may see this, but you may not change it. Ask whoever looks after it.")


class BadRequest(DomainError):
    """The request cannot be read."""

    code, status = "unreadable", 400
    sentence = _("This request cannot be understood.")


class InvalidFields(DomainError):
    """Some fields are wrong; `fields` maps each to its sentences."""

    code, status = "invalid-fields", 422
    sentence = _("Some fields need your attention.")

    def __init__(self, fields: Mapping[str, Sentence | list[Sentence]]) -> None:
        super().__init__()
        self.fields: dict[str, list[Sentence]] = {
            name: list(found) if isinstance(found, list) else [found] for name, found in fields.items()
        }


class Stale(DomainError):
    """Somebody saved first; `differing` maps each field that differs to (theirs, yours)."""

    code, status = "stale", 412
    sentence = _("Somebody else changed this while you were writing. Look at what differs and save again.")

    def __init__(self, differing: Mapping[str, tuple[object, object]], *, version: int) -> None:
        super().__init__()
        self.differing = dict(differing)
        self.version = version


class TooMany(DomainError):
    """A limit was reached; try again after `retry_after` seconds."""

    code, status = "too-many-requests", 429
    sentence: Sentence = _("Too many requests. Wait a moment and try again.")

    def __init__(self, *, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after
