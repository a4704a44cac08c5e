"""What an empty window offers: drop or open a photo, try the sample, go on with a recent one.

On the very first start the introduction stands in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.icons import Icons, logo
from colordesk.ui.introduction import Introduction
from colordesk.ui.theme import Theme

_RECENT = 4


class Welcome(QWidget):
    """The empty state.

    Args:
        theme: for the colours.
        icons: for the buttons.
    """

    photo_wanted = Signal()
    folder_wanted = Signal()
    sample_wanted = Signal()
    recent_wanted = Signal(object)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._drop = False
        self.introduction = Introduction(icons)
        theme.changed.connect(self.update)
        picture = QLabel()
        picture.setPixmap(logo(96, self.devicePixelRatioF()))
        picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        picture.setAccessibleName(self.tr("ColorDesk"))
        title = QLabel(self.tr("Bring an old photograph back to colour"))
        font = QFont(title.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        hint = QLabel(
            self.tr("Drop a photo, a film or a folder here, paste a picture, or choose one.")
        )
        hint.setProperty("role", "muted")
        for label in (title, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        self._photo = photo = QPushButton(self.tr("Open photo…"))
        photo.setProperty("primary", True)
        photo.setAutoDefault(True)  # Enter opens one
        photo.setToolTip(self.tr("Open a photo (Ctrl+O)"))
        icons.bind(photo, "photo", "on_accent")
        folder = QPushButton(self.tr("Open folder…"))
        folder.setToolTip(self.tr("Open all photos of a folder (Ctrl+Shift+O)"))
        icons.bind(folder, "folder")
        sample = QToolButton()
        sample.setText(self.tr("or try the sample photograph"))
        sample.setProperty("link", True)
        sample.setCursor(Qt.CursorShape.PointingHandCursor)
        for button in (photo, folder):
            button.setIconSize(QSize(18, 18))
            button.setMinimumHeight(36)
        for control in (photo, folder, sample):
            control.setAccessibleName(control.text())
        photo.clicked.connect(self.photo_wanted)
        folder.clicked.connect(self.folder_wanted)
        sample.clicked.connect(self.sample_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(photo)
        buttons.addWidget(folder)
        buttons.addStretch(1)
        self._recent = QWidget()
        self._recent_grid = QGridLayout(self._recent)
        self._recent_grid.setContentsMargins(0, 0, 0, 0)
        self._recent_grid.setSpacing(2)
        usual = QWidget()
        column = QVBoxLayout(usual)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(3)
        column.addWidget(picture)
        column.addSpacing(18)
        column.addWidget(title)
        column.addSpacing(8)
        column.addWidget(hint)
        column.addSpacing(26)
        column.addLayout(buttons)
        column.addSpacing(10)
        column.addWidget(sample, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(22)
        column.addWidget(self._recent, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(4)
        self._pages = QStackedWidget()
        self._pages.addWidget(usual)
        self._pages.addWidget(self.introduction)
        box = QVBoxLayout(self)
        box.setContentsMargins(48, 48, 48, 48)
        box.addWidget(self._pages)

    def introduce(self, on: bool) -> None:
        """Show the introduction, or what is usual."""
        self._pages.setCurrentIndex(int(on))
        self._focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Let Enter do what is most likely wanted."""
        super().showEvent(event)
        self._focus()

    def _focus(self) -> None:
        (self.introduction.next if self.introduces else self._photo).setFocus()

    @property
    def introduces(self) -> bool:
        """Whether the introduction is shown."""
        return self._pages.currentWidget() is self.introduction

    def set_recent(self, paths: Sequence[Path]) -> None:
        """Offer recent photos."""
        while (item := self._recent_grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if paths:
            heading = QLabel(self.tr("Recent"))
            heading.setProperty("role", "muted")
            self._recent_grid.addWidget(heading, 0, 0, Qt.AlignmentFlag.AlignHCenter)
        for row, path in enumerate(paths[:_RECENT], 1):
            button = QToolButton()
            name = f"{path.parent.name}/{path.name}" if path.parent.name else path.name
            button.setText(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, 360))
            button.setToolTip(str(path))
            button.setAccessibleName(self.tr("Open {name}").format(name=path.name))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._icons.bind(button, "recent", "muted")
            button.clicked.connect(lambda _=False, path=path: self.recent_wanted.emit(path))
            self._recent_grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignHCenter)
        self._recent.setVisible(bool(paths))

    @property
    def invites(self) -> bool:
        """Whether it shows that files can be let go."""
        return self._drop

    def set_drop(self, on: bool) -> None:
        """Show that files can be let go here."""
        self._drop = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame that invites to drop."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.colour("panel"))
        frame = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        painter.setBrush(self._theme.colour("selection") if self._drop else Qt.BrushStyle.NoBrush)
        colour: QColor = self._theme.colour("accent" if self._drop else "groove")
        pen = QPen(colour, 1.6, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([5, 5])
        painter.setPen(pen)
        painter.drawRoundedRect(frame, 16, 16)
        painter.end()
