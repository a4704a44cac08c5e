"""The photo on the screen: zoom, panning, and what is drawn over it."""
