"""What can go wrong with a film; the words for people are made in `colordesk.explain`."""

from __future__ import annotations

from colordesk.errors import ColorDeskError, FileError


class VideoError(FileError):
    """A clip cannot be read, or a film cannot be written."""


class ProjectError(VideoError):
    """A file is no film project, or not a usable one."""


class EncoderError(ColorDeskError):
    """What was asked of the encoder cannot be had.

    Args:
        problem: one plain clause, e.g. ``"the codec vp9 has no 10 bit here"``.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class UnevenFrames(EncoderError):
    """Frames are not shown equally long, and the file has one length for all."""


class UnknownPreset(ColorDeskError):
    """There is no preset of that name.

    Args:
        wanted: the name.
        known: those that there are.
    """

    def __init__(self, wanted: str, known: tuple[str, ...]) -> None:
        super().__init__(wanted)
        self.wanted, self.known = wanted, known
