"""The demo company: Gruppo Aurora, its people, its customers and years of their history."""
