"""A person's own colours: points, areas, references, and colours saved for other photos."""
