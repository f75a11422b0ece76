"""What the columns of personal data are called, for the person who reads the copy."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS: Mapping[str, str | Promise] = {
    "action": _("What was done"),
    "actor": _("By whom"),
    "actor_name": _("By whom"),
    "answer": _("Answer"),
    "assignee": _("For"),
    "at": _("When"),
    "author": _("Written by"),
    "birth_date": _("Date of birth"),
    "body": _("What was said"),
    "changes": _("Changes"),
    "channel": _("Channel"),
    "city": _("City"),
    "codice_fiscale": _("Codice fiscale"),
    "country": _("Country"),
    "created_by": _("By whom"),
    "customer_since": _("Customer since"),
    "data": _("Details"),
    "display_name": _("Name"),
    "done_at": _("Done"),
    "due_on": _("By"),
    "end_reason": _("Why it ended"),
    "error": _("What went wrong"),
    "excerpt": _("Excerpt"),
    "family_name": _("Family name"),
    "fields": _("Further facts"),
    "from_stage": pgettext_lazy("a stage", "From"),
    "gender": _("Gender"),
    "given_name": _("Given name"),
    "job_title": pgettext_lazy("in a firm", "Position"),
    "journal": _("What was changed"),
    "key": pgettext_lazy("in another system", "Code"),
    "kind": _("Kind"),
    "label": pgettext_lazy("of a number or address", "Label"),
    "language": _("Language"),
    "last_contact_at": _("Last contact"),
    "latitude": _("Latitude"),
    "legal_name": _("Company name"),
    "locality": _("Hamlet"),
    "longitude": _("Longitude"),
    "minutes": _("Minutes"),
    "normalised": _("As it is compared"),
    "notes": _("Notes"),
    "object_id": _("About whom"),
    "outcome": _("Outcome"),
    "owner": _("Followed by"),
    "party": _("About whom"),
    "person": _("Colleague"),
    "postal_code": _("Postal code"),
    "probability": _("Probability"),
    "problems": _("What was wrong"),
    "province": _("Province"),
    "raw": _("As it stood in the file"),
    "reason": pgettext_lazy("of a change", "Why"),
    "reasons": pgettext_lazy("of a change", "Why"),
    "role": pgettext_lazy("between people", "As what"),
    "sdi_code": pgettext_lazy("code of the exchange system", "SDI"),
    "sort_name": _("Name as it is sorted"),
    "source": _("Source"),
    "stage": _("Stage"),
    "street": pgettext_lazy("of an address", "Street"),
    "subject": _("Subject"),
    "subject_id": _("About whom"),
    "summary": _("Summary"),
    "system": pgettext_lazy("another program", "System"),
    "text": _("Text"),
    "title": _("Title"),
    "to_stage": pgettext_lazy("a stage", "To"),
    "until": _("Until"),
    "user": _("Colleague"),
    "value": _("Value"),
    "vat_number": _("VAT number"),
}


def heading_of(name: str) -> str:
    """The words for a column; for one that nobody put into words, its name without its signs."""
    return str(WORDS.get(name) or name.replace("_", " ").capitalize())
