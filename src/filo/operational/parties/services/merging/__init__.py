"""Two cards become one, and two again."""
