"""What a person can ask of the window: rows of the action table, grouped by what they are about."""
