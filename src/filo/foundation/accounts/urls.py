"""Addresses of the door, of oneself, and of people and roles in the settings."""

from django.urls import path

from filo.foundation.accounts.views import me, people, roles, security, start

app_name = "accounts"
urlpatterns = [
    path("start", start.start, name="start"),
    path("me", me.me, name="me"),
    path("me/password", me.change_password, name="password"),
    path("me/sessions/<uuid:session_id>/close", me.close_session, name="session-close"),
    path("me/tokens", me.make_token, name="token-make"),
    path("me/tokens/<uuid:token_id>/revoke", me.revoke_token, name="token-revoke"),
    path("view-as/end", me.view_as_end, name="view-as-end"),
    path("view-as/<uuid:user_id>", me.view_as, name="view-as"),
    path("language", me.language, name="language"),
    path("settings/people", people.people, name="people"),
    path("settings/people/new", people.new, name="person-new"),
    path("settings/people/<uuid:user_id>", people.one, name="person"),
    path("settings/people/<uuid:user_id>/invite", people.invite, name="person-invite"),
    path("settings/people/<uuid:user_id>/close", people.close, name="person-close"),
    path("settings/people/<uuid:user_id>/reopen", people.reopen, name="person-reopen"),
    path("settings/roles", roles.roles, name="roles"),
    path("settings/roles/<uuid:role_id>", roles.one, name="role"),
    path("settings/roles/<uuid:role_id>/reset", roles.reset, name="role-reset"),
    path("settings/roles/<uuid:role_id>/copy", roles.copy, name="role-copy"),
    path("settings/roles/<uuid:role_id>/delete", roles.delete, name="role-delete"),
    path("settings/security", security.security, name="security"),
]
