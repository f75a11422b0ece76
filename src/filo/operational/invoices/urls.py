"""Addresses of invoices."""

from django.urls import path

from filo.operational.invoices.views import acts, deliveries, orders, pages, settings, taking

app_name = "invoices"
urlpatterns = [
    path("invoices", pages.index, name="list"),
    path("invoices/new", pages.new, name="new"),
    path("invoices/deliveries", deliveries.index, name="deliveries"),
    path("invoices/import", taking.page, name="import"),
    path("invoices/import/<uuid:file_id>", taking.file, name="file"),
    path("invoices/import/<uuid:file_id>/again", taking.again, name="again"),
    path("invoices/import/<uuid:file_id>/keep", taking.keep, name="keep"),
    path("invoices/<uuid:invoice_id>", pages.page, name="invoice"),
    path("invoices/<uuid:invoice_id>/pdf", pages.pdf, name="pdf"),
    path("invoices/<uuid:invoice_id>/xml", pages.xml, name="xml"),
    path("invoices/<uuid:invoice_id>/attachments/<int:place>", pages.attachment, name="attachment"),
    path("invoices/<uuid:invoice_id>/write", acts.write, name="write"),
    path("invoices/<uuid:invoice_id>/changes", pages.changes, name="changes"),
    path("invoices/<uuid:invoice_id>/issue", acts.issue, name="issue"),
    path("invoices/<uuid:invoice_id>/send", acts.send, name="send"),
    path("invoices/<uuid:invoice_id>/mend", acts.mend, name="mend"),
    path("invoices/<uuid:invoice_id>/credit", acts.credit, name="credit"),
    path("invoices/<uuid:invoice_id>/delete", acts.delete, name="delete"),
    path("orders/<uuid:order_id>/bill", orders.of_order, name="bill-order"),
    path("shipments/<uuid:shipment_id>/bill", orders.of_shipment, name="bill-shipment"),
    path("parties/<uuid:party_id>/invoices", pages.of_party, name="of-party"),
    path("settings/invoices", settings.index, name="settings"),
    path("settings/invoices/<uuid:company_id>", settings.company, name="company"),
]
