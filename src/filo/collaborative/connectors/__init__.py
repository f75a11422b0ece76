"""Back offices: what the firm's ERP and Filo tell one another, who decides which value, and where they disagree."""
