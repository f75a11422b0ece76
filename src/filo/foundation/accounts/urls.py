"""Addresses of the door, of oneself, and of people and roles in the settings."""

from django.urls import path

from filo.foundation.accounts.views import again, factors, me, people, roles, security, sign_in, start

app_name = "accounts"
urlpatterns = [
    path("start", start.start, name="start"),
    path("me", me.me, name="me"),
    path("me/prefer", me.prefer, name="prefer"),
    path("me/password", me.change_password, name="password"),
    path("me/security", factors.my_security, name="my-security"),
    path("me/security/app", factors.app, name="app"),
    path("me/security/passkeys/new", factors.passkey_new, name="passkey-new"),
    path("me/security/passkeys/options", factors.passkey_options, name="passkey-options"),
    path("me/security/passkeys/<int:passkey_id>", factors.passkey_rename, name="passkey-rename"),
    path("me/security/factors/<int:factor_id>/remove", factors.remove, name="factor-remove"),
    path("me/security/codes", factors.codes, name="recovery-codes"),
    path("me/security/again", again.again, name="again"),
    path("me/security/again/passkey", again.again_options, name="again-options"),
    path("login/second/passkey", sign_in.second_options, name="second-options"),
    path("login/passkey", sign_in.passkey, name="passkey-sign-in"),
    path("me/sessions/close", factors.close_sessions, name="sessions-close"),
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
    path("settings/people/<uuid:user_id>/second-factor/reset", people.reset_factor, name="person-factor-reset"),
    path("settings/roles", roles.roles, name="roles"),
    path("settings/roles/<uuid:role_id>", roles.one, name="role"),
    path("settings/roles/<uuid:role_id>/reset", roles.reset, name="role-reset"),
    path("settings/roles/<uuid:role_id>/copy", roles.copy, name="role-copy"),
    path("settings/roles/<uuid:role_id>/delete", roles.delete, name="role-delete"),
    path("settings/security", security.security, name="security"),
]
