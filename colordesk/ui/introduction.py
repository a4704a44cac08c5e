"""The first look at ColorDesk in three steps: what it does, a sample to try, one's own photos.

Invariant: it can be left at any step, and nothing of it has to be done.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.paths import resources_dir
from colordesk.ui.icons import Icons, logo

_SAMPLES = ("astronaut.jpg", "camera.jpg", "chelsea.jpg", "coffee.jpg", "rocket.jpg")
_TRY, _OWN = 1, 2  # steps
_THUMBNAIL, _FRAME, _GAP = 104, 12, 10
_WIDTH, _NARROWEST, _HEIGHT = 620, 460, 330


class Introduction(QWidget):
    """Three steps, one seen at a time.

    Args:
        icons: for the buttons.
    """

    photo_wanted = Signal()
    folder_wanted = Signal()
    sample_wanted = Signal(object)
    """The path of a sample photograph."""
    ended = Signal()
    """A person has seen it, or does not want to."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.samples: list[QToolButton] = []
        self._texts: list[QLabel] = []
        self.pages = QStackedWidget()
        for page in (self._what(), self._try(), self._own()):
            self.pages.addWidget(page)
        self.number = QLabel()
        self.number.setProperty("role", "muted")
        self.skip = QPushButton(self.tr("Skip"))
        self.skip.setToolTip(self.tr("Leave the introduction; Help shows it again"))
        keeps_its_place = self.skip.sizePolicy()
        keeps_its_place.setRetainSizeWhenHidden(True)
        self.skip.setSizePolicy(keeps_its_place)
        self.back = QPushButton(self.tr("Back"))
        self.next = QPushButton(self.tr("Next"))
        self.next.setProperty("primary", True)
        self.next.setAutoDefault(True)  # Enter goes on
        self.next.setDefault(True)
        self.skip.clicked.connect(self.ended)
        self.back.clicked.connect(lambda: self.go(self.pages.currentIndex() - 1))
        self.next.clicked.connect(self._forward)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.number)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        self._scroll = scroll = QScrollArea()  # so that the window may be smaller
        scroll.setWidget(self.pages)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (scroll.viewport(), self.pages):
            part.setAutoFillBackground(False)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(22)
        column.addWidget(scroll)
        column.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addStretch(3)
        box.addWidget(self._inside, 100, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(4)
        self._fit(_WIDTH)
        self.go(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make texts and pictures as wide as there is room."""
        super().resizeEvent(event)
        self._fit(min(max(self.width() - self._bar, _NARROWEST), _WIDTH))

    @property
    def _bar(self) -> int:
        return self._scroll.verticalScrollBar().sizeHint().width()

    def _fit(self, width: int) -> None:
        self._inside.setFixedWidth(width + self._bar)
        for text in self._texts:
            text.setFixedWidth(width)  # so that its height is known
        self._scroll.setMaximumHeight(max(self.pages.sizeHint().height(), _HEIGHT))
        gaps = (len(self.samples) - 1) * _GAP
        side = min((width - gaps) // len(self.samples) - _FRAME, _THUMBNAIL)
        for button in self.samples:
            button.setIconSize(QSize(side, side))

    def go(self, step: int) -> None:
        """Show a step, 0 to 2."""
        if step == _TRY and self.samples[0].icon().isNull():  # not read before they are seen
            for button, file in zip(self.samples, _SAMPLES, strict=True):
                button.setIcon(_square(_sample(file), self.devicePixelRatioF()))
        self.pages.setCurrentIndex(step)
        count = self.pages.count()
        self.number.setText(
            self.tr("Step {number} of {count}").format(number=step + 1, count=count)
        )
        self.back.setEnabled(step > 0)
        last = step == count - 1
        self.next.setText(self.tr("Start") if last else self.tr("Next"))
        self.skip.setVisible(not last)

    def _forward(self) -> None:
        if self.pages.currentIndex() == self.pages.count() - 1:
            self.ended.emit()
        else:
            self.go(self.pages.currentIndex() + 1)

    def _what(self) -> QWidget:
        picture = QLabel()
        picture.setPixmap(logo(88, self.devicePixelRatioF()))
        picture.setAccessibleName(self.tr("ColorDesk"))
        return self._page(
            self.tr("Black and white becomes colour"),
            (
                self.tr(
                    "A model that has seen many photographs gives yours the colours that things "
                    "usually have. Light and shadow stay exactly as they are."
                ),
                self.tr(
                    "It cannot know what colour a coat really was. Where you do, set a colour "
                    "point, or take the colours of another photo as a reference."
                ),
                self.tr("All of it happens on this computer. Nothing is sent anywhere."),
            ),
            picture,
        )

    def _try(self) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(_GAP)
        names = (
            self.tr("Astronaut"),
            self.tr("Photographer"),
            self.tr("Cat"),
            self.tr("Coffee"),
            self.tr("Rocket"),
        )
        for file, name in zip(_SAMPLES, names, strict=True):
            path = _sample(file)
            button = QToolButton()
            button.setText(name)
            button.setAccessibleName(self.tr("Open the sample {name}").format(name=name))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.clicked.connect(lambda _=False, path=path: self._take(path))
            self.samples.append(button)
            across.addWidget(button)
        return self._page(
            self.tr("Try it on a sample"),
            (
                self.tr("Click a photograph: it opens in colour, beside the original."),
                self.tr(
                    "Drag the divider to compare, hold O to see the original, and move the "
                    "sliders at the right. Whatever you do can be undone."
                ),
            ),
            row,
        )

    def _own(self) -> QWidget:
        buttons = QWidget()
        across = QHBoxLayout(buttons)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        across.addStretch(1)
        for text, icon, wanted in (
            (self.tr("Open photo…"), "photo", self.photo_wanted),
            (self.tr("Open folder…"), "folder", self.folder_wanted),
        ):
            button = QPushButton(text)
            button.setMinimumHeight(36)
            self._icons.bind(button, icon)
            button.clicked.connect(wanted)
            across.addWidget(button)
        across.addStretch(1)
        return self._page(
            self.tr("Then open your own"),
            (
                self.tr("Drop photos, a folder or a film anywhere in this window, or open them."),
                self.tr(
                    "Save puts the result beside the original, with “-color” after its name, at "
                    "full size. The original itself is never written over."
                ),
                self.tr(
                    "What you chose for a photo is kept beside it as well, so that you can go on "
                    "another day."
                ),
            ),
            buttons,
        )

    def _page(self, title: str, texts: Sequence[str], below: QWidget) -> QWidget:
        heading = QLabel(title)
        font = QFont(heading.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setWeight(QFont.Weight.DemiBold)
        heading.setFont(font)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addStretch(1)
        for label in (heading, *(QLabel(text) for text in texts)):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._texts.append(label)
            column.addWidget(label)
        column.addSpacing(10)
        column.addWidget(below, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _take(self, path: Path) -> None:
        self.go(_OWN)  # where a person finds it again once the sample is closed
        self.sample_wanted.emit(path)


class IntroductionDialog(QDialog):
    """The introduction above the window, for those who ask for it again.

    Args:
        icons: for the buttons.
        parent: the window.
    """

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Introduction"))
        self.resize(_WIDTH + 90, _HEIGHT + 120)
        self.body = Introduction(icons)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.addWidget(self.body)
        self.body.next.setFocus()
        for signal in (
            self.body.ended,
            self.body.photo_wanted,
            self.body.folder_wanted,
            self.body.sample_wanted,
        ):
            signal.connect(lambda *_: self.accept())


def _sample(file: str) -> Path:
    return resources_dir() / "samples" / file


def _square(path: Path, ratio: float) -> QIcon:
    """Return the middle of a picture as a square."""
    side = round(_THUMBNAIL * ratio)
    whole = QPixmap(str(path)).scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    cut = whole.copy((whole.width() - side) // 2, (whole.height() - side) // 2, side, side)
    cut.setDevicePixelRatio(ratio)
    return QIcon(cut)
