"""Questions and answers in windows of their own; each gets what it needs by its constructor."""
