"""Addresses of payments."""

from django.urls import path

from filo.operational.payments.views import bank, card, customers, lists, payment, reminders, sandbox, settings

app_name = "payments"
urlpatterns = [
    path("dues", lists.dues, name="dues"),
    path("dues/new", payment.new_due, name="new-due"),
    path("dues/<uuid:due_id>", payment.due, name="due"),
    path("dues/<uuid:due_id>/dispute", payment.dispute, name="dispute"),
    path("payments", lists.payments, name="list"),
    path("payments/new", payment.new, name="new"),
    path("payments/bank", bank.index, name="bank"),
    path("payments/bank/<uuid:file_id>", bank.file, name="bank-file"),
    path("payments/bank/<uuid:file_id>/act", bank.act, name="bank-act"),
    path("payments/reminders", reminders.index, name="reminders"),
    path("payments/<uuid:payment_id>", payment.page, name="payment"),
    path("payments/<uuid:payment_id>/share", payment.share, name="share"),
    path("payments/<uuid:payment_id>/take-back", payment.take_back, name="take-back"),
    path("payments/<uuid:payment_id>/restore", payment.restore, name="restore"),
    path("payments/<uuid:payment_id>/refund", payment.refund, name="refund"),
    path("parties/<uuid:party_id>/payments", card.of_party, name="of-party"),
    path("parties/<uuid:party_id>/payments/all", card.history, name="history"),
    path("settings/payments", settings.index, name="settings"),
    path("settings/payments/ready", settings.ready, name="settings-ready"),
    path("settings/payments/<slug:kind>/new", settings.new, name="settings-new"),
    path("settings/payments/<slug:kind>/<uuid:thing_id>", settings.edit, name="settings-edit"),
    path("p/pay/hooks/<uuid:account_id>", customers.hook, name="hook"),
    path("p/pay/sandbox/<uuid:account_id>/v1/checkout/sessions", sandbox.sessions, name="sandbox-sessions"),
    path(
        "p/pay/sandbox/<uuid:account_id>/v1/checkout/sessions/<slug:session_id>/expire",
        sandbox.expire,
        name="sandbox-expire",
    ),
    path("p/pay/sandbox/<uuid:account_id>/v1/refunds", sandbox.refunds, name="sandbox-refunds"),
    path("p/pay/sandbox/<slug:session_id>", sandbox.session, name="sandbox"),
    path("p/pay/<str:token>", customers.pay, name="pay"),
    path("p/pay/<str:token>/<slug:kind>", customers.begin, name="begin"),
]
