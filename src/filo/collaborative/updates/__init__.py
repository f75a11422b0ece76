"""Mails about orders: written when something happens to them, answered when a customer asks how they stand."""
