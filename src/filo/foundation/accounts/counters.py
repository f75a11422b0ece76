"""What the door counts, kept in the database, so that guesses are counted once for all processes and restarts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.utils import timezone

FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


class SharedCounters(BaseCache):
    """Django's face of a cache over one small table; values are JSON, never pickles."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Set it unless it is there; of two who try at once one gets True."""
        name = self.make_and_validate_key(key, version=version)
        try:
            with transaction.atomic():
                _rows().filter(key=name, expires_at__lte=timezone.now()).delete()
                _rows().create(key=name, value=value, expires_at=self._end(timeout))
        except IntegrityError:
            return False
        return True

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """What is kept under a key and has not run out."""
        found = _rows().filter(key=self.make_and_validate_key(key, version=version), expires_at__gt=timezone.now())
        return next(iter(found.values_list("value", flat=True)), default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value for a while."""
        name = self.make_and_validate_key(key, version=version)
        _rows().update_or_create(key=name, defaults={"value": value, "expires_at": self._end(timeout)})

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it for longer."""
        name = self.make_and_validate_key(key, version=version)
        return bool(_rows().filter(key=name).update(expires_at=self._end(timeout)))

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget it."""
        return bool(_rows().filter(key=self.make_and_validate_key(key, version=version)).delete()[0])

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Count on; raises `ValueError` for what is not there."""
        name = self.make_and_validate_key(key, version=version)
        with transaction.atomic():
            found = _rows().select_for_update().filter(key=name, expires_at__gt=timezone.now()).first()
            if found is None:
                raise ValueError(key)
            found.value += delta
            found.save(update_fields=["value"])
        return int(found.value)

    def clear(self) -> None:
        """Forget everything."""
        _rows().all().delete()

    def _end(self, timeout: Any) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return FOR_EVER if seconds is None else timezone.now() + timedelta(seconds=seconds)


def forget_what_ran_out() -> int:
    """Delete the counts that nothing asks for any more."""
    return int(_rows().filter(expires_at__lte=timezone.now()).delete()[0])


def _rows() -> Any:
    from filo.foundation.accounts.models import AttemptCount  # a cache may be made before the models are

    return AttemptCount.objects
