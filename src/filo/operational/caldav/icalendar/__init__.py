"""What iCalendar (RFC 5545) says, as far as appointments are told by it."""
