"""Files of banks at the API: taken in once, read line by line, settled, left aside, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from filo.foundation.organisation.models import SellingCompany
from filo.operational.payments.models import BankLine, Due, Payment
from filo.operational.payments.tests.books import Books
from filo.operational.payments.tests.test_bank_files import TWO_COLUMNS
from filo.testing.api import ApiClient, api_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(books: Books) -> ApiClient:
    return api_of(books.world, "inside")


def sent(api: ApiClient, content: bytes = TWO_COLUMNS, *, company: str = "", **more: str) -> Any:
    """Send a file as a form does."""
    company = company or SellingCompany.objects.get(name="Aurora Moda").code
    file = SimpleUploadedFile("estratto.csv", content, "text/csv")
    body = encode_multipart(BOUNDARY, {"company": company, "file": file} | more)
    return api.generic("POST", "/api/v1/bank-files", body, content_type=MULTIPART_CONTENT)


def lines(api: ApiClient, file: str, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.read(f"/bank-files/{file}/lines{query}").json()["items"]
    return found


def test_a_file_is_taken_in_once_and_every_line_is_accounted_for(books: Books, inside: ApiClient) -> None:
    books.due("300.00", document="Fattura 2026/44")
    made = sent(inside)
    found = made.json()
    counts = {name: found[name] for name in ("matched", "proposed", "unknown", "ignored", "again")}
    assert counts == {"matched": 0, "proposed": 1, "unknown": 2, "ignored": 1, "again": 0}
    assert (made.status_code, found["refused"]) == (201, [{"number": 9, "reason": "no-amount"}])
    assert sent(inside).json() == found
    assert inside.read("/bank-files").json()["items"] == [found]
    assert inside.read("/bank-files?q=altro").json()["items"] == []
    assert inside.read(f"/bank-files/{found['id']}").json() == found


def test_a_proposal_is_read_accepted_and_taken_back(books: Books, inside: ApiClient) -> None:
    due = books.due("300.00", document="Fattura 2026/44")
    file = sent(inside).json()["id"]
    (line,) = lines(inside, file, "?state=proposed")
    assert line["proposal"]["due"] == str(due.pk)
    assert (line["proposal"]["left"]["amount"], line["reasons"][0], line["payment"]) == ("300.00", "sum", None)
    for matched in (1, 0):
        answer = inside.send(f"/bank-files/{file}/accept", {"lines": [line["id"]]})
        assert answer.json() == {"matched": matched}
    (line,) = lines(inside, file, "?state=matched")
    assert line["payment"] == str(Payment.objects.get().pk)
    again = inside.send(f"/bank-files/{file}/lines/{line['id']}/reopen").json()
    assert (again["state"], again["payment"], f"{Due.objects.get().paid}") == ("proposed", None, "0.00")


def test_a_line_is_settled_by_hand_or_left_aside(books: Books, inside: ApiClient) -> None:
    due = books.due("50.00")
    file = sent(inside).json()["id"]
    unknown = next(one for one in lines(inside, file) if one["sum"]["amount"] == "7.77")
    outwards = next(one for one in lines(inside, file) if one["state"] == "ignored")
    path = f"/bank-files/{file}/lines/{unknown['id']}"
    for _time in range(2):
        assert inside.send(f"{path}/ignore").json()["state"] == "ignored"
    assert inside.send(f"{path}/reopen").json()["state"] in ("unknown", "proposed")
    assert inside.send(f"{path}/match", {"due": str(due.pk)}).json()["state"] == "matched"
    assert Due.objects.get().left == due.amount - Payment.objects.get().amount
    for verb, body in (("match", {"due": str(due.pk)}), ("ignore", None)):
        answer = inside.send(f"{path}/{verb}", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "line-matched")
    out = inside.send(f"/bank-files/{file}/lines/{outwards['id']}/match", {"due": str(due.pk)})
    assert (out.status_code, out.json()["code"]) == (409, "line-outwards")
    gone = "01a2019c-7fd7-7c53-bc80-8be9dfea212e"
    wrong = inside.send(f"/bank-files/{file}/lines/{outwards['id']}/match", {"due": gone})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["due"])
    assert inside.send(f"/bank-files/{file}/lines/{gone}/ignore").status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        "Data;Importo\n01/10/2026;1,00\n".encode("utf-16-le"),
        "Data;Importo\n".encode("cp037"),
        b"una;tabella\n1;2\n",
        b"Data;Importo\n",
        b"<Document",
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(books: Books, inside: ApiClient, content: bytes) -> None:
    answer = sent(inside, content)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["file"])


def test_a_file_in_windows_1252_or_utf_16_is_read(books: Books, inside: ApiClient) -> None:
    found = sent(inside, TWO_COLUMNS.decode("cp1252").encode("utf-16")).json()
    assert found["unknown"] == 3
    assert "società" in BankLine.objects.get(state="ignored").text


def test_an_unknown_company_or_field_is_named(books: Books, inside: ApiClient) -> None:
    assert list(sent(inside, company="nessuna").json()["fields"]) == ["company"]
    assert list(sent(inside, colour="red").json()["fields"]) == ["colour"]


def test_files_are_for_those_who_keep_the_books(books: Books, inside: ApiClient) -> None:
    file = sent(inside).json()["id"]
    for who in ("agent", "manager", "operator"):
        api = api_of(books.world, who)
        assert sent(api).status_code == 403
        assert api.read("/bank-files").status_code == 403
        assert api.read(f"/bank-files/{file}/lines").status_code == 403
    assert api_of(books.world, "inside", scopes=["party:read"]).read("/bank-files").status_code == 403


def test_lines_are_paged_as_they_stand_in_the_file(books: Books, inside: ApiClient) -> None:
    file = sent(inside).json()["id"]
    first = inside.read(f"/bank-files/{file}/lines?limit=3").json()
    rest = inside.read(f"/bank-files/{file}/lines?limit=3&cursor={first['next']}").json()
    numbers = [one["number"] for one in first["items"] + rest["items"]]
    assert (numbers, first["count"], rest["next"]) == (sorted(numbers), 4, None)
    assert inside.read(f"/bank-files/{file}/lines?state=odd").status_code == 422
