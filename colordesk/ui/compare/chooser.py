"""The list of what can be compared, with a box to tick for each."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.compare.contenders import Contenders, Offer
from colordesk.ui.compare.entry import MOST_RESULTS
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.column import Column

_LINE = 28


class Chooser(QWidget):
    """Lets a person choose models and edits.

    Args:
        contenders: the list and the choice.
        icons: for the buttons.
    """

    keep_wanted = Signal()
    """Set the edit at hand aside."""
    file_wanted = Signal()
    """Take an edit or a preset from a file."""
    folder_wanted = Signal()
    """Show where models are put."""

    def __init__(self, contenders: Contenders, icons: Icons) -> None:
        super().__init__()
        self._contenders, self._icons = contenders, icons
        self.boxes: dict[str, QCheckBox] = {}
        """Key -> the box of what can be compared."""
        self._offered: list[QWidget] = []
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "muted")
        self.folder_button = QPushButton(self.tr("Add models to compare…"))
        self.folder_button.setToolTip(self.tr("Show the folder into which models are put"))
        self.folder_button.clicked.connect(self.folder_wanted)
        self.keep_button = QPushButton(self.tr("Set this edit aside"))
        self.keep_button.setToolTip(
            self.tr("Compare the photo's edit as it is now with models and other edits")
        )
        self.keep_button.clicked.connect(self.keep_wanted)
        self.file_button = QPushButton(self.tr("Edit from a file…"))
        self.file_button.setToolTip(self.tr("Compare a preset, or an edit kept beside a photo"))
        self.file_button.clicked.connect(self.file_wanted)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        body = QWidget()
        body.setObjectName("panelsBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(10)
        column.addLayout(self._list)
        column.addWidget(self.hint)
        column.addWidget(self.folder_button)
        column.addSpacing(6)
        column.addWidget(self.keep_button)
        column.addWidget(self.file_button)
        column.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Column(body))
        contenders.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        offers = self._contenders.offers()
        focused = next((key for key, box in self.boxes.items() if box.hasFocus()), None)
        if [offer.key for offer in offers] != list(self.boxes):
            self._fill(offers)
            if focused in self.boxes:
                self.boxes[focused].setFocus()
        for offer in offers:
            box = self.boxes[offer.key]
            box.blockSignals(True)
            box.setChecked(offer.chosen)
            box.blockSignals(False)
            box.setEnabled(offer.chosen or not self._contenders.is_full)
        models = sum(offer.is_model for offer in offers)
        self.hint.setText(self._advice(models))
        self.hint.setVisible(bool(self.hint.text()))
        self.folder_button.setVisible(models < 2)

    def _advice(self, models: int) -> str:
        if not models:
            return self.tr("No model is installed yet.")
        if models == 1:
            return self.tr(
                "There is one model. Put other .onnx models into your models folder, or set "
                "edits aside and compare those."
            )
        if self._contenders.is_full:
            return self.tr("{count} at once are the most; leave one out to take another.").format(
                count=MOST_RESULTS
            )
        return ""

    def _fill(self, offers: list[Offer]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        self.boxes, self._offered = {}, []
        for offer in offers:
            self._list.addWidget(self._line(offer))

    @property
    def controls(self) -> list[QWidget]:
        """What the keyboard comes to, from top to bottom."""
        return [*self._offered, self.folder_button, self.keep_button, self.file_button]

    def _line(self, offer: Offer) -> QWidget:
        line = QWidget()
        line.setMinimumHeight(_LINE)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        box = QCheckBox(offer.title.replace("&", "&&"))
        box.setToolTip(offer.tip or offer.title)
        box.setAccessibleName(self.tr("Compare {title}").format(title=offer.title))
        box.toggled.connect(lambda on: self._contenders.choose(offer.key, on))
        box.setMinimumWidth(40)
        row.addWidget(box, 1)
        self._offered.append(box)
        if not offer.is_model:
            button = QToolButton()
            button.setIconSize(QSize(13, 13))
            button.setToolTip(self.tr("Forget this edit"))
            button.setAccessibleName(self.tr("Forget {title}").format(title=offer.title))
            button.clicked.connect(lambda: self._contenders.remove(offer.key))
            self._icons.bind(button, "close", "muted")
            row.addWidget(button)
            self._offered.append(button)
        self.boxes[offer.key] = box
        return line
