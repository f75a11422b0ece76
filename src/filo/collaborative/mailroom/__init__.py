"""Mail comes in, is kept before it is acknowledged, and is understood; who takes it further registers here."""
