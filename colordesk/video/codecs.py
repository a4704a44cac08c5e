"""The codecs that film is written with, by the names people know, and what a person may choose.

Hides FFmpeg's names of the encoders, and of their options.
Invariant: each container that is named for a codec holds it, and most players open the first one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import cv2

Speed = Literal["fast", "medium", "slow"]


@dataclass(frozen=True)
class Codec:
    """One row of the table."""

    software: str
    hardware: tuple[str, ...] = ()
    quality: int | None = None
    """The usual value of `--crf`; None where there is none."""
    best_to_worst: tuple[int, int] = (0, 51)
    bits: tuple[int, ...] = (8, 10)
    containers: tuple[str, ...] = (".mp4", ".mkv", ".mov")
    """Suffixes, the usual one first."""
    speeds: Mapping[str, str] = field(default_factory=dict)
    """FFmpeg's name of each speed, which most encoders call preset."""
    least: tuple[int, int] = (1, 1)
    """Pixels that a frame must have across and down."""
    full_range: bool = True
    """Whether a film can say that its luma is of full range; what cannot is of limited range."""
    captions: bool = False
    """Whether frames hold closed captions."""
    interlaced: bool = False
    """Whether frames of the software's say that they are interlaced."""
    options: Mapping[str, str] = field(default_factory=dict)


_AVX_512 = 13  # OpenCV's number of it
# x264's own code for AVX-512 gives another film at every run (measured: of the same frames, by one
# thread, up to seven films in twelve runs); that for AVX2 gives one, in the same time
_REPEATABLE = {"x264-params": "asm=AVX2"} if cv2.checkHardwareSupport(_AVX_512) else {}

_X26X = {"fast": "veryfast", "medium": "medium", "slow": "slow"}
CODECS: dict[str, Codec] = {
    "h264": Codec(
        "libx264",
        ("h264_nvenc", "h264_qsv", "h264_amf"),
        18,
        speeds=_X26X,
        captions=True,
        interlaced=True,
        options=_REPEATABLE,
    ),
    "h265": Codec(
        "libx265",
        ("hevc_nvenc", "hevc_qsv", "hevc_amf"),
        20,
        bits=(8, 10, 12),
        speeds=_X26X,
        captions=True,
        options={"x265-params": "log-level=error", "a53cc": "1"},
        least=(64, 64),  # of 48 x 32, libx265 4.1 writes beyond its memory and the program dies
    ),
    "av1": Codec(
        "libsvtav1",
        ("av1_nvenc", "av1_qsv", "av1_amf"),
        28,
        (0, 63),
        containers=(".mp4", ".mkv", ".webm"),
        speeds={"fast": "10", "medium": "8", "slow": "4"},
    ),
    "vp9": Codec(
        "libvpx-vp9",
        quality=30,
        best_to_worst=(0, 63),
        containers=(".webm", ".mkv", ".mp4"),
        speeds={"fast": "6", "medium": "3", "slow": "1"},
        options={"deadline": "good", "row-mt": "1"},
    ),
    "prores": Codec(
        "prores_ks",
        bits=(10,),
        containers=(".mov", ".mkv"),
        options={"profile": "3", "vendor": "apl0"},
        full_range=False,
        interlaced=True,
    ),
    "ffv1": Codec(
        "ffv1",
        bits=(8, 10, 12, 16),
        containers=(".mkv",),  # .avi can neither say colours nor uneven times
        interlaced=True,
        options={"level": "3", "slicecrc": "1", "g": "1"},
    ),
    "dnxhd": Codec("dnxhd", containers=(".mov", ".mxf"), least=(256, 120)),
    "gif": Codec("gif", bits=(8,), containers=(".gif",)),
}
BY_SUFFIX = {".webm": "vp9", ".gif": "gif", ".mxf": "dnxhd"}
SUFFIXES = tuple(dict.fromkeys(s for codec in CODECS.values() for s in codec.containers))


@dataclass(frozen=True)
class ExportSettings:
    """How film in colour is written."""

    codec: str | None = None
    """A key of `CODECS`; None lets the name of the file decide."""
    quality: int | None = None
    """Constant quality (crf) on the encoder's own scale, where less is better."""
    bitrate: int | None = None
    """Bits per second instead of constant quality."""
    speed: Speed | None = None
    """How long the encoder may think; None means medium."""
    bits: int | None = None
    """Depth; None keeps that of the clip where the codec has it."""
    hardware: bool = False
    """Try the graphics card's encoder first."""
    threads: int | None = None
    """Of the encoder; None means all cores."""


PRESETS: dict[str, ExportSettings] = {
    "share": ExportSettings(codec="h264", quality=20),
    "archive": ExportSettings(codec="ffv1"),
    "edit": ExportSettings(codec="prores"),
}
