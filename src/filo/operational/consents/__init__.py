"""What customers agreed to, and took back: when, how, in which words; nothing in it is ever changed."""
