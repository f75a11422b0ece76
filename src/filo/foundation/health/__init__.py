"""How the house stands: who lives, what was measured, what is checked, and what would stop the firm."""
