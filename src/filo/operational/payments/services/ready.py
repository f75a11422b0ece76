"""What a firm may begin with: three letters to who is late, and the rates of interest that law gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from filo.foundation.access.principal import Principal
from filo.operational.payments.models import InterestRate, ReminderStep
from filo.operational.payments.services.settings import keep_rate, keep_step

# Only what a firm begins with: the ECB's rate for main refinancing on the first day of each half-year, and eight points
# (D.Lgs. 231/2002, art. 2 and 5). The Ministry of Economy publishes it in the Gazzetta Ufficiale; whoever keeps the
# accounts checks these and adds the later ones on the page of the settings.
POINTS = Decimal(8)
SEEDS = (
    (date(2023, 1, 1), "2.50"),
    (date(2023, 7, 1), "4.00"),
    (date(2024, 1, 1), "4.50"),
    (date(2024, 7, 1), "4.25"),
    (date(2025, 1, 1), "3.15"),
    (date(2025, 7, 1), "2.15"),
)
SOURCE = "D.Lgs. 231/2002, art. 5: BCE %(ecb)s %% + 8"
STEPS = (
    (
        5,
        "{{ document }}: un promemoria",
        "{{ customer }},\n\nforse è sfuggito: {{ document }} del {{ document_date }} era da pagare entro il "
        "{{ due_date }}. Restano {{ left }}.\n\nSi può pagare qui: {{ link }}\n\nSe il pagamento è già partito, "
        "non tenga conto di questa mail.\n\nCordiali saluti\n{{ company }}",
        "{{ document }}: a reminder",
        "{{ customer }},\n\nit may have slipped by: {{ document }} of {{ document_date }} was to be paid by "
        "{{ due_date }}. {{ left }} are open.\n\nYou can pay here: {{ link }}\n\nIf you have paid already, "
        "please disregard this mail.\n\nKind regards\n{{ company }}",
    ),
    (
        15,
        "{{ document }}: secondo sollecito",
        "{{ customer }},\n\n{{ document }} del {{ document_date }} è scaduta da {{ days }} giorni e restano da "
        "pagare {{ left }}.\n\nLa preghiamo di provvedere, o di dirci se c'è qualcosa che non va: {{ link }}\n\n"
        "Cordiali saluti\n{{ company }}",
        "{{ document }}: second reminder",
        "{{ customer }},\n\n{{ document }} of {{ document_date }} has been overdue for {{ days }} days; {{ left }} "
        "are open.\n\nPlease pay, or tell us if anything is wrong: {{ link }}\n\nKind regards\n{{ company }}",
    ),
    (
        30,
        "{{ document }}: ultimo sollecito",
        "{{ customer }},\n\nnonostante i nostri solleciti {{ document }} del {{ document_date }} non risulta pagata: "
        "restano {{ left }}, scaduti da {{ days }} giorni.\n\nTra imprese la legge prevede gli interessi di mora "
        "(D.Lgs. 231/2002): a oggi {{ interest }}, che per ora non chiediamo.\n\nAttendiamo il pagamento entro sette "
        "giorni: {{ link }}\n\nCordiali saluti\n{{ company }}",
        "{{ document }}: last reminder",
        "{{ customer }},\n\nin spite of our reminders {{ document }} of {{ document_date }} has not been paid: "
        "{{ left }} are open, {{ days }} days overdue.\n\nBetween firms law gives interest for late payment "
        "(D.Lgs. 231/2002): {{ interest }} as of today, which we do not claim yet.\n\nWe expect your payment within "
        "seven days: {{ link }}\n\nKind regards\n{{ company }}",
    ),
)


def make_ready(principal: Principal) -> int:
    """Add what is not there yet; gives how many rows. Raises `Forbidden`."""
    principal.require("settings", "edit")
    added = 0
    if not ReminderStep.objects.exists():
        for days, subject_it, text_it, subject_en, text_en in STEPS:
            keep_step(
                principal,
                None,
                after_days=days,
                subject_it=subject_it,
                text_it=text_it,
                subject_en=subject_en,
                text_en=text_en,
            )
            added += 1
    known = set(InterestRate.objects.values_list("since", flat=True))
    for since, ecb in SEEDS:
        if since not in known:
            source = SOURCE % {"ecb": ecb.replace(".", ",")}
            keep_rate(principal, since=since, percent=Decimal(ecb) + POINTS, source=source)
            added += 1
    return added
