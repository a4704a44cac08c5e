"""One quiet line above the photo: what happened and what to do; never a stack of boxes.

Invariant: at most one message is seen; a newer one takes its place, and where the older one told
of something that nobody may have waited for, it comes back when the newer one goes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from colordesk.ui.icons import Icons

KINDS = ("info", "success", "warning", "error")
_PASSING_MS = 8000
Answer = tuple[str, Callable[[], object]]


@dataclass(frozen=True)
class _Message:
    kind: str
    what: str
    todo: str
    answers: tuple[Answer, ...]


class Banner(QFrame):
    """The message bar.

    Args:
        icons: for its signs.
    """

    left = Signal()
    """The message went while a key would have gone to it; the focus should go where the work is."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.kind = ""
        self._staying: _Message | None = None
        """What is seen, if it stays."""
        self._unread: list[_Message] = []
        """What stays, and was there when something newer came."""
        self.setObjectName("banner")
        self.setAccessibleName(self.tr("Message"))
        self._sign = QToolButton()
        self._sign.setEnabled(True)
        self._sign.setIconSize(QSize(20, 20))
        self._sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.what = QLabel()
        self.todo = QLabel()
        self.what.setProperty("role", "heading")
        self.todo.setProperty("role", "muted")
        for label in (self.what, self.todo):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.what)
        words.addWidget(self.todo)
        self._answers = QHBoxLayout()
        self._answers.setSpacing(8)
        self.close_button = QToolButton()
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setToolTip(self.tr("Dismiss (Esc)"))
        self.close_button.setAccessibleName(self.tr("Dismiss the message"))
        self.close_button.clicked.connect(self.dismiss)
        icons.bind(self.close_button, "close", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 9, 10, 9)
        row.setSpacing(10)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addLayout(self._answers)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PASSING_MS)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    def tell(
        self,
        kind: str,
        what: str,
        todo: str = "",
        answers: tuple[Answer, ...] = (),
        *,
        stays: bool = False,
    ) -> None:
        """Show a message.

        Args:
            kind: one of `KINDS`; a success goes away by itself.
            what: what happened.
            todo: what to do about it, if anything.
            answers: texts and slots of buttons; each also dismisses the message.
            stays: nobody may be there when it comes: a success stays as well, and a newer message
                only comes before it.
        """
        message = _Message(kind, what, todo, answers)
        if self._staying is not None:
            self._unread.append(self._staying)
        self._staying = message if stays else None
        self._show(message)
        if kind == "success" and not stays:
            self._timer.start()
        else:
            self._timer.stop()

    def _show(self, message: _Message) -> None:
        kind, what, todo = message.kind, message.what, message.todo
        self.kind = kind
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icons.bind(self._sign, kind, kind)
        self._sign.setAccessibleName(kind)
        self.what.setText(what)
        self.todo.setText(todo)
        self.todo.setVisible(bool(todo))
        while (item := self._answers.takeAt(0)) is not None:
            if (button := item.widget()) is not None:
                button.hide()
                button.deleteLater()
        for number, (text, slot) in enumerate(message.answers):
            button = QPushButton(text)
            button.setAccessibleName(text)
            button.setProperty("primary", number == 0 and kind == "info")
            button.clicked.connect(self.dismiss)
            button.clicked.connect(slot)
            self._answers.addWidget(button)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def answer(self, number: int) -> QPushButton:
        """Return one of the answer buttons."""
        item = self._answers.itemAt(number)
        button = item.widget() if item is not None else None
        if not isinstance(button, QPushButton):
            raise IndexError(f"the message has no answer {number}")
        return button

    def dismiss(self) -> None:
        """Take the message away, and show what stays and was not seen for it."""
        focus = QApplication.focusWidget()
        self._timer.stop()
        self.hide()
        self._staying = self._unread.pop() if self._unread else None
        if self._staying is not None:
            self._show(self._staying)
        if focus is not None and self.isAncestorOf(focus):
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc dismiss the message."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)
