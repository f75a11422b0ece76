"""Documents on paper: a typst template and data become a PDF."""
