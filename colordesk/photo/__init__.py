"""Photographs: opened from any common format, held as a value, saved with nothing of them lost.

Hides the codecs (libvips, and Pillow with libheif for what libvips cannot read; nothing else of
the program imports them), metadata blocks, orientation, and what strangers put into files.
Invariant: a `Photo` is upright, gray or RGB, of 8 or 16 bits, and says what its values mean.
"""

from colordesk.photo.reading import OPENABLE, is_openable, open_photo, read_thumbnail
from colordesk.photo.value import Photo, PhotoError, Pixels
from colordesk.photo.writing import SAVABLE, save_photo

__all__ = [
    "OPENABLE",
    "SAVABLE",
    "Photo",
    "PhotoError",
    "Pixels",
    "is_openable",
    "open_photo",
    "read_thumbnail",
    "save_photo",
]
