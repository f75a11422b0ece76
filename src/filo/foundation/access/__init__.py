"""Who may: roles, scopes, field masks and the one rule that answers for lists and cards."""
