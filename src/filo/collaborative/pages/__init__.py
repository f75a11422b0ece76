"""Public pages made of blocks, written and published without code, in both languages."""
