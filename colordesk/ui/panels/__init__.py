"""The panels around the photo. None imports another, none reaches up to the window."""
