"""Export of film from the window: presets, stopping, going on, and errors in words."""

from __future__ import annotations

import errno
from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from colordesk.task import Cancelled, Task
from colordesk.ui.dialogs.unkept import Answer, Question
from colordesk.ui.film.cut import trimmed
from colordesk.ui.film.export_dialog import ExportDialog
from colordesk.ui.film.film_engine import Order
from colordesk.ui.film.remaining import Remaining
from colordesk.ui.studio import Studio
from colordesk.video.codecs import PRESETS
from colordesk.video.presets import film_presets_dir
from colordesk.video.probing import open_clip
from tests.films import lumas, make_film, packet_hashes, spoil
from tests.ui.conftest import Wait, is_idle

COUNT = 30
ARCHIVE = PRESETS["archive"]


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A gray film of 30 frames with sound."""
    path = tmp_path / "films" / "a street ü.mkv"
    return make_film(path, count=COUNT, size=(48, 32), audio="aac")


@pytest.fixture
def at_film(studio: Studio, film: Path, wait: Wait) -> Studio:
    """The window with a film."""
    studio.opening.open([film])
    wait(lambda: studio.filming.is_open and is_idle(studio))
    return studio


def dialog_of(studio: Studio, writing: Collection[Path] = ()) -> ExportDialog:
    reel, folder = studio.filming.reel, film_presets_dir()
    return ExportDialog(reel, folder, "share", studio.icons, studio.window, writing)


def export(studio: Studio, order: Order, **how: bool) -> None:
    studio.filming.exporting.export(order, **how)


def test_the_archive_holds_the_chosen_frames_and_the_sound(
    at_film: Studio, film: Path, wait: Wait
) -> None:
    reel = at_film.filming.reel
    reel.set_last(19)
    target = film.with_name("out.mkv")
    statuses: list[str] = []
    at_film.bridge.changed.connect(lambda job: statuses.append(job.status))
    export(at_film, Order(reel.choices, target, ARCHIVE))
    wait(lambda: at_film.banner.isVisible() and is_idle(at_film))
    assert at_film.banner.kind == "success"
    assert not at_film.banner._timer.isActive(), "nobody may have waited for it"
    assert "out.mkv" in at_film.banner.what.text()
    assert "20 frames" in at_film.banner.todo.text()
    assert at_film.banner.answer(0).text() == "Show in folder"
    assert any("frames/s" in status for status in statuses)
    before, after = lumas(film)[:20], lumas(target)
    assert len(after) == 20
    assert all((one == other).all() for one, other in zip(before, after, strict=True))
    assert packet_hashes(target, "audio")
    with av.open(str(target)) as container:
        assert container.streams.video[0].codec_context.name == "ffv1"
    reel.set_first(7)
    reel.set_last(11)
    at_film.banner.dismiss()
    export(at_film, Order(reel.choices, film.with_name("part.mkv"), ARCHIVE))
    wait(lambda: at_film.banner.isVisible() and is_idle(at_film))
    found = lumas(film.with_name("part.mkv"))
    assert len(found) == 5
    assert (found[0] == lumas(film)[7]).all()


@pytest.mark.parametrize("hurt", ["damaged", "cut off"])
def test_what_a_film_lacks_makes_its_export_a_warning_that_still_offers_it(
    studio: Studio, film: Path, wait: Wait, hurt: str
) -> None:
    data = film.read_bytes()
    film.write_bytes(data[: len(data) // 2])
    if hurt == "damaged":
        film.write_bytes(data)
        spoil(film, {20})
    studio.opening.open([film])
    wait(lambda: studio.filming.is_open and is_idle(studio))
    target = film.with_name("out.mkv")
    export(studio, Order(studio.filming.reel.choices, target, ARCHIVE))
    wait(lambda: studio.banner.isVisible() and is_idle(studio))
    assert studio.banner.kind == "warning"
    assert hurt in studio.banner.todo.text()
    assert studio.banner.answer(1).text() == "Play"
    assert 0 < len(lumas(target)) < COUNT


def test_a_stopped_export_can_go_on(
    at_film: Studio, film: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    from colordesk.video import encoding
    from colordesk.video import export as exporting

    for module in (encoding, exporting):
        monkeypatch.setattr(module, "SEGMENT_FRAMES", 5)
    target = film.with_name("out.mkv")
    order = Order(at_film.filming.reel.choices, target, ARCHIVE)

    put = encoding.SegmentEncoder.put

    def put_some(self: encoding.SegmentEncoder, picture: av.VideoFrame, time: int) -> None:
        if time * Fraction(1, 1000) > Fraction(17, 25):
            raise Cancelled
        put(self, picture, time)

    with monkeypatch.context() as patch:
        patch.setattr(encoding.SegmentEncoder, "put", put_some)
        export(at_film, order)
        wait(lambda: at_film.banner.isVisible() and is_idle(at_film))
    assert "was stopped" in at_film.banner.what.text()
    assert not target.exists()
    export(at_film, order)
    assert not at_film.banner.isVisible(), "it offers to go on with what has begun"
    wait(lambda: "from an export that was stopped" in at_film.banner.what.text())
    wait(lambda: is_idle(at_film))
    at_film.banner.answer(0).click()
    wait(lambda: at_film.banner.kind == "success" and is_idle(at_film))
    assert "frames/s" not in at_film.banner.todo.text(), "most were there already"
    assert len(lumas(target)) == COUNT


def test_on_a_full_disk_the_export_waits_for_room(
    at_film: Studio, film: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    from colordesk.video import segments

    target = film.with_name("out.mkv")
    order = Order(at_film.filming.reel.choices, target, ARCHIVE)

    def no_room(self: segments.WorkFolder, number: int) -> segments.SegmentWriter:
        raise OSError(errno.ENOSPC, "No space left", str(self.path / "000000.packets"))

    with monkeypatch.context() as patch:
        patch.setattr(segments.WorkFolder, "open", no_room)
        export(at_film, order)
        wait(lambda: at_film.banner.isVisible() and is_idle(at_film))
    assert at_film.banner.kind == "error"
    assert "out.mkv cannot be written, because the disk is full" in at_film.banner.what.text()
    at_film.messages.note("info", "Something newer.")
    at_film.banner.dismiss()
    assert "the disk is full" in at_film.banner.what.text(), "nobody may have seen it yet"
    at_film.banner.answer(0).click()
    wait(lambda: at_film.banner.kind == "success" and is_idle(at_film))
    assert len(lumas(target)) == COUNT
    at_film.banner.dismiss()
    assert not at_film.banner.isVisible()


def test_errors_are_sentences(at_film: Studio, film: Path, wait: Wait) -> None:
    choices = at_film.filming.reel.choices
    export(at_film, Order(choices, film, ARCHIVE))
    wait(lambda: at_film.banner.isVisible() and is_idle(at_film))
    assert at_film.banner.kind == "error"
    assert "never written over" in at_film.banner.what.text()
    at_film.banner.dismiss()
    export(at_film, Order(choices, film / "out.mkv", ARCHIVE))
    wait(lambda: at_film.banner.isVisible() and is_idle(at_film))
    assert at_film.banner.kind == "error"
    assert "An error inside" not in at_film.banner.what.text()


def test_the_dialog_names_a_file_that_is_not_there(at_film: Studio, film: Path) -> None:
    film.with_name("a street ü-color.mkv").write_bytes(b"there")
    dialog = dialog_of(at_film)
    save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    try:
        assert dialog.order().output == film.with_name("a street ü-color.mp4")
        dialog.preset.choose("archive")
        assert dialog.order().output == film.with_name("a street ü-color-2.mkv")
        dialog.name.setText("a street ü.mkv")
        assert not save.isEnabled()
        assert "film itself" in dialog.note.text()
        dialog.name.setText("a/b")
        assert not save.isEnabled()
        dialog.name.setText("a street ü-color")
        assert save.isEnabled()
        assert "replaced" in dialog.note.text()
        dialog.over_time.every.number.setValue(4)
        dialog.over_time.smooth.number.setValue(70)
        treatment = dialog.order().choices.treatment
        assert (treatment.every, treatment.smooth) == (4, 70)
        dialog.folder.line.setText("nowhere")
        assert not save.isEnabled()
    finally:
        dialog.close()
        dialog.deleteLater()


def test_on_a_small_screen_the_dialog_scrolls(
    at_film: Studio, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = dialog_of(at_film)
    monkeypatch.setattr(QScreen, "availableSize", lambda screen: QSize(1000, 540))
    small = dialog_of(at_film)
    try:
        for dialog in (large, small):
            dialog.show()
        bars = [dialog._scroll.verticalScrollBar() for dialog in (large, small)]
        wait(lambda: [bar.isVisible() for bar in bars] == [False, True])
        for dialog in (large, small):
            assert dialog.rect().contains(dialog.buttons.geometry())
        assert small.height() <= 500
    finally:
        for dialog in (large, small):
            dialog.close()
            dialog.deleteLater()


def test_no_film_is_offered_the_name_that_another_is_written_under(
    at_film: Studio, film: Path
) -> None:
    first = film.with_name("a street ü-color.mp4")
    dialog = dialog_of(at_film, writing=[first])
    save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    try:
        assert dialog.order().output == film.with_name("a street ü-color-2.mp4")
        assert save.isEnabled()
        dialog.name.setText(first.name)
        assert not save.isEnabled()
        assert "just now" in dialog.note.text()
    finally:
        dialog.close()
        dialog.deleteLater()


def test_the_name_offered_for_a_film_with_the_longest_name_fits(
    at_film: Studio, film: Path
) -> None:
    at_film.filming.reel.path = film.with_name("ü" * 125 + ".mkv")
    first = film.with_name("ü" * 122 + "-color.mp4")
    second = film.with_name("ü" * 121 + "-color-2.mp4")
    for writing, offered in (([], first), ([first], second)):
        dialog = dialog_of(at_film, writing)
        try:
            assert dialog.order().output == offered
            assert dialog.buttons.button(QDialogButtonBox.StandardButton.Save).isEnabled()
        finally:
            dialog.close()
            dialog.deleteLater()


def test_what_is_asked_in_the_dialog_is_what_is_written(
    at_film: Studio, film: Path, wait: Wait
) -> None:
    def accept() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        dialog.preset.choose("edit")
        dialog.accept()

    QTimer.singleShot(0, at_film, accept)
    at_film.actions["export_film"].trigger()
    wait(lambda: at_film.banner.isVisible() and is_idle(at_film))
    made = film.with_name("a street ü-color.mov")
    with av.open(str(made)) as container:
        assert container.streams.video[0].codec_context.name == "prores"
    assert len(lumas(made)) == COUNT


@pytest.mark.parametrize("rate", [Fraction(25), Fraction(30000, 1001), Fraction(24000, 1001)])
def test_a_span_is_read_as_it_was_written(film: Path, rate: Fraction) -> None:
    clip = replace(open_clip(film), rate=rate)
    for first, last in ((0, 0), (0, 5), (3, 3), (1, 98), (57, 98), (57, 99)):
        wanted = trimmed(clip, 100, first / rate, (last + 1) / rate)
        assert (wanted.first, wanted.last) == (first, last)
        assert trimmed(clip, 100, *wanted.span) == wanted
    assert trimmed(clip, 100, Fraction(0), Fraction(500)).span == (Fraction(0), None)


def test_the_time_that_is_left_counts_from_where_it_was_gone_on_with() -> None:
    now = [0.0]
    remaining = Remaining(lambda: now[0])
    assert remaining.see(0.5) is None
    now[0] = 10.0
    left = remaining.see(0.6)
    assert left == pytest.approx(40.0)
    told: list[str] = []
    task = Task(lambda fraction, status: told.append(status))
    watched = remaining.watch(task, lambda status, left: f"{status}, {left:.0f} s left")
    watched.progress(0.6, "60/100 frames")
    assert told == ["60/100 frames, 40 s left"]
    task.cancel()
    with pytest.raises(Cancelled):
        watched.part(0.0, 0.5).check()


def test_closing_asks_before_it_stops_an_export(at_film: Studio, film: Path, wait: Wait) -> None:
    def give(answer: Answer) -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, Question)
        assert question.buttons[Answer.STAY].isDefault(), "Enter loses no export"
        question.buttons[answer].click()

    assert at_film.window.may_close()
    choices = at_film.filming.reel.choices
    for answer in (Answer.DISCARD, Answer.STAY):
        export(at_film, Order(choices, film.with_name(f"{answer.value}.mkv"), ARCHIVE))
        QTimer.singleShot(0, at_film, lambda answer=answer: give(answer))
        assert at_film.window.may_close() is (answer is Answer.DISCARD)
        wait(lambda: is_idle(at_film))
        assert at_film.window.may_close()
