"""What banks hand out: read into lines, and compared with what is owed. No database in here."""
