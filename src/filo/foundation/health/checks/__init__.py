"""The checks of the foundation; higher topics add their own with `add_check`."""
