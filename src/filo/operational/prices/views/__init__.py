"""The pages of prices."""
