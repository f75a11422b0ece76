"""A tree leaves as a file, and comes from one."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.trees.drafts import facts_from_json
from filo.collaborative.trees.forms import ImportForm, NewTreeForm
from filo.collaborative.trees.queries.exporting import exported, free_code
from filo.collaborative.trees.queries.trees import seen_tree
from filo.collaborative.trees.services import draw_tree
from filo.collaborative.trees.views.sent import LARGEST, sent_json
from filo.foundation.errors import BadRequest, InvalidFields
from filo.foundation.web.requests import StaffRequest


@require_GET
def export(request: StaffRequest, tree_id: UUID) -> HttpResponse:
    """What is drawn, as a file that another Filo reads; articles are named by their codes."""
    request.principal.require("tree", "view")
    tree = seen_tree(request.principal, tree_id)
    draws = request.principal.may("tree", "edit")
    text = json.dumps(exported(tree, draft=draws), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": f'attachment; filename="{tree.code}.json"'}
    return HttpResponse(f"{text}\n", content_type="application/json; charset=utf-8", headers=headers)


@require_POST
def bring(request: StaffRequest) -> HttpResponse:
    """A tree from a file, as a draft beside those that are there."""
    request.principal.require("tree", "create")
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            facts = facts_from_json(sent_json(form.cleaned_data["file"].read(LARGEST + 1)))
            tree = draw_tree(request.principal, replace(facts, code=free_code(facts.code)))
        except InvalidFields as error:
            for sentences in error.fields.values():
                for sentence in sentences:
                    form.add_error("file", str(sentence))
        except BadRequest as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("“%(name)s” was brought in as a draft.") % {"name": tree.name})
            return redirect("trees:edit", tree.id)
    return render(request, "trees/new.html", {"form": NewTreeForm(), "file_form": form}, status=422)
