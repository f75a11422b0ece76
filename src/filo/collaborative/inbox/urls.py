"""Addresses of conversations."""

from django.urls import path

from filo.collaborative.inbox.views import acts, contents, pages, phoning, snippets, writing

app_name = "inbox"
urlpatterns = [
    path("inbox", pages.index, name="list"),
    path("inbox/queue", pages.queue, name="queue"),
    path("inbox/new", writing.new, name="new"),
    path("inbox/of/<uuid:party_id>", writing.of_party, name="of-party"),
    path("inbox/<uuid:conversation_id>", pages.talk, name="talk"),
    path("inbox/<uuid:conversation_id>/messages", pages.messages, name="messages"),
    path("inbox/<uuid:conversation_id>/answer", acts.answer, name="answer"),
    path("inbox/<uuid:conversation_id>/messages/<uuid:message_id>/call-back", acts.back, name="call-back"),
    path("inbox/<uuid:conversation_id>/messages/<uuid:message_id>/look", contents.look, name="look"),
    path("inbox/<uuid:conversation_id>/files/<uuid:file_id>", contents.file, name="file"),
    path("inbox/<uuid:conversation_id>/draft", acts.draft, name="draft"),
    path("inbox/<uuid:conversation_id>/note", acts.note, name="note"),
    path("inbox/<uuid:conversation_id>/call", phoning.call, name="call"),
    path("inbox/<uuid:conversation_id>/give", acts.give, name="give"),
    path("inbox/<uuid:conversation_id>/state", acts.state, name="state"),
    path("inbox/<uuid:conversation_id>/put-off", acts.put_off, name="put-off"),
    path("inbox/<uuid:conversation_id>/tags", acts.tags, name="tags"),
    path("inbox/<uuid:conversation_id>/share", acts.make_shared, name="share"),
    path("inbox/<uuid:conversation_id>/others", pages.others, name="others"),
    path("inbox/<uuid:conversation_id>/colleagues", pages.colleagues, name="colleagues"),
    path("inbox/<uuid:conversation_id>/changes", pages.changes, name="changes"),
    path("inbox/<uuid:conversation_id>/join", acts.join, name="join"),
    path("inbox/<uuid:conversation_id>/part", acts.part, name="part"),
    path("inbox/<uuid:conversation_id>/move", acts.move, name="move"),
    path("inbox/texts", snippets.index, name="snippets"),
    path("inbox/texts/new", snippets.edit, name="snippet-new"),
    path("inbox/texts/preview", snippets.preview, name="snippet-preview"),
    path("inbox/texts/<uuid:snippet_id>", snippets.edit, name="snippet"),
    path("inbox/texts/<uuid:snippet_id>/remove", snippets.remove, name="snippet-remove"),
]
