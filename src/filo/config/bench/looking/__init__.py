"""Co-browsing under load: pages that change before the eyes of colleagues, and how late they see it (L5)."""
