"""The open photos: which there are, which is at hand, and how the strip draws them."""
