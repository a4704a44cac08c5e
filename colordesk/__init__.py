"""ColorDesk brings colour back to old photographs and film."""

__version__ = "0.1.0"
