"""Calendars for other programs: appointments read and written over CalDAV (RFC 4791)."""
