"""Every model that holds something about people stands in the register, with every column that looks personal."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from filo.foundation import keeping
from filo.foundation.personal import PersonalData, Whose
from filo.foundation.privacy.registry import kept_kinds, records
from filo.testing.world import World

LOOKS_PERSONAL = re.compile(
    r"^(.*_)?(name|names|email|mail|phone|mobile|fax|street|city|address|postal_code|birth.*|gender|title|vat_number"
    r"|codice_fiscale|iban|ip|user_agent|latitude|longitude|notes|note|body|text|html|subject|subject_id|excerpt"
    r"|summary|comment|reason|raw|answer|actor|actor_id|person|object_id|session_key)$"
)
# Models that hold nothing about people, though it looks like it: why. A new line here is a decision: review it.
NOT_PERSONAL = {
    "chat.ChatPlace": "where the chat stands",
    "offers.OfferLine": "products; of whom they are proposed to says the offer",
    "telephony.PhoneLine": "an exchange of the firm",
    "pages.Page": "what the firm tells everybody",
    "pages.PageVersion": "the same, as it was published",
    "pages.PagePicture": "a picture of such a page",
    "profile.TraitKind": "what can be known, not of whom",
    "orders.Carrier": "the name is a courier's",
    "payments.ProviderAccount": "where a company of ours takes money",
    "payments.RefundCap": "how much a role may give back",
    "payments.ReminderStep": "words to everybody who is late",
    "payments.SandboxAnswer": "what the sandbox answered, of no real person",
    "payments.BankFile": "the name is a file's",
    "notices.PushKey": "a key of the installation",
    "access.Role": "the name is a role's",
    "organisation.Firm": "the name is the firm's own",
    "organisation.Unit": "the name is a unit's",
    "organisation.SellingCompany": "a company of ours, in public registers",
    "connectors.Connection": "the name is a back office's",
    "connectors.Exchange": "the subject is items, prices, stock or orders",
    "connectors.Conflict": "who of the house decided about a price or a name of an article",
    "organisation.CompanyLook": "how a company of ours shows itself to everybody",
    "organisation.Area": "the name is a territory's",
    "organisation.Channel": "the name is a way of selling",
    "organisation.ProductLine": "the name is a product line's",
    "health.DailyFigure": "the name is a figure's",
    "files.StoredFile": "told, exported and erased with what it hangs on; gone the night after that is",
    "knowledge.ArticleText": "what the firm tells everybody",
    "knowledge.ArticleFile": "what a file of the firm says",
    "knowledge.KnowledgeVector": "what an article means, as numbers",
    "knowledge.Phrasing": "how a question is put; whose it was is not kept",
    "knowledge.AskedQuestion": "what people ask; who asked is not kept",
    "knowledge.Vote": "whether an article helped; who voted is a hash that nobody can turn back",
    "jobs.Schedule": "the name is a job's",
    "hours.BusinessCalendar": "the name is a calendar's",
    "hours.ClosedDay": "the name is a holiday's",
    "service.ServiceGroup": "the name is a group's; its people are service.GroupMember",
    "catalogue.Product": "the name is a product's",
    "catalogue.ProductText": "the same in another language",
    "catalogue.ProductValue": "the name is an attribute's",
    "catalogue.Catalogue": "the name is a catalogue's; its guests are catalogue.CatalogueGuest",
    "catalogue.WantedPicture": "the address is a picture's",
    "catalogue.Wording": "what a catalogue, a category or an attribute is called in another language",
    "catalogue.StockPlace": "the name is a warehouse's",
    "catalogue.VatClass": "the name is a rate's",
    "invoices.CompanyFiscal": "a company of ours, in public registers",
    "service.CloseReason": "the name is a reason's",
    "service.Macro": "what is written to any customer",
    "payments.ProviderEvent": "what a provider sent about a payment: ids and sums; who paid is payments.Payment",
    "prices.PlanFeature": "the name is a feature's",
    "search.SearchWord": "a word that some names hold, of nobody in particular; gone the night after the last of them",
}
# Columns of declared models that are about things and not about people.
ABOUT_THINGS = {
    "jobs.Job.name": "what kind of work",
    "transfer.ImportMapping.name": "what a mapping is called",
    "service.Ticket.close_reason": "one of the firm's reasons",
    "trees.DecisionTree.name": "what a tree is called",
    "sequences.Sequence.name": "what a sequence is called",
    "service.ComplaintCause.name": "what a cause is called",
    "catalogue.StockMove.reason": "why a stock changed",
    "approvals.Approval.subject_id": "what is to be decided about",
    "deals.AssignmentRule.name": "what a rule is called",
    "deals.DealAssignment.rule_name": "what a rule is called",
    "parties.Party.merged_into": "the same customer's other card",
    "accounts.UserSession.session_key": "a secret, never shown or exported",
}


def own_models() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if model.__module__.startswith("filo."))


def personal_columns(model: type[models.Model]) -> set[str]:
    """The columns that look personal, and the keys that lead to a customer or to somebody of the firm."""
    found = set()
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            if field.related_model._meta.label in ("parties.Party", "accounts.User"):
                found.add(field.name)
        elif LOOKS_PERSONAL.match(field.name) and not isinstance(field, models.BooleanField):
            found.add(field.name)
    return found


def by_model() -> dict[str, PersonalData]:
    return {data.model: data for data in records()}


def test_every_model_about_people_is_in_the_register() -> None:
    known = by_model()
    missing = [
        f"{model._meta.label}: {', '.join(sorted(found))}"
        for model in own_models()
        if (found := personal_columns(model)) and model._meta.label not in known.keys() | NOT_PERSONAL.keys()
    ]
    assert not missing, "declare them in the app's privacy.py, or say above why they hold nothing about people"


def test_every_column_that_looks_personal_is_named_or_leads_to_its_rows() -> None:
    missing = []
    for data in records():
        ways = {*(() if callable(data.party) else data.party), *(() if callable(data.person) else data.person)}
        for name in personal_columns(data.model_class()) - set(data.columns) - ways:
            if f"{data.model}.{name}" not in ABOUT_THINGS and not (callable(data.party) and "subject" in name):
                missing.append(f"{data.model}.{name}")
    assert not missing


def test_the_register_speaks_of_columns_that_exist() -> None:
    for data in records():
        columns = {field.name for field in data.model_class()._meta.concrete_fields}
        assert set(data.columns) <= columns, data.model
        assert set(data.erasure.columns) <= columns, data.model


def test_whoever_may_be_erased_can_be_found() -> None:
    for data in records():
        if data.erasure.how != "keep" and data.model != "accounts.AttemptCount" and not data.kept:
            assert data.party or data.person, data.model


def test_for_how_long_it_is_kept_is_always_said() -> None:
    for data in records():
        assert bool(data.kept) != bool(data.kept_words), data.model
        assert not data.kept or data.kept in kept_kinds(), data.model


@pytest.mark.django_db
def test_rows_of_one_customer_and_of_one_colleague_are_found_and_told_plainly(world: World) -> None:
    own, agent = world.parties["own"], world.people["agent"]
    found = by_model()
    assert [row.pk for row in found["parties.Party"].of_party(own.id)] == [own.id]
    assert found["parties.ContactPoint"].of_party(own.id).count() == 2
    assert found["interactions.Interaction"].of_party(world.parties["shared"].id).count() == 2
    assert found["interactions.Interaction"].of_person(agent.id).count() == 1
    assert found["audit.AuditEntry"].of_party(own.id).exists()
    told = found["parties.Party"].exported(own)
    assert told["display_name"] == "Lanificio Bassi S.r.l."
    for data in records():
        for rows in (data.of_party(own.id), data.of_person(agent.id)):
            for row in rows[:3]:
                assert data.exported(row)


def test_those_of_customers_lead_to_a_customer() -> None:
    """But for what is kept so short, or so far from a name, that nobody can be looked up in it."""
    far = {"mail.OutgoingMail", "transfer.ImportBatch", "accounts.AttemptCount"}
    for data in records():
        if Whose.CUSTOMER in data.whose and data.model not in far:
            assert data.party, data.model


def test_every_kind_says_what_goes() -> None:
    for kind in keeping.kinds().values():
        assert str(kind.what_goes), kind.code
        for proposal in kind.proposals:
            assert kind.house_days is None or proposal.days <= kind.house_days
