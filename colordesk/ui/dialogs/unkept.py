"""Asks what becomes of edits that would be lost when the window closes."""

from __future__ import annotations

import enum

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class Answer(enum.Enum):
    """What a person wants."""

    KEEP = "keep"
    DISCARD = "discard"
    STAY = "stay"


class Question(QDialog):
    """A question with a heading, a sentence and up to three answers.

    Args:
        heading: the question.
        text: what the answers mean.
        keep: text of the button that loses nothing; empty if there is none.
        discard: text of the button that lets go.
        stay: text of the button that does nothing.
        parent: the window.
    """

    def __init__(
        self,
        heading: str,
        text: str,
        keep: str,
        discard: str,
        stay: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("ColorDesk"))
        self.answer = Answer.STAY
        self.buttons: dict[Answer, QPushButton] = {}
        title = QLabel(heading)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        font.setBold(True)
        title.setFont(font)
        body = QLabel(text)
        for label in (title, body):
            label.setWordWrap(True)
            label.setFixedWidth(420)
        row = QHBoxLayout()
        row.setSpacing(8)
        for answer, words in ((Answer.DISCARD, discard), (Answer.STAY, stay), (Answer.KEEP, keep)):
            if words:
                button = QPushButton(words)
                button.setAccessibleName(words)
                button.clicked.connect(lambda _=False, answer=answer: self._take(answer))
                self.buttons[answer] = button
                row.addWidget(button)
            if answer is Answer.DISCARD:
                row.addStretch(1)
        default = self.buttons.get(Answer.KEEP, self.buttons[Answer.STAY])
        default.setDefault(True)
        default.setFocus()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 18)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(body)
        column.addSpacing(8)
        column.addLayout(row)
        self.setFixedSize(self.sizeHint())

    def ask(self) -> Answer:
        """Show the question and return the answer."""
        self.exec()
        return self.answer

    def _take(self, answer: Answer) -> None:
        self.answer = answer
        self.accept()
