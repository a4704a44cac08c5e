"""The bar at the top: open, undo, compare, zoom, save. All of it comes from the action table."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolBar, QToolButton, QWidget

from colordesk.ui.actions import Actions
from colordesk.ui.icons import Icons


class Header(QToolBar):
    """The top bar.

    Args:
        actions: the action table.
        icons: for the one button in the accent colour.
    """

    peeked = Signal(bool)
    """Whether the button that shows the original is held."""

    def __init__(self, actions: Actions, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setWindowTitle(self.tr("Header"))
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._actions = actions
        self._worded: list[QToolButton] = []
        self._room_for_words = 0
        self._body = QWidget()
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(8, 6, 10, 6)
        row.setSpacing(4)
        sides = [QWidget(), QWidget()]
        left, right = (QHBoxLayout(side) for side in sides)
        for side, layout in zip(sides, (left, right), strict=True):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(2)
            side.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        left.addWidget(self._button("open", words=True))
        left.addWidget(self._button("open_folder"))
        left.addSpacing(10)
        left.addWidget(self._button("undo"))
        left.addWidget(self._button("redo"))
        left.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(1)
        names = ("single", "split", "side")
        for name, end in zip(names, ("left", "", "right"), strict=True):
            button = self._button(name, words=True)
            button.setProperty("segment", True)
            button.setProperty("end", end)
            middle.addWidget(button)
        right.addSpacing(6)
        right.addWidget(self._eye(icons))
        right.addWidget(self._button("compare", words=True))
        right.addStretch(1)
        for name in ("zoom_out", "zoom_in", "fit", "actual"):
            right.addWidget(self._button(name))
        right.addSpacing(10)
        self.grip = self._grip(icons)
        right.addWidget(self.grip)
        right.addWidget(self._primary("save", "save", icons))
        row.addWidget(sides[0], 1)
        row.addLayout(middle)
        row.addWidget(sides[1], 1)
        self.addWidget(self._body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words away where there is no room for them."""
        super().resizeEvent(event)
        style = self._worded[0].toolButtonStyle()
        if style == Qt.ToolButtonStyle.ToolButtonTextBesideIcon:
            self._room_for_words = self._body.sizeHint().width()
        wanted = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if self.width() >= self._room_for_words
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        if wanted != style:
            for button in self._worded:
                button.setToolButtonStyle(wanted)
                button.setProperty("bare", wanted == Qt.ToolButtonStyle.ToolButtonIconOnly)
                button.style().unpolish(button)
                button.style().polish(button)

    def _button(self, name: str, *, words: bool = False) -> QToolButton:
        action: QAction = self._actions[name]
        button = QToolButton()
        button.setDefaultAction(action)
        self._dress(button, action, words=words)
        return button

    def _primary(self, name: str, icon: str, icons: Icons) -> QToolButton:
        """Return a button in the accent colour, which the action's own icon would not suit."""
        action = self._actions[name]
        button = QToolButton()
        button.setProperty("primary", True)
        button.setText(action.text().replace("&", ""))
        icons.bind(button, icon, "on_accent")
        button.clicked.connect(action.trigger)
        self._dress(button, action, words=True)

        def follow() -> None:
            button.setEnabled(action.isEnabled())
            button.setToolTip(action.toolTip())

        action.changed.connect(follow)
        follow()
        return button

    def _eye(self, icons: Icons) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(19, 19))
        button.setMinimumHeight(32)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(self.tr("Hold to see the original (O or \\)"))
        button.setAccessibleName(self.tr("Hold to see the original"))
        icons.bind(button, "eye")
        button.pressed.connect(lambda: self.peeked.emit(True))
        button.released.connect(lambda: self.peeked.emit(False))
        action = self._actions["split"]  # there is something to compare when this is allowed
        action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
        button.setEnabled(action.isEnabled())
        return button

    def _grip(self, icons: Icons) -> QToolButton:
        """Return the place from which the result is dragged; pressed, it copies instead."""
        action = self._actions["copy_result"]
        button = QToolButton()
        button.setIconSize(QSize(19, 19))
        button.setMinimumHeight(32)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.OpenHandCursor)
        button.setToolTip(
            self.tr("Drag the coloured photo to a folder or another program; a click copies it")
        )
        button.setAccessibleName(self.tr("Drag the coloured photo out, or copy it"))
        icons.bind(button, "drag-out")
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
        button.setEnabled(action.isEnabled())
        return button

    def _dress(self, button: QToolButton, action: QAction, *, words: bool) -> None:
        button.setObjectName(f"header-{action.objectName()}")
        if words:
            self._worded.append(button)
        button.setIconSize(QSize(19, 19))
        button.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if words
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text().replace("&", "").rstrip("…"))
        button.setMinimumHeight(32)
