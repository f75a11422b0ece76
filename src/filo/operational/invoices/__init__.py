"""Invoices: what we ask to be paid and what others ask of us, as Italian law and the exchange want it."""
