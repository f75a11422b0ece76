"""The PDF of a quote is printed, kept, and mailed with the customer's link."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from filo.foundation.amounts import money_words
from filo.foundation.files.models import StoredFile
from filo.foundation.files.services import forget_files, store_file
from filo.foundation.mail.services import queue_mail
from filo.foundation.web.templatetags.web import full_day
from filo.operational.quotes.models import Quote
from filo.operational.quotes.queries.finding import quote_link
from filo.operational.quotes.queries.paper import file_name, print_quote

PDF = "application/pdf"


def kept_document(quote: Quote) -> StoredFile:
    """The PDF that the customer gets, printed when it is first wanted after it was sent; it is the same ever after."""
    found = Quote.objects.select_related("document").get(pk=quote.pk).document
    if found is not None:
        return found
    return _keep(quote, "document")


def evidence_document(quote: Quote) -> StoredFile:
    """The same with the evidence of its acceptance."""
    kept_document(quote)
    found = Quote.objects.select_related("accepted_document").get(pk=quote.pk).accepted_document
    return found if found is not None else _keep(quote, "accepted_document")


def _keep(quote: Quote, column: str) -> StoredFile:
    """Print outside of the transaction: it takes a while. Of two who print at once the first one's is kept."""
    fresh = Quote.objects.for_list().select_related("contact").get(pk=quote.pk)
    content = print_quote(fresh, with_evidence=column == "accepted_document")
    with transaction.atomic():
        made = store_file(content, name=file_name(fresh), media_type=PDF)
        if Quote.objects.filter(pk=quote.pk, **{column: None}).update(**{column: made}):
            return made
        forget_files([made])
    kept: StoredFile = getattr(Quote.objects.select_related(column).get(pk=quote.pk), column)
    return kept


def mail_quote(quote: Quote, message: str) -> None:
    """One mail to the customer with the PDF and the link, however often this is asked for."""
    document = kept_document(quote)
    with translation.override(quote.language), transaction.atomic():
        seller = quote.company.legal_name or quote.company.name
        subject = _("Quote %(number)s of %(company)s") % {"number": quote.name, "company": seller}
        queue_mail(
            to=quote.sent_to,
            subject=subject,
            text=_text(quote, message, seller),
            key=f"quote:{quote.pk}",
            attachments=[document.pk],
            reply_to=quote.owner.email if quote.owner else "",
            auto_submitted="",
        )


def _text(quote: Quote, message: str, seller: str) -> str:
    told = {
        "link": quote_link(quote),
        "total": money_words(quote.total, quote.currency),
        "day": full_day(quote.valid_until),
    }
    greeting = message.strip() or _("Good day,\n\nhere is our quote.")
    body = _(
        "The quote is attached. You can read it here, choose what is optional, accept it, or ask us something:\n"
        "%(link)s\n\nTotal: %(total)s. It holds until %(day)s."
    )
    name = quote.owner.name if quote.owner else ""
    return "\n\n".join([greeting, body % told, "\n".join(part for part in (name, seller) if part)])
