"""Questions in people's words: what they mean, which article answers them, and how sure that is."""
