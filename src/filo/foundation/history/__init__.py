"""What was changed, for people to read, check and take back; the audit keeps it, this opens it."""
