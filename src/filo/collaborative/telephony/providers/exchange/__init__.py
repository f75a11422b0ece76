"""Any exchange that is adapted to our own messages (docs/telephony.md)."""
