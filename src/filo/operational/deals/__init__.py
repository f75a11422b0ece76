"""Deals: what we may sell to whom, how far it has come, and what it is worth."""
