"""Web push: notices that reach a browser that is closed, encrypted for it alone."""
