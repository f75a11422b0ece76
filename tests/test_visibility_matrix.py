"""Person × thing × door: what each door shows is what the hand-written oracle says, in both schemes."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoAssertNumQueries  # noqa: F401  (keeps the plugin's import order stable)

from filo.foundation.accounts.tokens import make_token
from filo.foundation.push.topics import may_listen
from filo.operational.activities.models import Task
from filo.operational.interactions.models import Interaction
from filo.operational.parties.models import Party, Relationship, TimelineEntry
from filo.testing.clients import CheckedClient, client_of
from filo.testing.matrix import CALLS_OF, PEOPLE, TASKS_OF, Oracle, add_tasks
from filo.testing.world import World, build_world
