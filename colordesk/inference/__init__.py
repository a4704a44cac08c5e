"""Models: what they say of themselves, where they are, how they run."""
