"""Measures of how well a picture was coloured."""
