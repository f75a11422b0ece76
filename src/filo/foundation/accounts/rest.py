"""People at the API: the token's owner as the caller, and the people that bodies name by e-mail or id."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Q

from filo.foundation import clock
from filo.foundation.accounts.models import ApiToken, User
from filo.foundation.accounts.queries import principal_of_token, token_named_by
from filo.foundation.rest.auth import Caller, read_tokens_with

USE_NOTED_EVERY = timedelta(minutes=1)


def caller_by_token(secret: str) -> Caller | None:
    """Who calls with this token, with the rights its owner has now, narrowed to the token's scopes."""
    token = token_named_by(secret)
    if token is None:
        return None
    _note_use(token)
    return Caller(principal_of_token(token, door="api"), f"token:{token.id}")


read_tokens_with(caller_by_token)


def person_at_door(email: str, secret: str, *, scope: str) -> tuple[Caller, User] | None:
    """Whose token that is, if it was made for this door and he calls himself by his own e-mail."""
    token = token_named_by(secret)
    if token is None or scope not in token.scopes or email.strip().lower() != token.user.email.lower():
        return None
    _note_use(token)
    return Caller(principal_of_token(token, door=scope), f"token:{token.id}"), token.user


def _note_use(token: ApiToken) -> None:
    """At most once a minute, so that reading by the API does not write with every request."""
    moment = clock.now()
    if token.used_at is None or moment - token.used_at >= USE_NOTED_EVERY:
        with suppress(OperationalError), transaction.atomic():  # on a full disk one may still read
            ApiToken.objects.filter(pk=token.pk).update(used_at=moment)


def people_named(names: Iterable[str]) -> dict[str, User]:
    """{name as given: person} for active people named by e-mail or id; unknown names are left out."""
    wanted = set(names)
    ids = {name: found for name in wanted if (found := _uuid(name))}
    emails = {name: name.strip().lower() for name in wanted - ids.keys()}
    if not wanted:
        return {}
    rows = User.objects.filter(Q(pk__in=ids.values()) | Q(email__in=emails.values()), is_active=True)
    by_key: dict[UUID | str, User] = {}
    for user in rows:
        by_key[user.id] = by_key[user.email] = user
    keys: dict[str, UUID | str] = {**ids, **emails}
    return {name: by_key[key] for name, key in keys.items() if key in by_key}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def person_shown(user: User | None) -> dict[str, object] | None:
    """A colleague as answers name them."""
    return {"id": user.id, "name": user.name, "email": user.email} if user else None
