"""Addresses of articles."""

from django.urls import path

from filo.collaborative.knowledge.views import articles, customers, lists, report, shelves, things, tickets, versions

app_name = "knowledge"
urlpatterns = [
    path("knowledge", lists.index, name="list"),
    path("knowledge/filter", lists.filter_form, name="filter"),
    path("knowledge/move", shelves.move, name="move"),
    path("knowledge/new", articles.new, name="new"),
    path("knowledge/preview", articles.preview, name="preview"),
    path("knowledge/asked", report.index, name="asked"),
    path("knowledge/asked/learn", report.learn, name="asked-learn"),
    path("knowledge/categories", shelves.index, name="categories"),
    path("knowledge/categories/new", shelves.new, name="category-new"),
    path("knowledge/categories/<uuid:category_id>", shelves.edit, name="category"),
    path("knowledge/categories/<uuid:category_id>/put", shelves.put, name="category-put"),
    path("knowledge/categories/<uuid:category_id>/remove", shelves.remove, name="category-remove"),
    path("knowledge/<uuid:article_id>", articles.page, name="article"),
    path("knowledge/<uuid:article_id>/edit", articles.edit, name="edit"),
    path("knowledge/<uuid:article_id>/state", articles.state, name="state"),
    path("knowledge/<uuid:article_id>/put", things.put, name="put"),
    path("knowledge/<uuid:article_id>/take-off", things.take_off, name="take-off"),
    path("knowledge/<uuid:article_id>/files/<uuid:row_id>", things.file, name="file"),
    path("knowledge/<uuid:article_id>/files/<uuid:row_id>/remove", things.remove_file, name="file-remove"),
    path("knowledge/<uuid:article_id>/forget/<uuid:phrasing_id>", things.forget, name="forget"),
    path("knowledge/<uuid:article_id>/versions", versions.index, name="versions"),
    path("knowledge/<uuid:article_id>/versions/<int:number>", versions.compare, name="version"),
    path("knowledge/<uuid:article_id>/versions/<int:number>/restore", versions.restore, name="restore"),
    path("tickets/<uuid:ticket_id>/article", tickets.make, name="of-ticket"),
    path("tickets/<uuid:ticket_id>/article/near", tickets.near, name="ticket-near"),
    path("tickets/<uuid:ticket_id>/article/put", tickets.put, name="ticket-put"),
    path("p/kb", customers.home, name="kb"),
    path("p/kb/find", customers.find, name="kb-find"),
    path("p/kb/ask", customers.person, name="kb-ask"),
    path("p/kb/in/<slug:code>", customers.category, name="kb-category"),
    path("p/kb/<slug:code>", customers.article, name="kb-article"),
    path("p/kb/<slug:code>/vote", customers.vote_on, name="kb-vote"),
    path("p/kb/<slug:code>/files/<uuid:row_id>", customers.file, name="kb-file"),
]
