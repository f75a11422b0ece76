"""Twilio, as its documentation has it."""
