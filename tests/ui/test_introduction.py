"""The introduction: three steps on the first start, left at any of them, and back from Help."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from colordesk.ui.introduction import IntroductionDialog
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, is_idle


def test_three_steps_lead_to_a_sample_and_to_own_photos(studio: Studio, wait: Wait) -> None:
    steps = studio.welcome.introduction
    assert steps.isVisible()
    assert steps.number.text() == "Step 1 of 3"
    assert not steps.back.isEnabled()
    QTest.keyClick(steps.next, Qt.Key.Key_Space)
    assert steps.number.text() == "Step 2 of 3"
    names = [button.accessibleName() for button in steps.samples]
    assert names[2] == "Open the sample Cat"
    assert all(not button.icon().isNull() for button in steps.samples)
    QTest.keyClick(steps.samples[2], Qt.Key.Key_Space)
    wait(lambda: studio.canvas.after is not None and is_idle(studio))
    photo = studio.document.photo
    assert photo is not None
    assert photo.path is not None
    assert photo.path.name == "chelsea.jpg"
    assert not studio.banner.isVisible()  # no question about its colours

    studio.actions["close"].trigger()
    assert steps.isVisible()
    assert steps.number.text() == "Step 3 of 3"
    steps.next.click()
    assert not studio.welcome.introduces
    assert studio.welcome.isVisible()


def test_it_is_seen_once_and_comes_back_from_help(
    make_studio: Callable[[], Studio], wait: Wait
) -> None:
    first = make_studio()
    first.welcome.introduction.skip.click()
    first.window.close()
    studio = make_studio()
    assert not studio.welcome.introduces

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, IntroductionDialog)
        dialog.body.next.click()
        dialog.body.samples[0].click()

    QTimer.singleShot(0, answer)
    studio.actions["introduction"].trigger()
    wait(lambda: studio.document.photo is not None and is_idle(studio))
    assert studio.document.photo is not None
    assert studio.document.photo.path is not None
    assert studio.document.photo.path.name == "astronaut.jpg"
