"""What a clip's colour tags say, and what is taken where they say nothing.

Hides FFmpeg's numbers and players' habits.
Invariant: what is returned has a matrix, a range and a curve that this program knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from colordesk.video.errors import VideoError
from colordesk.video.layout import Layout
from colordesk.video.yuv import Encoding

if TYPE_CHECKING:
    from pathlib import Path

    import av

_HD = 720  # lines; players take untagged clips of so many for BT.709
# FFmpeg's numbers of ITU-T H.273
_MATRICES = {1: "bt709", 4: "fcc", 5: "bt601", 6: "bt601", 7: "smpte240m", 9: "bt2020"}
_REFUSED_TRANSFERS = {
    8: "linear light",
    9: "a logarithmic curve",
    10: "a logarithmic curve",
    16: "HDR (PQ)",
    17: "SMPTE ST 428 cinema light",
    18: "HDR (HLG)",
}
_UNSAID = (0, 2)
# codecs whose specification says what an untagged range means; elsewhere gray is of full range
_LIMITED_UNLESS_SAID = {"h264", "hevc", "av1", "vp9", "vp8", "mpeg1video", "mpeg2video", "mpeg4"}


@dataclass(frozen=True)
class Tags:
    """The colour tags that the film in colour will carry, as ITU-T H.273 numbers them."""

    matrix: int
    primaries: int
    transfer: int


def colours(
    frame: av.VideoFrame, context: Any, layout: Layout, path: Path
) -> tuple[Encoding, Tags, bool]:
    """Return what the planes of a clip mean, the tags that say so, and if the matrix was guessed.

    Args:
        frame: the first one.
        context: of its decoder.
        layout: of its pixels.
        path: of the clip.

    Raises:
        VideoError: its colours are of a kind that is not known here, or of high dynamic range.
    """
    transfer = _said(frame.color_trc, context.color_trc)
    if transfer in _REFUSED_TRANSFERS:
        raise VideoError(
            path,
            f"it is in {_REFUSED_TRANSFERS[transfer]}, and only film of standard dynamic range "
            "can be coloured; make such a copy of it first",
        )
    said = 0 if layout.rgb else _said(frame.colorspace, context.colorspace)
    if said and said not in _MATRICES:
        raise VideoError(path, f"its colour matrix (H.273 number {said}) is not known here")
    lines = min(frame.width, frame.height) if frame.rotation % 180 else frame.height
    guess = 1 if lines >= _HD else 5 if lines == 576 else 6
    matrix = said or guess
    primaries = _said(frame.color_primaries, context.color_primaries) or matrix
    full = _full_range(frame, context, layout)
    encoding = Encoding(_MATRICES[matrix], full, layout.bits, wide=primaries == 9)
    usual = {9: 14, 5: 6, 6: 6}.get(matrix, 1)
    return encoding, Tags(matrix, primaries, transfer or usual), not said


def _full_range(frame: av.VideoFrame, context: Any, layout: Layout) -> bool:
    if layout.rgb:
        return False  # it is made limited, as nearly all film is
    if "yuvj" in frame.format.name:
        return True
    said = _said(frame.color_range, context.color_range, unsaid=(0,))
    if said:
        return said == 2
    return layout.chroma == "gray" and context.codec.canonical_name not in _LIMITED_UNLESS_SAID


def _said(*values: Any, unsaid: tuple[int, ...] = _UNSAID) -> int:
    """Return the first value that says something, else 0."""
    return next((int(value) for value in values if int(value) not in unsaid), 0)
