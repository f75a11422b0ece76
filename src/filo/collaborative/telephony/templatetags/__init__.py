"""Words of templates about the telephone."""
