"""An exchange that can be tried from the settings, the extensions of the care operators, and calls of the last days."""

from __future__ import annotations

from datetime import timedelta

from filo.collaborative.telephony.models import PhoneCall, PhoneLine
from filo.collaborative.telephony.providers.contract import News
from filo.collaborative.telephony.services import keep_line, keep_seat
from filo.collaborative.telephony.services.hearing import hear
from filo.config.demo.company import BUILDER, Company
from filo.foundation import clock
from filo.foundation.accounts.queries import principal_of
from filo.operational.interactions.calling import WrapUp, wrap_up
from filo.operational.parties.models.contact import ContactPoint
from filo.operational.service.models import ServiceGroup

GROUP, SEATS = "Assistenza Commerciale", (("operatore", "201"), ("interno", "202"))
# direction, who lifts (empty: nobody), hours ago, minutes spoken, what was said
CALLS = (
    ("in", "201", 2.0, 4, "Chiede quando parte l’ordine: promessa risposta entro sera."),
    ("in", "", 3.1, 0, ""),
    ("out", "202", 20.5, 7, "Richiamato: conferma le quantità, manda la mail con i codici."),
    ("in", "202", 22.0, 2, "Vuole il catalogo della primavera."),
    ("out", "201", 26.2, 0, ""),
    ("in", "201", 45.0, 11, "Un capo difettoso su sei: aperta la richiesta di reso."),
    ("in", "", 47.4, 0, ""),
    ("in", "201", 70.0, 3, ""),
)


def set_up_telephone(company: Company) -> None:
    """The line, its extensions and its calls, where there is none yet."""
    if PhoneLine.objects.exists():
        return
    group = ServiceGroup.objects.filter(name=GROUP).first()
    line = keep_line(BUILDER, None, name="Centralino di prova", kind="exchange", number="02 8765432", group=group)
    for person, extension in SEATS:
        keep_seat(principal_of(company.people[person]), way="tel", line=line, extension=extension)
    points = ContactPoint.objects.filter(type__in=("mobile", "phone"), party__relationships__stage="customer")
    numbers = list(
        points.order_by("party__sort_name", "id").values_list("normalised", flat=True).distinct()[: len(CALLS)]
    )
    for place, ((direction, extension, hours, minutes, said), number) in enumerate(zip(CALLS, numbers, strict=False)):
        moment = clock.now() - timedelta(hours=hours)
        steps = [("ringing", 0.0), *([("answered", 0.2)] if minutes else []), ("ended", 0.5 + minutes)]
        for step, after in steps:
            at = moment + timedelta(minutes=after)
            with clock.at(at):
                news = News(f"demo-{place}", step, at, direction, number, extension)  # type: ignore[arg-type]
                hear(line, news)
        _write_up(line, f"demo-{place}", said, moment + timedelta(minutes=minutes + 2))


def _write_up(line: PhoneLine, reference: str, said: str, at: object) -> None:
    call = PhoneCall.objects.select_related("call__person__role", "call__person__unit").get(
        line=line, reference=reference
    )
    if said and call.call is not None:
        with clock.at(at):  # type: ignore[arg-type]
            wrap_up(principal_of(call.call.person), call.call, WrapUp(body=said))
