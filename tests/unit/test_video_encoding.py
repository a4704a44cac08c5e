"""The picture that is painted: the decoded one itself where that does no harm."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from colordesk.video.codecs import ExportSettings
from colordesk.video.encoders import choose_encoder
from colordesk.video.encoding import canvas
from colordesk.video.layout import plane
from colordesk.video.probing import open_clip
from colordesk.video.reading import Damage, Frame, read_frames
from tests.films import make_film


@pytest.mark.parametrize(("depth", "own"), [(8, True), (10, False)])
def test_the_decoded_picture_is_painted_if_the_encoder_takes_it(
    tmp_path: Path, depth: int, own: bool
) -> None:
    clip = open_clip(make_film(tmp_path / "a.mkv", count=2))
    encoder = choose_encoder(clip, ExportSettings("ffv1", bits=depth), tmp_path / "out.mkv")
    for frame in read_frames(clip, Damage()):
        luma = frame.luma.copy()
        picture = canvas(frame, frame.luma, clip, encoder)
        assert (picture is frame.picture) is own
        assert picture.format.name == encoder.format
        assert np.array_equal(plane(picture, 0) >> (depth - 8), luma)
        other = np.full_like(luma, 7)
        picture = canvas(frame, other, clip, encoder)
        assert picture is not frame.picture
        assert np.array_equal(plane(picture, 0) >> (depth - 8), other)
        assert np.array_equal(frame.luma, luma)


def test_a_picture_that_someone_else_looks_at_is_left_alone(tmp_path: Path) -> None:
    clip = open_clip(make_film(tmp_path / "a.mkv", count=1))
    encoder = choose_encoder(clip, ExportSettings("ffv1"), tmp_path / "out.mkv")
    (frame,) = read_frames(clip, Damage())
    twins = list(twice(frame.picture))
    assert plane(twins[0], 1).ctypes.data == plane(twins[1], 1).ctypes.data
    picture = canvas(Frame(0, 1, twins[0]), plane(twins[0], 0), clip, encoder)
    plane(picture, 1)[:] = 3
    assert np.array_equal(plane(picture, 0), plane(twins[1], 0))
    assert not (plane(twins[1], 1) == 3).any()


def twice(picture: av.VideoFrame) -> Any:
    """Yield two frames that share the memory of one."""
    graph = av.filter.Graph()
    source = graph.add_buffer(
        width=picture.width, height=picture.height, format=picture.format, time_base=Fraction(1)
    )
    split = graph.add("split")
    source.link_to(split)
    sinks = [graph.add("buffersink") for _ in range(2)]
    for number, sink in enumerate(sinks):
        split.link_to(sink, number, 0)
    graph.configure()
    source.push(picture)
    for sink in sinks:
        yield sink.pull()
