"""The root of every error that ColorDesk raises on purpose.

An error carries data (which file, which limit, what was found); the words that a person reads are
made from that data in one place, `colordesk.explain`. Anything else that is raised is a bug.
"""


class ColorDeskError(Exception):
    """Base of all errors that a person can be told about in one clear sentence."""
