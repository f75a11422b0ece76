"""What is done in a conversation: answer, note, take, pass on, put off, end, join, part, move."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filo.collaborative.inbox.forms import AnswerForm, NoteForm, SnoozeForm
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.queries.boxes import seen_conversation
from filo.collaborative.inbox.services.drafts import files_of_draft, keep_draft
from filo.collaborative.inbox.services.meanwhile import AnsweredMeanwhile
from filo.collaborative.inbox.services.moving import merge, move_to
from filo.collaborative.inbox.services.notes import add_note
from filo.collaborative.inbox.services.parting import from_here_on, split
from filo.collaborative.inbox.services.recall import call_back
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.inbox.services.working import assign, label, pass_on, set_state, share, snooze
from filo.collaborative.inbox.views.pages import talk_context
from filo.collaborative.inbox.views.uploads import uploaded
from filo.foundation import clock
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.web.requests import StaffRequest, asked_id, posted_version
from filo.operational.parties.queries.find import seen_party
from filo.operational.service.models import ServiceGroup


@require_POST
def answer(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """Send an answer, in ten seconds or at a chosen time; what was typed stays when it is refused."""
    found = seen_conversation(request.principal, conversation_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            files = [*_kept(request, found), *uploaded(request)]
            sent = send_message(
                request.principal,
                found,
                Answer(said["text"], cc=said["cc"], files=files, then=said["then"] or "waiting"),
                leaves_at=said["leaves_at"],
                seen=said["seen"],
            )
            sentence = _("It leaves in ten seconds.") if not said["leaves_at"] else _("It leaves at the chosen time.")
            messages.success(request, sentence, extra_tags=reverse("inbox:call-back", args=[found.id, sent.id]))
            return redirect("inbox:talk", found.id)
        except InvalidFields as error:
            form.refuse(error)
        except AnsweredMeanwhile as error:
            form.add_error(None, str(error))
    return render(request, "inbox/index.html", talk_context(request, found, form=form), status=422)


def _kept(request: StaffRequest, found: Conversation) -> list[tuple[UUID, str]]:
    return files_of_draft(request.principal, found, [asked_id(one) for one in request.POST.getlist("kept")])


@require_POST
def draft(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """Keep what is half written; the page sends it by itself."""
    found, kind = seen_conversation(request.principal, conversation_id), request.POST.get("kind", "")
    if kind not in ("answer", "note"):
        raise NotFound
    keep_draft(request.principal, found, kind, request.POST.get("text", ""), cc=request.POST.get("cc", ""))
    return HttpResponse(status=204)


@require_POST
def back(request: StaffRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    """Call a message back that has not left; its text is a draft again."""
    found = seen_conversation(request.principal, conversation_id)
    message = found.messages.filter(pk=message_id).first()
    if message is None:
        raise NotFound
    call_back(request.principal, message)
    return redirect("inbox:talk", found.id)


@require_POST
def note(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """Write a note among colleagues."""
    found = seen_conversation(request.principal, conversation_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            add_note(request.principal, found, form.cleaned_data["text"])
            return redirect("inbox:talk", found.id)
        except InvalidFields as error:
            form.refuse(error)
    context = talk_context(request, found, note_form=form, tab="note")
    return render(request, "inbox/index.html", context, status=422)


@require_POST
def give(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """To me, to a colleague, to a group, or to nobody."""
    found, to = seen_conversation(request.principal, conversation_id), request.POST.get("to", "")
    if to.startswith("group:"):
        group = ServiceGroup.objects.filter(pk=asked_id(to.removeprefix("group:"))).first()
        if group is None:
            raise NotFound
        return _done(
            request, found, lambda: pass_on(request.principal, found, group), _("Passed on to %(name)s."), group.name
        )
    person = request.principal.user_id if to == "me" else asked_id(to) if to else None
    return _done(request, found, lambda: assign(request.principal, found, person), _("Given."))


@require_POST
def state(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """Open, waiting, done."""
    found, wanted = seen_conversation(request.principal, conversation_id), request.POST.get("state", "")
    sentence = {"done": _("Done."), "open": _("Open again.")}.get(wanted, _("Saved."))
    version = posted_version(request) if "version" in request.POST else None
    return _done(request, found, lambda: set_state(request.principal, found, wanted, version=version), sentence)


@require_POST
def put_off(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """Until a moment that was chosen."""
    found, form = seen_conversation(request.principal, conversation_id), SnoozeForm(request.POST)
    moment = form.moment(clock.now()) if form.is_valid() else None
    if moment is None:
        raise InvalidFields({"until": _("Choose until when.")})
    return _done(request, found, lambda: snooze(request.principal, found, moment), _("Put off."))


@require_POST
def tags(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """The labels, parted by commas."""
    found = seen_conversation(request.principal, conversation_id)
    wanted = request.POST.get("tags", "").split(",")
    return _done(request, found, lambda: label(request.principal, found, wanted), _("Saved."))


@require_POST
def make_shared(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """Personal mail becomes the firm's."""
    found = seen_conversation(request.principal, conversation_id)
    return _done(request, found, lambda: share(request.principal, found), _("Your colleagues see it now."))


@require_POST
def join(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """This one becomes part of another."""
    found = seen_conversation(request.principal, conversation_id)
    chosen = request.POST.get("into") or request.POST.get("chosen") or ""
    if not chosen:
        raise InvalidFields({"into": _("Choose the other conversation.")})
    into = seen_conversation(request.principal, asked_id(chosen))
    return _done(request, into, lambda: merge(request.principal, found, into), _("They are one conversation now."))


@require_POST
def part(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """A message and what was said after it become a conversation of their own, with a request of its own or none."""
    found = seen_conversation(request.principal, conversation_id)
    chosen = from_here_on(found, asked_id(request.POST.get("from", "")))
    with one_operation() as operation:
        subject, wanted = request.POST.get("subject", ""), request.POST.get("ticket") == "new"
        fresh = split(request.principal, found, chosen, subject, with_ticket=wanted)
    sentence = _("From this message on it is a conversation of its own.")
    messages_with_undo(request, sentence, operation, reverse("inbox:talk", args=[found.id]))
    return redirect("inbox:talk", fresh.id)


@require_POST
def move(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """It is with another customer."""
    found = seen_conversation(request.principal, conversation_id)
    party = seen_party(request.principal, asked_id(request.POST.get("party", "")))
    sentence = _("It stands on the card of %(name)s now.")
    return _done(request, found, lambda: move_to(request.principal, found, party), sentence, party.display_name)


def _done(
    request: StaffRequest, conversation: Conversation, verb: Callable[[], object], sentence: str, name: str = ""
) -> HttpResponse:
    """Do it as one operation, with its way back in the toast."""
    with one_operation() as operation:
        verb()
    address = reverse("inbox:talk", args=[conversation.id])
    messages_with_undo(request, sentence % {"name": name} if name else sentence, operation, address)
    return redirect(address)


def message_in(conversation: Conversation, message_id: UUID) -> Message:
    """A message of a conversation that was fetched by its own rule. Raises `NotFound`."""
    found = conversation.messages.filter(pk=message_id).first()
    if found is None:
        raise NotFound
    return found
