"""Who does not find his way in a tree goes to a person, who reads where he has been."""

from __future__ import annotations

from django.db import transaction

from filo.collaborative.knowledge.services.passing_on import Said, pass_on
from filo.collaborative.trees.queries.walking import Step, way_in_words
from filo.collaborative.trees.services.walking import note_person
from filo.foundation.access.principal import Principal
from filo.operational.service.models import Ticket


def ask_person(principal: Principal, step: Step, said: Said, *, language: str) -> Ticket:
    """Open a request of what somebody writes at a step, with the way that he has walked; gives the request.

    It goes to the group of the article that he reads, else to that of the tree. Raises `InvalidFields`.
    """
    with transaction.atomic():
        article = step.article.article if step.article else None
        ticket = pass_on(
            principal, said, article=article, language=language, group=step.walk.tree.group, before=way_in_words(step)
        )
        note_person(step.walk, step.node.id)
    return ticket
