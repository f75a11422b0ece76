"""How the API behaves: problem documents, cursors, idempotency, versions and limits."""
