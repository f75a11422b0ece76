"""Second factors: an authenticator app, passkeys and recovery codes, over what allauth.mfa stores."""
