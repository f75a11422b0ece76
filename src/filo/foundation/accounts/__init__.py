"""Who signs in: people of the firm, their sessions, invitations and API tokens."""
