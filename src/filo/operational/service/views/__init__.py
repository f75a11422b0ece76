"""Pages of requests: for colleagues and for customers."""
