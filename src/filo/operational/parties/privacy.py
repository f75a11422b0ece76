"""What customers and their contacts are known by, and whose data can be held."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.keeping import KeptKind, deleted, keep
from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare
from filo.foundation.privacy.subjects import SubjectKind, register_subject
from filo.operational.parties.models import ContactPoint, Party
from filo.operational.parties.queries.bulk import edits_at_rest


def _names(principal: Principal, ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Party.objects.visible_to(principal).filter(pk__in=list(ids)).values_list("pk", "display_name"))


def _addresses(ids: Iterable[UUID]) -> set[str]:
    points = ContactPoint.objects.filter(party__in=list(ids), type__in=("email", "pec"))
    return {text for pair in points.values_list("value", "normalised") for text in pair if text}


register_subject(SubjectKind("party", _names, lambda party_id: f"/parties/{party_id}", _addresses))

keep(
    KeptKind(
        code="bulk-edits",
        label=_("Changes of many customers at once"),
        what_goes=_("Who was chosen for what; it cannot be taken back as a whole any more"),
        rows=edits_at_rest,
        moment="created_at",
        purge=deleted(edits_at_rest),
        held=lambda held: Q(created_by__in=held.people),
        house_days=91,
    )
)

_SERVE = _("Serve customers: know them, answer them, keep what was agreed")
_AS_LONG = _("As long as the customer is kept")
_CUSTOMER = (Whose.CUSTOMER,)
_FACTS = dict.fromkeys(
    ("display_name", "sort_name", "given_name", "family_name", "title", "gender", "birth_date", "legal_name"),
    Category.IDENTITY,
)

declare(
    PersonalData(
        model="parties.Party",
        label=_("Customers and contacts"),
        columns=_FACTS
        | {
            "vat_number": Category.IDENTITY,
            "codice_fiscale": Category.IDENTITY,
            "sdi_code": Category.CONTACT,
            "language": Category.IDENTITY,
            "notes": Category.COMMUNICATION,
            "fields": Category.BEHAVIOUR,
            "source": Category.BEHAVIOUR,
            "last_contact_at": Category.BEHAVIOUR,
        },
        whose=_CUSTOMER,
        purpose=_SERVE,
        basis=Basis.CONTRACT,
        party=("id",),
        kept_words=_("As long as the relationship, and what the law asks for after it"),
    ),
    PersonalData(
        model="parties.ContactPoint",
        label=_("Telephone numbers, mail addresses, pages"),
        columns={"value": Category.CONTACT, "normalised": Category.CONTACT, "label": Category.CONTACT},
        whose=_CUSTOMER,
        purpose=_SERVE,
        basis=Basis.CONTRACT,
        party=("party",),
        kept_words=_AS_LONG,
    ),
    PersonalData(
        model="parties.Address",
        label=_("Addresses"),
        columns=dict.fromkeys(
            ("street", "locality", "postal_code", "city", "province", "country", "latitude", "longitude"),
            Category.CONTACT,
        ),
        whose=_CUSTOMER,
        purpose=_SERVE,
        basis=Basis.CONTRACT,
        party=("party",),
        kept_words=_AS_LONG,
    ),
    PersonalData(
        model="parties.ExternalIdentity",
        label=_("Codes in other systems"),
        columns={"system": Category.IDENTITY, "key": Category.IDENTITY},
        whose=_CUSTOMER,
        purpose=_("Recognise a customer that another system knows"),
        basis=Basis.INTEREST,
        party=("party",),
        kept_words=_AS_LONG,
    ),
    PersonalData(
        model="parties.Merge",
        label=_("Merges of two cards"),
        columns={"journal": Category.IDENTITY, "actor": Category.TECHNICAL, "actor_name": Category.TECHNICAL},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Part two cards again that were merged by mistake"),
        basis=Basis.INTEREST,
        party=("kept", "absorbed"),
        person=("actor",),
        kept_words=_AS_LONG,
    ),
    PersonalData(
        model="parties.MergedRow",
        label=_("What merges of two cards moved"),
        columns={"was": Category.TECHNICAL},
        whose=_CUSTOMER,
        purpose=_("Part two cards again that were merged by mistake"),
        basis=Basis.INTEREST,
        party=("merge__kept", "merge__absorbed"),
        kept_words=_AS_LONG,
    ),
    PersonalData(
        model="parties.PartyRelation",
        label=_("Who is what to whom"),
        columns={"role": Category.IDENTITY, "job_title": Category.IDENTITY},
        whose=_CUSTOMER,
        purpose=_("Know whom to talk to at a firm"),
        basis=Basis.INTEREST,
        party=("from_party", "to_party"),
        kept_words=_AS_LONG,
    ),
    PersonalData(
        model="parties.Relationship",
        label=_("Relationships with our companies"),
        columns={
            "stage": Category.BEHAVIOUR,
            "customer_since": Category.BEHAVIOUR,
            "end_reason": Category.COMMUNICATION,
            "owner": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_SERVE,
        basis=Basis.CONTRACT,
        party=("party",),
        person=("owner",),
        kept_words=_AS_LONG,
    ),
    PersonalData(
        model="parties.RelationshipMember",
        label=_("Who works a customer besides the owner"),
        columns={"user": Category.IDENTITY, "role": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_SERVE,
        basis=Basis.CONTRACT,
        party=("relationship__party",),
        person=("user",),
        kept_words=_AS_LONG,
    ),
    PersonalData(
        model="parties.StageChange",
        label=_("Steps from suspect to customer"),
        columns={
            "from_stage": Category.BEHAVIOUR,
            "to_stage": Category.BEHAVIOUR,
            "reason": Category.COMMUNICATION,
            "actor": Category.IDENTITY,
            "actor_name": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Know how customers are won"),
        basis=Basis.INTEREST,
        party=("relationship__party",),
        person=("actor",),
        erasure=Erasure("anonymise", {"reason": "", "actor": None, "actor_name": ""}),
        kept_words=_AS_LONG,
    ),
    PersonalData(
        model="parties.TimelineEntry",
        label=_("Lines of the story"),
        columns={
            "at": Category.BEHAVIOUR,
            "channel": Category.BEHAVIOUR,
            "summary": Category.COMMUNICATION,
            "excerpt": Category.COMMUNICATION,
            "outcome": Category.COMMUNICATION,
            "data": Category.COMMUNICATION,
            "actor": Category.IDENTITY,
            "actor_name": Category.IDENTITY,
            "owner": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_SERVE,
        basis=Basis.CONTRACT,
        party=("party", "origin_party"),
        person=("actor", "owner"),
        kept_words=_("As long as what they tell of"),
    ),
    PersonalData(
        model="parties.Reach",
        label=_("Who may see a customer, kept for reading"),
        columns={"sort_name": Category.IDENTITY, "person": Category.TECHNICAL, "owner": Category.TECHNICAL},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Show lists to whom they belong"),
        basis=Basis.INTEREST,
        party=("party",),
        person=("person", "owner"),
        kept_words=_AS_LONG,
    ),
    PersonalData(
        model="parties.LastContact",
        label=_("Last contacts"),
        columns={"at": Category.BEHAVIOUR, "person": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("See who has not been heard of for long"),
        basis=Basis.INTEREST,
        party=("party",),
        person=("person",),
        kept_words=_AS_LONG,
    ),
    PersonalData(
        model="parties.BulkEdit",
        label=_("Changes of many customers at once"),
        columns={"act": Category.BEHAVIOUR, "created_by": Category.TECHNICAL},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Show who changed what, and mend mistakes"),
        basis=Basis.INTEREST,
        person=("created_by",),
        erasure=Erasure("anonymise", {"created_by": None}),
        kept="bulk-edits",
    ),
)
