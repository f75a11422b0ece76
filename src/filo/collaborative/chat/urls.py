"""Addresses of chats."""

from django.urls import path

from filo.collaborative.chat.views import console, customer, settings, widget

app_name = "chat"
urlpatterns = [
    path("p/chat/widget.js", widget.script, name="widget"),
    path("p/chat/at/<slug:code>", customer.frame, name="frame"),
    path("p/chat/now", customer.now, name="now"),
    path("p/chat/begin", customer.begin, name="begin"),
    path("p/chat/call-me", customer.call_me, name="call-me"),
    path("p/chat/say", customer.say, name="say"),
    path("p/chat/sign", customer.sign, name="sign"),
    path("p/chat/end", customer.end, name="end"),
    path("p/chat/<uuid:chat_id>/files/<uuid:file_id>", customer.file, name="file"),
    path("chats", console.index, name="index"),
    path("chats/lists", console.lists, name="lists"),
    path("chats/desk", console.desk, name="desk"),
    path("chats/here", console.here, name="here"),
    path("chats/<uuid:chat_id>", console.talk, name="talk"),
    path("chats/<uuid:chat_id>/news", console.news, name="news"),
    path("chats/<uuid:chat_id>/around", console.around, name="around"),
    path("chats/<uuid:chat_id>/files/<uuid:file_id>", console.file, name="operator-file"),
    path("chats/<uuid:chat_id>/say", console.say, name="operator-say"),
    path("chats/<uuid:chat_id>/sign", console.sign, name="operator-sign"),
    path("chats/<uuid:chat_id>/take", console.take, name="take"),
    path("chats/<uuid:chat_id>/called", console.called, name="called"),
    path("chats/<uuid:chat_id>/pass", console.pass_on, name="pass"),
    path("chats/<uuid:chat_id>/end", console.end, name="operator-end"),
    path("settings/chat", settings.places, name="places"),
    path("settings/chat/<uuid:place_id>", settings.place, name="place"),
]
