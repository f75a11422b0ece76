"""An interface over HTTP."""
