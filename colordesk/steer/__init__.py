"""How a person's colours act on a photo: points, strokes, areas and the colours of another photo.

What they chose is in `colordesk.edit`; here it becomes planes of the size that is asked for.
"""
