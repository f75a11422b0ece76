"""Addresses of the mailroom."""

from django.urls import path

from filo.collaborative.mailroom.views import mailboxes, quarantine

app_name = "mailroom"
BOX = "settings/mailboxes/<uuid:mailbox_id>"
MAIL = "settings/incoming-mail/<uuid:mail_id>"
urlpatterns = [
    path("settings/mailboxes", mailboxes.mailboxes, name="mailboxes"),
    path("settings/mailboxes/new", mailboxes.new, name="new"),
    path(BOX, mailboxes.mailbox, name="mailbox"),
    path(f"{BOX}/look", mailboxes.look, name="look"),
    path(f"{BOX}/switch-off", mailboxes.switch_off, name="switch-off"),
    path(f"{BOX}/switch-on", mailboxes.switch_on, name="switch-on"),
    path("settings/incoming-mail", quarantine.quarantine, name="quarantine"),
    path(MAIL, quarantine.mail, name="mail"),
    path(f"{MAIL}/raw", quarantine.raw, name="raw"),
    path(f"{MAIL}/try-again", quarantine.again, name="try-again"),
    path(f"{MAIL}/ignore", quarantine.ignore, name="ignore"),
    path(f"{MAIL}/put-aside", quarantine.put_aside, name="put-aside"),
]
