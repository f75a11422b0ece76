"""Views of lists: which rows, columns and order somebody keeps, shares and pins."""
