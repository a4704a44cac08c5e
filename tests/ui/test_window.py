"""The window as a whole: leaving it, names for everything, themes, what it remembers."""

from __future__ import annotations

import math
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from colordesk.edit import read_edit, sidecar_path
from colordesk.paths import resources_dir, settings_file
from colordesk.settings import read_settings
from colordesk.task import Task
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.dialogs.about import About, Shortcuts
from colordesk.ui.dialogs.unkept import Answer, Question
from colordesk.ui.studio import Studio
from colordesk.ui.theme import DARK, LIGHT, Theme, Tokens
from colordesk.ui.widgets.column import Column
from tests.ui.conftest import WAIT_MS, Wait, is_idle
from tests.ui.test_saving import answer, decide

CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QListView, Canvas)


def nameless(root: QWidget) -> list[str]:
    """Return the controls that a screen reader could not name."""
    found = []
    for widget in root.findChildren(QWidget):
        inner = isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_")
        inside = isinstance(widget.parent(), QComboBox | QAbstractSpinBox) or isinstance(
            widget.window(), QDialog
        ) != isinstance(root, QDialog)
        if inner or inside or not isinstance(widget, (*CONTROLS, QLineEdit)):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text):
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [p / 12.92 if p <= 0.04045 else math.pow((p + 0.055) / 1.055, 2.4) for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_control_has_a_name(at_photo: Studio) -> None:
    at_photo.messages.note("info", "What", "Todo", ("Answer", lambda: None))
    assert nameless(at_photo.window) == []


def test_every_control_of_the_dialogs_has_a_name(at_photo: Studio) -> None:
    window = at_photo.window
    for dialog in (
        About(window),
        Shortcuts([("Heading", ""), ("Text", "Ctrl+T")], window),
        Question("Heading", "Text", "Keep", "Discard", "Cancel", window),
    ):
        assert nameless(dialog) == []


def test_every_action_is_in_a_menu_with_a_text(studio: Studio) -> None:
    in_menus = {
        action
        for menu in studio.window.menuBar().findChildren(type(studio.recent.menu))
        for action in menu.actions()
    }
    for row in studio.actions.rows:
        action = studio.actions[row.id]
        assert action in in_menus, row.id
        assert action.text()
        assert action.toolTip()


def test_no_shortcut_means_two_things(studio: Studio) -> None:
    keys = [key for row in studio.actions.rows for key in row.keys]
    assert len(keys) == len(set(keys))


def test_everything_can_be_reached_by_tab(at_photo: Studio) -> None:
    window = at_photo.window
    window.activateWindow()
    at_photo.canvas.setFocus()
    seen = set()
    for _ in range(80):
        focus = QApplication.focusWidget() or window
        assert not focus.visibleRegion().isEmpty(), focus.accessibleName()
        seen.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    for name in ("strength", "saturation", "temperature", "tint"):
        assert at_photo.look_panel.slider(name).track in seen
        assert at_photo.look_panel.slider(name).number in seen
    assert {at_photo.model_panel.model_box, at_photo.model_panel.size_box, at_photo.canvas} <= seen


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_texts_can_be_read(tokens: Tokens) -> None:
    for surface in (tokens.window, tokens.panel, tokens.raised):
        for text in (tokens.text, tokens.muted):
            assert contrast(text, surface) >= 4.5
        for text in (tokens.error, tokens.warning, tokens.info, tokens.success):
            assert contrast(text, surface) >= 3.0
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    tick = resources_dir() / "icons" / f"{tokens.tick}.svg"
    assert tokens.on_accent in tick.read_text(encoding="utf-8")


def test_surfaces_are_neutral() -> None:
    for tokens in (DARK, LIGHT):
        for name in (tokens.canvas, tokens.window, tokens.panel, tokens.raised):
            assert QColor(name).saturation() == 0


def test_both_themes_apply_and_are_kept(studio: Studio, wait: Wait) -> None:
    for choice, tokens in (("light", LIGHT), ("dark", DARK)):
        studio.actions[f"theme-{choice}"].trigger()
        wait(lambda: is_idle(studio))
        assert studio.theme.tokens is tokens
        image = studio.welcome.grab().toImage()
        assert image.pixelColor(5, 5).name() == tokens.panel
        assert read_settings(settings_file()).theme == choice
    studio.actions["theme-system"].trigger()
    wait(lambda: is_idle(studio))
    assert read_settings(settings_file()).theme == "system"


def test_damaged_settings_are_said_and_left_alone(
    make_studio: Callable[[], Studio], wait: Wait
) -> None:
    settings_file().write_text("{ damaged", encoding="utf-8")
    studio = make_studio()
    assert studio.banner.isVisible()
    assert "settings" in studio.banner.what.text()
    studio.actions["theme-light"].trigger()
    wait(lambda: is_idle(studio))
    assert settings_file().read_text("utf-8") == "{ damaged"


def test_the_window_closes_cleanly_while_jobs_run(at_photo: Studio) -> None:
    begun = threading.Event()

    def work(task: Task) -> None:
        begun.set()
        while True:
            task.progress(0.5, "for ever")
            threading.Event().wait(0.002)

    told: list[object] = []
    at_photo.bridge.start(work, "inference", "Endless", told.append, told.append)
    at_photo.bridge.start(work, "files", "Endless", told.append, told.append)
    assert begun.wait(20)
    closed: list[bool] = []
    at_photo.closed.connect(lambda: closed.append(True))
    at_photo.window.close()
    QApplication.processEvents()
    assert closed == [True]
    assert told == []


def test_slow_work_can_be_seen_and_cancelled(studio: Studio, wait: Wait) -> None:
    wait(lambda: is_idle(studio))

    def work(task: Task) -> None:
        while True:
            task.progress(0.25, "half a half")
            threading.Event().wait(0.002)

    ended: list[bool] = []
    job = studio.bridge.start(
        work,
        "files",
        "Counting",
        lambda value: None,
        lambda error: None,
        lambda: ended.append(True),
    )
    line = studio.status.jobs
    wait(line.isVisible)
    wait(lambda: line.title.text() == "Counting" and line.bar.value() == 250)
    assert line.status.text() == "half a half"
    other = studio.bridge.start(work, "batch", "Another", lambda value: None, lambda error: None)
    wait(lambda: other.progress > 0)
    line.cancel_button.click()  # of several it is asked which
    assert job.state.value == other.state.value == "running"
    assert line.menu is not None
    names = [action.text() for action in line.menu.actions()]
    assert names == ["Cancel: Counting", "Cancel: Another"]
    line.menu.actions()[1].trigger()
    line.menu.close()
    wait(lambda: studio.bridge.active == [job])
    line.cancel_button.click()
    wait(lambda: ended == [True])
    assert job.state.value == "cancelled"
    assert not line.isVisible()
    assert not studio.banner.isVisible()


def test_clean_photos_close_without_a_question(
    at_photo: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, Answer.STAY)
    assert at_photo.window.close()
    assert asked == []


def test_unkept_changes_are_asked_about(
    at_photo: Studio, photo: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_photo.look_panel.slider("tint").number.setValue(9)
    asked = answer(monkeypatch, Answer.STAY)
    assert not at_photo.window.close()
    assert at_photo.window.isVisible()
    assert len(asked) == 1
    answer(monkeypatch, Answer.KEEP)
    assert not at_photo.window.close()
    wait(lambda: not at_photo.window.isVisible())
    assert read_edit(sidecar_path(photo)).look.tint == 9


def test_changes_can_be_discarded(
    at_photo: Studio, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_photo.look_panel.slider("tint").number.setValue(9)
    answer(monkeypatch, Answer.DISCARD)
    assert at_photo.window.close()
    assert not sidecar_path(photo).exists()


def test_a_pasted_picture_is_asked_about(
    at_photo: Studio, photo: Path, tmp_path: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    QApplication.clipboard().setPixmap(at_photo.canvas.grab())
    at_photo.actions["paste"].trigger()
    document = at_photo.document
    wait(lambda: document.photo is not None and document.photo.path is None)
    document.want()
    asked = answer(monkeypatch, Answer.STAY)
    at_photo.opening.open([photo])
    wait(lambda: len(asked) == 1 and is_idle(at_photo))
    assert document.photo is not None
    assert document.photo.path is None
    answer(monkeypatch, Answer.KEEP)
    decide(monkeypatch, tmp_path / "kept.png")
    assert not at_photo.window.close()
    wait(lambda: not at_photo.window.isVisible())
    assert (tmp_path / "kept.png").exists()


def test_the_place_of_the_window_is_remembered(
    make_studio: Callable[[], Studio], photo: Path, wait: Wait
) -> None:
    first = make_studio()
    first.start([photo])
    wait(lambda: first.document.photo is not None)
    first.actions["panels"].trigger()
    first.actions["side"].trigger()
    assert not first.window.panels.isVisible()
    first.window.resize(777, 703)
    first.window.close()
    second = make_studio()
    second.window.restore()
    assert (second.window.width(), second.window.height()) == (777, 703)
    assert not second.window.panels.isVisible()
    assert not second.actions["panels"].isChecked()
    assert second.actions["side"].isChecked()


def test_a_damaged_memory_is_no_harm(make_studio: Callable[[], Studio], own_home: Path) -> None:
    memory = settings_file().with_name("window.ini")
    memory.write_text("geometry=@ByteArray(rubbish)\nstate=5\nrecent=\x00\xff", encoding="latin-1")
    assert make_studio().window.isVisible()


def test_a_narrow_window_keeps_every_button(studio: Studio) -> None:
    studio.window.resize(studio.window.minimumSize())
    QApplication.processEvents()
    buttons = studio.header.findChildren(QToolButton)
    for button in buttons:
        if button.objectName().startswith("header-"):
            assert button.width() >= button.sizeHint().width()
    assert studio.header.rect().right() >= max(
        button.mapTo(studio.header, button.rect().topRight()).x() for button in buttons
    )


def test_escape_leads_back(studio: Studio) -> None:
    studio.actions["full_screen"].trigger()
    assert studio.window.isFullScreen()
    studio.messages.note("info", "Something")
    QTest.keyClick(studio.window, Qt.Key.Key_Escape)
    assert not studio.banner.isVisible()
    QTest.keyClick(studio.window, Qt.Key.Key_Escape)
    assert not studio.window.isFullScreen()


def test_help(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[QDialog] = []

    def note(dialog: QDialog) -> int:
        shown.append(dialog)
        dialog.grab()
        return 0

    monkeypatch.setattr(QDialog, "exec", note)
    studio.actions["about"].trigger()
    studio.actions["shortcuts"].trigger()
    assert [type(dialog) for dialog in shown] == [About, Shortcuts]


def test_the_question_takes_its_answer(studio: Studio) -> None:
    for wanted in Answer:
        question = Question("Heading", "Text", "Keep", "Discard", "Cancel", studio.window)
        question.show()
        question.buttons[wanted].click()
        assert question.answer is wanted
        assert not question.isVisible()


def test_a_popup_does_not_leave_the_screen(studio: Studio) -> None:
    studio.status.device.click()
    popup = studio.status.popup
    assert popup.pos().y() < studio.status.mapToGlobal(QPoint(0, 0)).y()
    popup.close()


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=None,
    )


def test_the_window_loads_nothing_heavy_before_it_is_shown() -> None:
    done = run(
        "import sys; import colordesk.ui.app\n"
        "heavy = {'cv2', 'numpy', 'pyvips', 'onnxruntime', 'skimage', 'PIL'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_run_opens_the_window_and_returns_when_it_is_closed(photo: Path, settings: object) -> None:
    done = run(
        "import sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QTimer\n"
        "from colordesk.ui import app, studio\n"
        "start = studio.Studio.start\n"
        "def watched(self, paths):\n"
        "    start(self, paths)\n"
        "    self.showing.after.ready.connect(lambda frame: self.window.close())\n"
        "studio.Studio.start = watched\n"
        f"sys.exit(app.run([Path({str(photo)!r})]) + 40)\n"
    )
    assert (done.returncode, noise(done.stderr)) == (40, "")


def test_an_unexpected_error_is_said_in_the_window(settings: object) -> None:
    done = run(
        "import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from colordesk.ui import app, studio\n"
        "start = studio.Studio.start\n"
        "def watched(self, paths):\n"
        "    def look():\n"
        "        print(self.banner.isVisible(), self.banner.what.text())\n"
        "        self.window.close()\n"
        "    QTimer.singleShot(500, look)\n"
        "    raise ZeroDivisionError('by chance')\n"
        "studio.Studio.start = watched\n"
        "app.run([])\n"
    )
    assert done.stdout.startswith("True An error inside ColorDesk: ZeroDivisionError: by chance")
    assert noise(done.stderr) == ""


def noise(text: str) -> str:
    """Leave out what the platform without a screen says of itself."""
    return "".join(line for line in text.splitlines() if "propagateSizeHints" not in line)


def test_a_column_is_never_narrower_than_its_panels(qtbot: QtBot) -> None:
    panel = QPushButton("Abzug entzerren")
    panel.setMinimumWidth(300)
    body = QWidget()
    QVBoxLayout(body).addWidget(panel)
    holder = QWidget()
    column = Column(body, narrowest=260)
    QVBoxLayout(holder).addWidget(column)
    qtbot.addWidget(holder)
    holder.show()
    qtbot.waitUntil(lambda: holder.minimumSizeHint().width() > 300, timeout=WAIT_MS)
    panel.setMinimumWidth(400)
    qtbot.waitUntil(lambda: holder.minimumSizeHint().width() > 400, timeout=WAIT_MS)


def test_a_window_is_dressed_when_it_is_complete(qapp: QApplication) -> None:
    theme = Theme("dark")
    worn = qapp.styleSheet()
    with theme.taken_off():
        assert not qapp.styleSheet()
    assert worn
    assert qapp.styleSheet() == worn
