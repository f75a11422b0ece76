"""Pages about interactions: the story, and the outcomes the firm chooses among."""
