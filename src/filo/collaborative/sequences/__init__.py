"""Mails that follow one another to a customer until he answers."""
