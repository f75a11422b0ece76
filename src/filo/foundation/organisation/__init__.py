"""Who we are: selling companies, units as a tree, areas, channels and product lines."""
