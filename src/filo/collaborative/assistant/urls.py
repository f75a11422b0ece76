"""Addresses of the assistant."""

from django.urls import path

from filo.collaborative.assistant.views import console, customer, guides

app_name = "assistant"
urlpatterns = [
    path("p/assistant", customer.page, name="page"),
    path("p/assistant/tell", customer.tell, name="tell"),
    path("p/assistant/shown", customer.shown, name="shown"),
    path("chats/<uuid:chat_id>/counter", console.counter, name="counter"),
    path("chats/<uuid:chat_id>/cart", console.cart, name="cart"),
    path("chats/<uuid:chat_id>/serve", console.serve, name="serve"),
    path("settings/sections", console.sections, name="sections"),
    path("settings/guided", guides.index, name="guides"),
    path("settings/guided/<uuid:guide_id>/detach", guides.detach, name="guide-detach"),
    path("trees/<uuid:tree_id>/preview", guides.preview, name="preview"),
]
