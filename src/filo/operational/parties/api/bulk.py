"""Acts on many parties at the API: what one would do, the job that does it, and its taking back."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.filters.tree import Tree
from filo.foundation.rest.answers import answer
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape, YesNo
from filo.operational.parties.act_words import left_in_words
from filo.operational.parties.api.references import References
from filo.operational.parties.models import BulkEdit
from filo.operational.parties.queries.bulk import seen_edit
from filo.operational.parties.services.many.acts import RIGHTS, Act
from filo.operational.parties.services.many.choosing import Selection, choose, prepare, start
from filo.operational.parties.services.many.taking_back import take_back

router = Router(tags=["parties"])
PERSON = "A colleague, by e-mail or id."
ActKind = Literal["assign", "member-add", "member-remove", "stage", "fact", "bin"]
State = Literal["chosen", "ready", "running", "done", "cancelled", "failed", "back", "undone"]


class SelectionBody(Body):
    """Which parties: `ids`, or all that a list with this `filter` and these words (`q`) finds."""

    ids: list[UUID] | None = Field(None, max_length=50_000)
    filter: dict[str, Any] | None = Field(None, description="A tree of conditions, as in lists.")
    q: str = Field("", max_length=120)


class ActBody(Body):
    """What is done. `assign` takes owner, area, channel, unit (what is sent changes, null takes away);
    `member-add` and `member-remove` take `user`; `stage` takes `stage` and `reason`; `fact` takes `field` and `value`.
    """

    kind: ActKind
    owner: str | None = Field(None, description=PERSON)
    area: str | None = None
    channel: str | None = None
    unit: str | None = None
    user: str | None = Field(None, description=PERSON)
    stage: Literal["suspect", "lead", "prospect", "customer"] | None = None
    reason: str = Field("", max_length=300)
    field: str | None = Field(None, max_length=80, description="sector, language, source or `fields.CODE`.")
    value: str | None = Field(None, max_length=200)
    company: str | None = Field(None, description="Only relationships with this company.")
    product_line: str | None = Field(None, description="Only relationships for this line.")
    with_work: YesNo = Field(True, description="For `assign`: open deals, quotes and tasks go along.")

    @property
    def members(self) -> list[str]:
        """Who else is named: what `References` reads."""
        return [self.user] if self.user else []


class BulkBody(Body):
    """An act on many."""

    selection: SelectionBody
    act: ActBody
    dry_run: YesNo = False


class LeftShape(Shape):
    """Why some are left as they are, and how many."""

    reason: str
    number: int


class BulkShape(Shape):
    """An act on many. `will` is what the preview said; `job` does it; `changed` and `left` count parties."""

    id: UUID
    state: State
    job: UUID | None
    total: int
    will: int | None
    partly: int
    done: int
    changed: int
    left: list[LeftShape]
    taken_back: int
    error: str


@router.post("/parties/bulk", response={200: BulkShape, 202: BulkShape}, summary="Change many parties")
def change_many_parties(request: ApiRequest, body: BulkBody) -> HttpResponse:
    """At most 50,000 parties at once, in the background; with `dry_run` nothing changes and it says what would."""
    principal = require(request, "party", RIGHTS[body.act.kind])
    act = _act(body.act)
    edit = prepare(principal, choose(principal, _selection(body.selection)), act)
    if body.dry_run:
        return answer(_shape(edit))
    edit = start(principal, edit)
    return answer(_shape(edit), status=202, headers={"Location": f"/api/v1/parties/bulk/{edit.pk}"})


@router.get("/parties/bulk/{uuid:bulk_id}", response=BulkShape, summary="Read a change of many")
def get_bulk(request: ApiRequest, bulk_id: UUID) -> HttpResponse:
    """How far it is, or what came of it."""
    principal = require(request, "party", "view")
    return answer(_shape(seen_edit(principal, bulk_id)))


@router.post("/parties/bulk/{uuid:bulk_id}/run", response={202: BulkShape}, summary="Do what was previewed")
def run_bulk(request: ApiRequest, bulk_id: UUID) -> HttpResponse:
    """After a `dry_run`: who was changed by somebody else meanwhile is left."""
    principal = _writer(request)
    edit = start(principal, seen_edit(principal, bulk_id))
    return answer(_shape(edit), status=202, headers={"Location": f"/api/v1/parties/bulk/{edit.pk}"})


@router.post("/parties/bulk/{uuid:bulk_id}/undo", response={202: BulkShape}, summary="Take a change of many back")
def undo_bulk(request: ApiRequest, bulk_id: UUID) -> HttpResponse:
    """In the background; what was changed again since is left."""
    principal = _writer(request)
    edit = take_back(principal, seen_edit(principal, bulk_id))
    return answer(_shape(edit), status=202, headers={"Location": f"/api/v1/parties/bulk/{edit.pk}"})


def _writer(request: ApiRequest) -> Principal:
    actions = [action for action in ("edit", "assign", "delete") if request.principal.may("party", action)]
    return require(request, "party", (actions or ["edit"])[0])


def _selection(body: SelectionBody) -> Selection:
    tree: Tree | None = body.filter
    if body.ids is not None and (tree or body.q):
        raise InvalidFields({"selection": _("Give the ids, or a filter and words, not both.")})
    if body.ids is None and "filter" not in body.model_fields_set and not body.q:
        raise InvalidFields({"selection": _("Say which: ids, a filter or words. An empty filter is everybody.")})
    return Selection(body.ids, text=body.q, tree=tree or None)


def _act(body: ActBody) -> Act:
    found, sent = References(), body.model_fields_set
    found.read([body])
    to: dict[str, Any] = {}
    if body.kind == "assign":
        if "owner" in sent:
            to["owner_id"] = found.person(body.owner, "owner")
        for name in ("area", "channel", "unit"):
            if name in sent:
                row = found.row(name, getattr(body, name))
                to[f"{name}_id"] = row.pk if row else None
    elif body.kind.startswith("member"):
        to["user"] = found.person(body.user, "user")
    elif body.kind == "stage":
        to["stage"] = body.stage
    elif body.kind == "fact" and body.field:
        to[body.field] = body.value
    company, line = found.row("company", body.company), found.row("product_line", body.product_line)
    found.stop()
    plain = {name: str(value) if value is not None else None for name, value in to.items()}
    return Act(body.kind, plain, body.reason, _key(company), _key(line), body.with_work)


def _key(row: Any) -> str | None:
    return str(row.pk) if row else None


def _shape(edit: BulkEdit) -> dict[str, Any]:
    foreseen = edit.foreseen or {}
    left = edit.left if edit.state != "chosen" else foreseen.get("left", {})
    return {
        "id": edit.pk,
        "state": edit.state,
        "job": edit.back_job or edit.job,
        "total": edit.total,
        "will": foreseen.get("will"),
        "partly": edit.partly if edit.state != "chosen" else foreseen.get("partly", 0),
        "done": edit.position,
        "changed": edit.changed,
        "left": [{"reason": sentence, "number": number} for sentence, number in left_in_words(left)],
        "taken_back": edit.back_done,
        "error": edit.error,
    }
