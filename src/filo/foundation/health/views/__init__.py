"""The pages and the probes of this topic."""
