"""Film in the window: a page of its own with a timeline, its export and its playing."""
