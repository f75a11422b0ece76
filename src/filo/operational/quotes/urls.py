"""Addresses of quotes."""

from django.urls import path

from filo.operational.quotes.views import acts, lists, pages, public

app_name = "quotes"
urlpatterns = [
    path("quotes", lists.index, name="list"),
    path("quotes/filter", lists.filter_form, name="filter"),
    path("quotes/new", pages.new, name="new"),
    path("quotes/<uuid:quote_id>", pages.page, name="quote"),
    path("quotes/<uuid:quote_id>/facts", pages.facts, name="facts"),
    path("quotes/<uuid:quote_id>/peek", pages.peek, name="peek"),
    path("quotes/<uuid:quote_id>/changes", pages.changes, name="changes"),
    path("quotes/<uuid:quote_id>/articles", pages.articles, name="articles"),
    path("quotes/<uuid:quote_id>/pdf", pages.pdf, name="pdf"),
    path("quotes/<uuid:quote_id>/write", acts.write, name="write"),
    path("quotes/<uuid:quote_id>/send", acts.send, name="send"),
    path("quotes/<uuid:quote_id>/accept", acts.accept, name="accept"),
    path("quotes/<uuid:quote_id>/reject", acts.reject, name="reject"),
    path("quotes/<uuid:quote_id>/win-deal", acts.win, name="win"),
    path("quotes/<uuid:quote_id>/ask", acts.ask, name="ask"),
    path("quotes/<uuid:quote_id>/stop", acts.stop, name="stop"),
    path("quotes/<uuid:quote_id>/reprice", acts.again, name="reprice"),
    path("quotes/<uuid:quote_id>/version", acts.version, name="version"),
    path("quotes/<uuid:quote_id>/copy", acts.copy, name="copy"),
    path("quotes/<uuid:quote_id>/withdraw", acts.withdraw, name="withdraw"),
    path("quotes/<uuid:quote_id>/discard", acts.discard, name="discard"),
    path("quotes/<uuid:quote_id>/bring-back", acts.back, name="bring-back"),
    path("parties/<uuid:party_id>/quotes", pages.of_party, name="of-party"),
    path("p/quote/<str:token>", public.page, name="public"),
    path("p/quote/<str:token>/sums", public.sums, name="public-sums"),
    path("p/quote/<str:token>/pdf", public.pdf, name="public-pdf"),
    path("p/quote/<str:token>/seen", public.seen, name="public-seen"),
    path("p/quote/<str:token>/accept", public.accept, name="public-accept"),
    path("p/quote/<str:token>/reject", public.reject, name="public-reject"),
    path("p/quote/<str:token>/ask", public.ask, name="public-ask"),
]
