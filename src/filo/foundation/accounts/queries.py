"""From a signed-in person or a token to the principal that rules understand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField

from filo.foundation import clock
from filo.foundation.access.models import Role
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Grants, Principal
from filo.foundation.access.queries import effective_grants, effective_masks
from filo.foundation.accounts.models import ApiToken, User
from filo.foundation.accounts.second_factor import with_second_factor
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.organisation.models import Firm
from filo.foundation.organisation.queries import the_firm, unit_and_below
from filo.foundation.prepared import Prepared, asked


def principal_of(user: User, *, door: str = "page", viewed_by: str = "", page: str = "") -> Principal:
    """Who this person is to the rules, from role, unit and companies as they are now."""
    grants = effective_grants(user.role, scheme=_scheme(user))
    return Principal(
        kind="staff",
        name=user.name,
        user_id=user.id,
        role=user.role.code,
        grants=grants,
        masks=effective_masks(user.role),
        unit_id=user.unit_id,
        unit_ids=unit_and_below(user.unit) if user.unit and _reaches_units(grants) else frozenset(),
        company_ids=_companies(user),
        viewed_by=viewed_by,
        door=door,
        page=page,
        time_zone=user.time_zone,
        also={name: getattr(user, name) for name in _also_read if hasattr(user, name)},
    )


def principal_of_token(token: ApiToken, *, door: str) -> Principal:
    """Who a token is to the rules: its person as he is now, narrowed to its scopes."""
    scopes = None if "*" in token.scopes else frozenset(token.scopes)
    mine = principal_of(token.user, door=door)
    return replace(mine, kind="token", token_scopes=scopes, token_id=token.id)


def people_who_ask() -> QuerySet[User]:
    """People with all that `principal_of` needs to know of them, in one query."""
    scheme = Firm.objects.values("visibility_scheme")[:1]
    works_in = User.companies.through.objects.filter(user=OuterRef("pk"))
    found = with_second_factor(User.objects.select_related("role", "unit"))
    working = Job.objects.filter(requested_by=OuterRef("pk"), state__in=(JobState.READY, JobState.RUNNING))
    found = found.annotate(scheme=Subquery(scheme), works_in_some=Exists(works_in), has_work=Exists(working))
    return found.annotate(**{name: expression() for name, expression in _also_read.items()})


_also_read: dict[str, Callable[[], Subquery]] = {}


def also_read(name: str, expression: Callable[[], Subquery]) -> None:
    """Have something of a higher topic read together with whoever asks (`OuterRef("pk")`), at no query more a page."""
    _also_read[name] = expression


def _scheme(user: User) -> str:
    """The firm's scheme, as it was read together with the person, or by itself."""
    if hasattr(user, "scheme"):
        return str(user.scheme or "open")
    firm = the_firm()
    return firm.visibility_scheme if firm else "open"


def _companies(user: User) -> frozenset[UUID] | None:
    """The companies somebody works in; None for all of the group."""
    if not getattr(user, "works_in_some", True):
        return None
    return frozenset(company.id for company in user.companies.all()) or None


def _reaches_units(grants: Grants) -> bool:
    return any(scope is Scope.UNIT for actions in grants.values() for scope in actions.values())


def visibility_scheme() -> str:
    """How open the firm is by default."""
    firm = the_firm()
    return firm.visibility_scheme if firm else "open"


def governing_roles() -> list[UUID]:
    """The roles with which somebody can look after people, rights and settings."""
    scheme = visibility_scheme()
    return [role.id for role in Role.objects.all() if governs(effective_grants(role, scheme=scheme))]


def governs(grants: Grants) -> bool:
    """Whether these rights look after people, roles and settings of the whole firm."""
    wanted = (("user", "view"), ("user", "edit"), ("user", "manage"), ("settings", "view"), ("settings", "edit"))
    return all(grants.get(code, {}).get(action) is Scope.ALL for code, action in wanted)


def token_digest(secret: str) -> str:
    """The SHA-256 that is kept of a token (random, 256 bits: no salt is needed)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_named_by(secret: str) -> ApiToken | None:
    """The living token of this secret, with its active user; None if there is none."""
    token = _BY_DIGEST.first(digest=token_digest(secret), now=clock.now())
    if token is not None:  # what `principal_of` needs was read in the same query
        token.user.scheme = token.scheme  # type: ignore[attr-defined]
        token.user.works_in_some = token.works_in_some  # type: ignore[attr-defined]
    return token


def living_token(token_id: UUID) -> ApiToken | None:
    """The token with this id, with its active user, unless it has ended."""
    found = ApiToken.objects.select_related("user__role", "user__unit").filter(pk=token_id, user__is_active=True)
    return found.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), revoked_at=None).first()


def people_who_govern() -> list[UUID]:
    """Those who look after people, roles and settings of the whole firm."""
    return list(User.objects.filter(is_active=True, role__in=governing_roles()).values_list("pk", flat=True))


def _living_tokens() -> QuerySet[Any, ApiToken]:
    scheme = Firm.objects.values("visibility_scheme")[:1]
    works_in = User.companies.through.objects.filter(user=OuterRef("user"))
    found = ApiToken.objects.select_related("user__role", "user__unit").order_by()
    living = found.filter(Q(expires_at=None) | Q(expires_at__gt=asked("now", DateTimeField())), revoked_at=None)
    return living.annotate(scheme=Subquery(scheme), works_in_some=Exists(works_in)).filter(
        digest=asked("digest", CharField()), user__is_active=True
    )


_BY_DIGEST = Prepared(_living_tokens)


def active_people() -> QuerySet[User]:
    """Those who can be owners, members and assignees."""
    return User.objects.filter(is_active=True).select_related("role", "unit")


def person_by_email(email: str) -> User | None:
    """The person with this address, or None."""
    return User.objects.filter(email=email.strip().lower()).select_related("role", "unit").first()


_BY_ID = Prepared(lambda: people_who_ask().filter(pk=asked("id", UUIDField()), is_active=True))


def person_by_id(user_id: str) -> User | None:
    """The active person with this id; None for anything else."""
    try:
        return _BY_ID.first(id=UUID(user_id))
    except ValueError:
        return None


def principal_in_session(user: User, view_as: str, *, door: str = "page", page: str = "") -> Principal:
    """The person of a session, or the one through whose eyes it looks (for those who look after people)."""
    mine = principal_of(user, door=door, page=page)
    seen = person_by_id(view_as) if view_as and mine.may("user", "manage") else None
    return principal_of(seen, door=door, viewed_by=user.name) if seen else mine
