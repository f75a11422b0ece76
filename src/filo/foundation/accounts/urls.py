"""Addresses of the door and of oneself."""

from django.urls import path

from filo.foundation.accounts import views

app_name = "accounts"
urlpatterns = [
    path("me", views.me, name="me"),
    path("me/password", views.change_password, name="password"),
    path("me/sessions/<uuid:session_id>/close", views.close_session, name="session-close"),
    path("me/tokens", views.make_token, name="token-make"),
    path("me/tokens/<uuid:token_id>/revoke", views.revoke_token, name="token-revoke"),
    path("view-as/end", views.view_as_end, name="view-as-end"),
    path("view-as/<uuid:user_id>", views.view_as, name="view-as"),
    path("language", views.language, name="language"),
]
