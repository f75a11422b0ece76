"""Programs whose exports are known, a module each, found by directory: what their columns mean here."""
