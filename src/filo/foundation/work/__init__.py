"""Work that one can see: what runs in the background, what broke, and what comes round again."""
