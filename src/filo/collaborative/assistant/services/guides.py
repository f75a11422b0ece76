"""For which topics the assistant asks by a tree."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from filo.collaborative.assistant.models import GuidedTopic
from filo.collaborative.trees.models import DecisionTree
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.folding import clean_line

MOST = 100


def attach_guide(principal: Principal, words: str, tree: DecisionTree) -> GuidedTopic:
    """Whoever looks for what these words name is asked by this tree; no words: whatever no other names.

    Raises `Forbidden`, `InvalidFields` at `words` or `tree`.
    """
    principal.require("settings", "edit")
    clean = clean_line(words, max_length=300)
    if tree.live is None or tree.live.audience != "assistant":
        raise InvalidFields({"tree": _("Publish the tree for the shop assistant first.")})
    with transaction.atomic():
        rows = GuidedTopic.objects.select_for_update()
        if rows.filter(words=clean).exists():
            raise InvalidFields({"words": _("These words have a tree already.")})
        if rows.count() >= MOST:
            raise InvalidFields({"words": _("At most %(n)s topics.") % {"n": MOST}})
        last = rows.aggregate(last=Max("position"))["last"] or 0
        found = GuidedTopic.objects.create(words=clean, tree=tree, position=last + 1)
        changes = {"words": (None, clean), "tree": (None, tree.name)}
        record(principal, "assistant.guide", kind="settings", object_id=found.pk, changes=changes)
    return found


def detach_guide(principal: Principal, found: GuidedTopic) -> None:
    """The assistant asks as it does without a tree again. Twice is once. Raises `Forbidden`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        row = GuidedTopic.objects.select_for_update(of=("self",)).select_related("tree").filter(pk=found.pk).first()
        if row is not None:
            changes = {"words": (row.words, None), "tree": (row.tree.name, None)}
            record(principal, "assistant.guide", kind="settings", object_id=row.pk, changes=changes)
            row.delete()
