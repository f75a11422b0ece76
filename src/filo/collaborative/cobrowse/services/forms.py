"""A form that two fill in: every change is seen by both, the customer alone sends it."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from filo.collaborative.chat.models import Chat
from filo.collaborative.cobrowse.events import FormSent
from filo.collaborative.cobrowse.kinds import kind_of, kinds
from filo.collaborative.cobrowse.models import SharedForm
from filo.collaborative.cobrowse.services.news import tell_both
from filo.collaborative.cobrowse.services.showing import show_page
from filo.collaborative.inbox.services.live import require_answering
from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line

CUSTOMER = system("customer")
ADDRESS = "/p/live/form"


class FormOver(DomainError):
    """It was sent, or put away."""

    code = "form-over"


def share_form(principal: Principal, chat: Chat, code: str) -> SharedForm:
    """Show the customer a form of a kind, filled in as far as it is known. Raises `Forbidden`, `InvalidFields`."""
    require_answering(principal, chat.conversation)
    kind = next((one for one in kinds() if one.code == code), None)
    if kind is None:
        raise InvalidFields({"kind": _("There is no such form.")})
    try:
        with transaction.atomic():
            found = SharedForm.objects.create(chat=chat, kind=code, operator_id=principal.user_id, made_at=clock.now())
            found.values = {name: value[:1000] for name, value in kind.begin(found).items()}
            found.save(update_fields=["values"])
            record(principal, "cobrowse.form", kind="conversation", object_id=chat.conversation_id, changes={})
            tell_both(chat, "form", form=str(found.pk), state="open")
    except IntegrityError:
        found = SharedForm.objects.get(chat=chat, state="open")
    show_page(principal, chat, ADDRESS, str(kind.title))
    return found


def change_field(form: SharedForm, name: str, value: str, *, side: str) -> SharedForm:
    """What stands in a field now; each field by itself, so that two who write in two fields lose nothing.

    Raises `FormOver`, `InvalidFields`.
    """
    with transaction.atomic():
        found = SharedForm.objects.select_for_update(of=("self",)).select_related("chat").get(pk=form.pk)
        if found.state != "open":
            raise FormOver(_("This form was sent already."))
        field = next((one for one in kind_of(found).fields(found) if one.name == name), None)
        if field is None:
            raise InvalidFields({name: _("There is no such field.")})
        if field.input == "check" and side != "customer":
            raise InvalidFields({name: _("The customer alone agrees to it.")})
        clean = clean_line(value, max_length=field.most)
        if field.choices and clean and clean not in dict(field.choices):
            raise InvalidFields({name: _("Choose one of the list.")})
        if found.values.get(name, "") != clean:
            found.values = {**found.values, name: clean}
            found.version += 1
            found.save(update_fields=["values", "version"])
            tell_both(found.chat, "field", form=str(found.pk), name=name, side=side)
    return found


def send_form(form: SharedForm) -> str:
    """The customer sends it; gives where he goes on to. Twice is once. Raises `InvalidFields`, `FormOver`.

    What the form is for may call outside (a provider of payments), so it is done between two transactions, and has to
    be one thing for one key of a form.
    """
    found = SharedForm.objects.select_related("chat__conversation").get(pk=form.pk)
    if found.state == "sent":
        return found.result
    if found.state != "open":
        raise FormOver(_("This form was put away."))
    kind = kind_of(found)
    missing = {
        one.name: _("This is needed.")
        for one in kind.fields(found)
        if one.required and not str(found.values.get(one.name, "")).strip()
    }
    if missing:
        raise InvalidFields(missing)
    result = kind.send(found)[:1000]
    with transaction.atomic():
        was_open = SharedForm.objects.filter(pk=found.pk, state="open")
        if was_open.update(state="sent", sent_at=clock.now(), result=result):
            chat = found.chat
            record(CUSTOMER, "cobrowse.send", kind="conversation", object_id=chat.conversation_id, changes={})
            announce(CUSTOMER, FormSent(chat=chat.pk, party=chat.conversation.party_id, form=found.pk, kind=found.kind))
            tell_both(chat, "form", form=str(found.pk), state="sent")
    return result


def close_form(principal: Principal, form: SharedForm) -> None:
    """Put it away. Raises `Forbidden`."""
    require_answering(principal, form.chat.conversation)
    with transaction.atomic():
        if SharedForm.objects.filter(pk=form.pk, state="open").update(state="closed"):
            tell_both(form.chat, "form", form=str(form.pk), state="closed")
