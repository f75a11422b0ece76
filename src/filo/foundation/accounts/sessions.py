"""Sessions in the database, as Django keeps them, read with a statement that is put together once."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from filo.foundation.prepared import Prepared, asked


class SessionStore(DatabaseSessions):
    """Django's own, but for how a row is found."""

    def _get_session_from_db(self) -> Any:
        found = _LIVING.first(key=self.session_key or "", now=timezone.now())
        if found is None:
            self._session_key = None
        return found


_LIVING: Prepared[Any] = Prepared(
    lambda: SessionStore.get_model_class().objects.filter(
        session_key=asked("key", CharField()), expire_date__gt=asked("now", DateTimeField())
    )
)
