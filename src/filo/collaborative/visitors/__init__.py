"""Visitors: who is on the public pages, how far he is known, and the links by which he is recognised."""
