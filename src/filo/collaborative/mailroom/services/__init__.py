"""Verbs of the mailroom: receive, take in, look after what was put aside, set up mailboxes."""
