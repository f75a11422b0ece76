"""Pages of sequences: for colleagues, and the one with which a customer says no."""
