"""The settings pages of the firm."""
