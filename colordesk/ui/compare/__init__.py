"""Results of one photo beside each other, for the eye and in numbers."""
