"""What a list says about articles: typed into its table, added, pasted from a sheet, as a file in and out."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from xlsxwriter import Workbook

from filo.foundation.amounts import read_number
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest, posted_version
from filo.operational.catalogue.models import Variant
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.prices.models import PriceList, PriceRule
from filo.operational.prices.pasting import cells_of_file, cells_of_text, read_lines
from filo.operational.prices.queries.tables import seen_list
from filo.operational.prices.services.lists import RuleRow, row_told, write_rules
from filo.operational.prices.typed import read_cell
from filo.operational.prices.views.lists import list_page

MOST_TYPED = 2_000_000


@require_POST
def cells(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """What was typed into the table; what is the same changes nothing, and who saved first is not overwritten."""
    found, version = seen_list(request.principal, list_id), posted_version(request)
    rows, wrong = [], {}
    for name, text in request.POST.items():
        if name.count("|") != 2:
            continue
        try:
            rows.append(_cell_row(name, str(text)))
        except ValueError as error:
            wrong[name] = str(error)
    if wrong:
        return list_page(request, found, status=422, wrong=wrong, typed=request.POST.dict(), version=version)
    return _written(request, found, rows, focus=f"?{request.GET.urlencode()}" if request.GET else "", version=version)


def _cell_row(name: str, text: str) -> RuleRow:
    try:
        row = row_told(name, None)
    except (ValueError, ArithmeticError):
        raise ValueError(_("This line is not of this list.")) from None
    means, value = read_cell(text)
    return RuleRow(
        value, row.min_quantity, means, row.variant_id, row.product_id, row.line_id, row.category, row.valid_from
    )


@require_POST
def add(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """One more line: of an article by its code, of a category, a product line, or of everything."""
    found = seen_list(request.principal, list_id)
    try:
        row = _added(request)
    except ValueError as error:
        return list_page(request, found, status=422, add_wrong=str(error), added=request.POST)
    return _written(request, found, [row], focus="#add")


def _added(request: StaffRequest) -> RuleRow:
    means, value = read_cell(request.POST.get("value", ""))
    if value is None:
        raise ValueError(_("Say a price, or a percentage."))
    text = request.POST.get("start", "").strip() or "1"
    try:
        start = read_number(text)
    except ValueError:
        raise ValueError(_("“%(text)s” is not a quantity.") % {"text": text[:40]}) from None
    return RuleRow(value, start, means, **_about(request))


def _about(request: StaffRequest) -> dict[str, Any]:
    """Of what the line is, as the form says."""
    of, sku = request.POST.get("of", "variant"), request.POST.get("sku", "")
    if of == "all":
        return {}
    if of == "category":
        if not (category := request.POST.get("category", "").strip()[:120]):
            raise ValueError(_("Say which category."))
        return {"category": category}
    if of == "line":
        return {"line_id": UUID(request.POST["line"])} if request.POST.get("line") else _nothing()
    variant = Variant.objects.filter(sku_folded=folded_sku(sku), product__deleted_at=None).first()
    if variant is None:
        raise ValueError(_("There is no article with the code “%(sku)s”.") % {"sku": sku[:60]})
    return {"product_id": variant.product_id} if of == "product" else {"variant_id": variant.pk}


def _nothing() -> dict[str, Any]:
    raise ValueError(_("Say which product line."))


@require_POST
def paste(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """Lines from a spreadsheet, pasted or as a file: the good ones are kept, the others told with the reason."""
    found = seen_list(request.principal, list_id)
    request.principal.require("price", "edit")
    file, text = request.FILES.get("file"), request.POST.get("text", "")[:MOST_TYPED]
    try:
        cells_read = cells_of_file(file.read(), file.name or "") if file is not None else cells_of_text(text)
        read = read_lines(cells_read)
    except (InvalidFields, csv.Error) as error:
        said = [
            str(one) for many in getattr(error, "fields", {"": [_("This cannot be read.")]}).values() for one in many
        ]
        return list_page(request, found, status=422, paste_wrong=[(0, one) for one in said], pasted=text)
    if not read.rows and not read.wrong:
        return list_page(request, found, status=422, paste_wrong=[(0, _("Paste some lines first."))], pasted=text)
    if read.wrong and request.POST.get("some") != "yes":
        kept = text or "\n".join("\t".join(row) for row in cells_read)
        return list_page(
            request, found, status=422, paste_wrong=read.wrong[:100], paste_good=len(read.rows), pasted=kept
        )
    return _written(request, found, read.rows)


def _written(
    request: StaffRequest, found: PriceList, rows: list[RuleRow], focus: str = "", version: int | None = None
) -> HttpResponse:
    try:
        with one_operation() as operation:
            changed = write_rules(request.principal, found, rows, version=version)
    except InvalidFields as error:
        said = [str(one) for many in error.fields.values() for one in many]
        return list_page(request, found, status=422, paste_wrong=[(0, one) for one in said])
    except Stale as error:
        told = {"refusal": str(error), "differing": error.differing, "typed": request.POST.dict()}
        return list_page(request, seen_list(request.principal, found.pk), status=422, **told)
    if changed:
        sentence = ngettext("%(count)s line changed.", "%(count)s lines changed.", changed) % {"count": changed}
        messages_with_undo(request, sentence, operation, f"/price-lists/{found.pk}")
    else:
        messages.success(request, _("Nothing changed."))
    return redirect(f"/price-lists/{found.pk}{focus}")


@require_GET
def file(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """The lines of articles as they can be brought back: code, price, from how many; `as` says csv or xlsx."""
    request.principal.require("price", "view")
    found = seen_list(request.principal, list_id)
    rules = PriceRule.objects.filter(list=found, variant__isnull=False, means="price", valid_from=None)
    rows = rules.order_by("variant__sku_folded", "min_quantity").values_list("variant__sku", "value", "min_quantity")
    if request.GET.get("as") == "xlsx":
        content, kind, ending = _sheet(list(rows)), _XLSX, "xlsx"
    else:
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["SKU", "price", "from"])
        writer.writerows((_safe(sku), f"{value.normalize():f}", f"{start.normalize():f}") for sku, value, start in rows)
        content, kind, ending = text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "csv"
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{found.code}.{ending}"'
    return answer


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _safe(text: str) -> str:
    """A code that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _sheet(rows: list[Any]) -> bytes:
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["SKU", "price", "from"])
        for number, (sku, value, start) in enumerate(rows, start=1):
            sheet.write_string(number, 0, sku)
            sheet.write_number(number, 1, float(value))
            sheet.write_number(number, 2, float(start))
    return content.getvalue()
