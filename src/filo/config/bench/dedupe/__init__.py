"""How well doubles are found in a labelled file: its columns, its truth, and the figures."""
