"""Several clips in one film: added, ordered, split, trimmed, played, exported and kept."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from colordesk.edit import Look, sidecar_path
from colordesk.ui.film import projection
from colordesk.ui.film.cut import Choices, apart, split, trimmed, whole, with_shot
from colordesk.ui.film.film_engine import Order
from colordesk.ui.studio import Studio
from colordesk.video.codecs import PRESETS
from colordesk.video.probing import open_clip
from colordesk.video.shot_edits import ShotEdit
from tests.films import lumas, make_film
from tests.ui.conftest import Wait, is_idle
from tests.ui.steady import Steady


@pytest.fixture
def films(tmp_path: Path) -> list[Path]:
    """Two films of one size, 12 and 8 frames long, and a third of another size."""
    return [
        make_film(tmp_path / "a.mkv", count=12, size=(48, 32)),
        make_film(
            tmp_path / "b.mp4", count=8, size=(48, 32), cut_at=0, codec="libx264", audio="aac"
        ),
        make_film(tmp_path / "c.mkv", count=8, size=(64, 32)),
    ]


def test_clips_become_one_film(
    studio: Studio, films: list[Path], wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.opening.open(films)
    wait(lambda: studio.banner.isVisible() and is_idle(studio))
    assert "the clips of one film must be alike" in studio.banner.what.text()
    assert "c.mkv" in studio.banner.what.text()
    filming, reel = studio.filming, studio.filming.reel
    view = filming.view
    assert [one.clip.path.name for one in reel.stretches] == ["a.mkv", "b.mp4"]
    assert reel.count == 20
    assert view.timeline.shots == (0, 12)
    reel.go(14)
    assert view.clips_panel.list.currentRow() == 1
    assert view.facts.text().endswith("Sound: aac")
    QTest.keyClick(view.canvas, Qt.Key.Key_I)
    reel.go(5)
    QTest.keyClick(view.canvas, Qt.Key.Key_S)
    assert [lane.end for lane in view.timeline.lanes] == [5, 12, 20]
    assert reel.number == 1, "the frame at the playhead stays"
    listed = view.clips_panel.list
    listed.model().moveRow(QModelIndex(), 0, QModelIndex(), 3)  # as a drag does
    wait(lambda: [one.first for one in reel.stretches] == [5, 2, 0])
    assert reel.place(reel.frame) == (0, 5)
    listed.setFocus()
    listed.setCurrentRow(2)
    QTest.keyClick(listed, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [one.first for one in reel.stretches] == [5, 0, 2]
    assert reel.choices.exported == 7 + 5 + 6

    out = films[0].with_name("out.mkv")
    filming.exporting.export(Order(reel.choices, out, PRESETS["archive"]))
    wait(lambda: studio.banner.kind == "success" and is_idle(studio))
    a, b = lumas(films[0]), lumas(films[1])
    assert all(map(np.array_equal, lumas(out), [*a[5:], *a[:5], *b[2:]]))
    assert len(lumas(out)) == 18

    wait(lambda: filming.keeping._kept == reel.choices and is_idle(studio))
    kept = json.loads(sidecar_path(films[0]).read_text("utf-8"))["clips"]
    assert [clip["path"] for clip in kept] == ["a.mkv", "a.mkv", "b.mp4"]
    chosen = reel.choices
    studio.actions["close"].trigger()
    studio.opening.open([films[0]])
    wait(lambda: filming.is_open and is_idle(studio))
    assert reel.choices == chosen

    listed.setCurrentRow(1)
    QTest.keyClick(listed, Qt.Key.Key_Delete)
    assert [one.first for one in reel.stretches] == [5, 2]
    studio.actions["undo"].trigger()
    assert reel.choices == chosen

    steady = Steady()
    monkeypatch.setattr(projection, "project", steady)
    reel.go(reel.starts[2] - 2)
    filming.player.play()
    wait(lambda: not filming.player.is_playing)
    wait(lambda: is_idle(studio))
    assert steady.seen == [(1, 3), (1, 4), *((2, frame) for frame in range(2, 8))]
    assert reel.frame == reel.count - 1


def test_a_project_beside_a_film_that_is_of_others_is_left_alone(
    studio: Studio, films: list[Path], wait: Wait
) -> None:
    text = json.dumps({"schema": 2, "clips": [{"path": "b.mp4"}]})
    sidecar_path(films[0]).write_text(text, "utf-8")
    studio.opening.open([films[0]])
    wait(lambda: studio.filming.is_open and is_idle(studio))
    assert studio.banner.kind == "warning"
    assert studio.filming.reel.count == 12
    assert studio.filming.keeping.file is None


def test_stretches_are_values(films: list[Path]) -> None:
    clip = open_clip(films[0])
    one = whole(clip, 12)
    assert split(one, 0) is None
    assert split(one, 12) is None
    both = split(one, 5)
    assert both is not None
    left, right = both
    assert (left.first, left.last, right.first, right.last) == (0, 4, 5, 11)
    assert not Choices(both).is_whole or Choices(both).exported == 12
    again = apart([trimmed(clip, 12, *part.span) for part in both])
    assert again == both, "what was split lies apart when it is opened again"
    assert apart([one, one]) == (one, one), "but a clip may be there twice"
    shot = ShotEdit(*one.range_of(3, 7), Look(strength=5))
    assert [shot.holds(one.moment(frame)) for frame in (2, 3, 6, 7)] == [False, True, True, False]
    assert with_shot((shot,), shot, ShotEdit(shot.start, shot.end)) == ()
