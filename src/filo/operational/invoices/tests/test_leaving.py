"""Files really leave: into the company's folder or by certified mail; what comes back is read; what does not leave is
told."""

from __future__ import annotations

import email
import os
import re
import time
from collections.abc import Callable
from email import policy
from pathlib import Path

import pytest
from pytest_django import Settings

from filo.foundation.access.principal import system
from filo.foundation.errors import InvalidFields
from filo.foundation.events.services import relay_batch
from filo.foundation.files.queries import read_file
from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.running import run_claimed
from filo.foundation.mail.models import MailState, OutgoingMail
from filo.foundation.notices.models import Notice
from filo.operational.invoices.folder import Folder
from filo.operational.invoices.models import CompanyFiscal, Invoice
from filo.operational.invoices.services import send_invoice, take_in
from filo.operational.invoices.services.company import save_fiscal
from filo.operational.invoices.services.fetching import read_folders
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.test_exchange import answer
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]
PEC = {"way": "pec", "certified_mail": "aurora@pec.example", "exchange_pec": "sdi01@pec.example"}


@pytest.fixture(autouse=True)
def house(settings: Settings, tmp_path: Path) -> Path:
    """A data directory of its own, and mail kept as files."""
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = "filo.foundation.mail.capture.EmailBackend"
    settings.SMTP_SERVER, settings.OUTBOX_DIR = None, tmp_path / "outbox"
    settings.SITE_URL = "https://crm.example.it"
    return tmp_path


def run_all() -> None:
    """Jobs that are due, and what follows from them."""
    for _round in range(2):
        while job := claim("tester", ["default", "mail", "outward"]):
            run_claimed(job)
        relay_batch()


def by(office: Office, **facts: str) -> None:
    save_fiscal(office.principal("admin"), office.company, facts)


def lay(place: Path, name: str, content: bytes, *, age: float = 60) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    (place / name).write_bytes(content)
    os.utime(place / name, (time.time() - age, time.time() - age))
    return place / name


def test_a_file_is_laid_whole_into_the_folder_after_the_commit(office: Office, house: Path) -> None:
    by(office, way="folder", folder="aurora-moda")
    file = send_invoice(office.principal(), office.issue())
    out = house / "invoices" / "aurora-moda" / "out"
    assert (file.way, file.left_at, list(out.iterdir())) == ("folder", None, [])
    run_all()
    file.refresh_from_db()
    assert file.left_at is not None
    assert [one.name for one in out.iterdir()] == ["IT01234567897_00001.xml"]
    assert (out / file.name).read_bytes() == read_file(file.content)
    assert b"FatturaElettronica" in (out / file.name).read_bytes()


def test_what_is_laid_into_the_folder_is_read_and_put_away(office: Office, house: Path) -> None:
    by(office, way="folder", folder="moda")
    found = office.issue()
    file = send_invoice(office.principal(), found)
    run_all()
    folder = house / "invoices" / "moda"
    name, content = answer("RicevutaConsegna", file)
    lay(folder / "in", name, content)
    lay(folder / "in", "strano.xml", b"<a/>")
    lay(folder / "in", "half.xml.part", content)
    lay(folder / "in", "fresh.xml", content, age=0)
    assert read_folders(system("invoices")) == 2
    assert office.again(found).state == "delivered"
    assert sorted(one.name for one in (folder / "in").iterdir()) == ["fresh.xml", "half.xml.part"]
    assert [one.name.endswith(name) for one in (folder / "done").iterdir()] == [True]
    assert [one.name.endswith("strano.xml") for one in (folder / "aside").iterdir()] == [True]
    assert read_folders(system("invoices")) == 0


def test_by_certified_mail_the_exchange_gets_the_file_itself(office: Office, house: Path) -> None:
    by(office, **PEC)
    found = office.issue()
    file = send_invoice(office.principal(), found)
    assert file.left_at is None
    run_all()
    file.refresh_from_db()
    (kept,) = (house / "outbox").glob("*.eml")
    mail = email.message_from_bytes(kept.read_bytes(), policy=policy.default)
    (part,) = mail.iter_attachments()
    assert (mail["To"], mail["Subject"]) == ("sdi01@pec.example", "IT01234567897_00001.xml")
    assert "aurora@pec.example" in mail["From"]
    assert (part.get_filename(), b"FatturaElettronica" in part.get_content()) == ("IT01234567897_00001.xml", True)
    assert (office.again(found).state, file.left_at is not None) == ("sent", True)


def test_a_mail_that_was_refused_leaves_the_invoice_to_be_sent_again(office: Office, settings: Settings) -> None:
    by(office, **PEC)
    found = office.issue()
    file = send_invoice(office.principal(), found)
    settings.OUTBOX_DIR = Path("/dev/null/nowhere")
    for _time in range(14):
        Job.objects.filter(name="mail.send_mail").update(run_at=found.created_at)
        run_all()
    assert OutgoingMail.objects.get(key=f"invoice-file:{file.pk}").state == MailState.FAILED
    file.refresh_from_db()
    assert (office.again(found).state, file.left_at) == ("issued", None)
    assert file.said
    (notice,) = Notice.objects.filter(kind="invoice.not-sent", person=office.principal().user_id)
    assert notice.url == f"/invoices/{found.pk}"
    by(office, way="hand")
    again = send_invoice(office.principal(), office.again(found))
    assert (again.name, office.again(found).state) == ("IT01234567897_00002.xml", "sent")
    run_all()
    assert not Notice.objects.filter(kind="invoice.not-sent", read_at=None).exists()


def test_a_folder_that_cannot_be_used_is_tried_again_and_then_told(office: Office, house: Path) -> None:
    found = office.issue()
    CompanyFiscal.objects.filter(company=office.company).update(way="folder", folder="aurora")
    (house / "invoices").write_text("no folder")
    file = send_invoice(office.principal(), found)
    for _time in range(6):
        Job.objects.filter(name="invoices.put_into_folder").update(run_at=found.created_at)
        run_all()
    file.refresh_from_db()
    assert (office.again(found).state, file.left_at) == ("issued", None)
    assert Notice.objects.filter(kind="invoice.not-sent").exists()


@pytest.mark.parametrize(
    ("root", "kind"), [("NotificaScarto", "invoice.rejected"), ("NotificaMancataConsegna", "invoice.undelivered")]
)
def test_its_maker_is_told_what_went_wrong(office: Office, root: str, kind: str) -> None:
    found = office.issue()
    file = send_invoice(office.principal(), found)
    take_in(office.principal("admin"), [answer(root, file)])
    run_all()
    people = set(Notice.objects.filter(kind=kind).values_list("person", flat=True))
    assert office.principal().user_id in people
    assert people <= {office.principal().user_id, found.owner_id}


def test_what_is_missing_for_certified_mail_is_said(office: Office) -> None:
    with pytest.raises(InvalidFields) as refused:
        by(office, way="pec")
    assert set(refused.value.fields) == {"certified_mail", "exchange_pec"}
    with pytest.raises(InvalidFields):
        send_invoice(office.principal(), office.issue(), way="pec")
    assert Invoice.objects.get().state == "issued"


@pytest.mark.parametrize("name", ["../fuori", "/etc", "A", ".", "a/b"])
def test_a_folder_is_a_name_and_no_way(office: Office, name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(name)):
        Folder(name)
    with pytest.raises(InvalidFields):
        by(office, way="folder", folder=name)


def test_the_page_offers_what_the_company_has(office: Office, client_of: ClientOf) -> None:
    found, client = office.issue(), client_of("inside")
    page = client.get(f"/invoices/{found.pk}").content.decode()
    assert ('value="hand"' in page, 'value="pec"' in page) == (True, False)
    by(office, **PEC)
    page = client.get(f"/invoices/{found.pk}").content.decode()
    assert page.index('value="hand"') < page.index('value="pec"')
    assert client.post(f"/invoices/{found.pk}/send", {"way": "pec"}).status_code == 302
    assert office.again(found).state == "sent"
