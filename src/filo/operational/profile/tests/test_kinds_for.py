"""A firm is asked neither for its size nor for its children."""

from __future__ import annotations

import pytest

from filo.operational.parties.models import Party
from filo.operational.profile.queries import OF_PEOPLE, kinds_for
from filo.operational.profile.services.kinds import make_ready_kinds

pytestmark = pytest.mark.django_db


def test_what_only_people_have_is_asked_of_people_alone() -> None:
    make_ready_kinds()
    of_person, of_firm = ({kind.code for kind in kinds_for(Party(kind=kind))} for kind in ("person", "organisation"))
    assert of_person - of_firm == set(OF_PEOPLE)
