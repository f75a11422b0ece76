"""Payments: what is owed to us, what came in, and which paid which."""
