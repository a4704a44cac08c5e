"""How many photos are to be coloured and written: where, under which names, and what is left out.

Invariant: what makes no sense is said while it is typed, and cannot be queued.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from colordesk.errors import ColorDeskError
from colordesk.settings import Settings
from colordesk.ui.batch.batch_engine import BatchWish
from colordesk.ui.error_words import told
from colordesk.ui.widgets.choice import Choice
from colordesk.ui.widgets.folder_field import FolderField
from colordesk.ui.widgets.form import Form
from colordesk.ui.widgets.slider import ValueSlider

_LOSSY = ("jpg", "webp", None)


class BatchDialog(QDialog):
    """Asks how photos are to be queued.

    Args:
        wish: what is known already: title and inputs.
        folder: folder that is suggested for the results.
        count: how many photos there are; None for a folder that nobody looked into yet.
        settings: format and quality to begin with.
        recolor: whether photos with colours of their own are coloured, to begin with.
        parent: the window.
    """

    def __init__(
        self,
        wish: BatchWish,
        folder: Path,
        count: int | None,
        settings: Settings,
        recolor: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wish = wish
        self.setWindowTitle(self.tr("Queue photos"))
        self.setMinimumWidth(560)
        what = QLabel(
            self.tr("All photos in {name}").format(name=wish.title)
            if count is None
            else self.tr("{count} photos").format(count=count)
        )
        what.setProperty("role", "heading")
        self.where = Choice(self.tr("Where"))
        self.where.addItem(self.tr("In one folder"), "folder")
        if count is not None:
            self.where.addItem(self.tr("Beside each photo"), "beside")
        self.folder = FolderField(folder, self.tr("Put the results into this folder"))
        self.deep = QCheckBox(self.tr("Folders inside it as well"))
        self.tree = QCheckBox(self.tr("Keep the tree of folders"))
        self.tree.setChecked(True)
        self.template = QLineEdit(wish.template)
        self.template.setAccessibleName(self.tr("Names"))
        self.template.setToolTip(
            self.tr("{name}, {folder}, {number} and {date} stand for what they say.")
        )
        self.format = Choice(self.tr("Format"))
        for key, words in (
            (None, self.tr("As each photo")),
            ("jpg", "JPEG"),
            ("png", "PNG"),
            ("tif", "TIFF"),
            ("webp", "WebP"),
        ):
            self.format.addItem(words, key)
        self.format.setCurrentIndex(max(0, self.format.findData(settings.format)))
        self.quality = ValueSlider(
            self.tr("Quality"),
            1,
            100,
            settings.quality,
            self.tr("Higher keeps more and takes more room."),
        )
        self.existing = Choice(self.tr("Results that are there already"))
        self.existing.addItem(self.tr("Keep them, pass over the photo"), "skip")
        self.existing.addItem(self.tr("Replace them"), "replace")
        self.colours = Choice(self.tr("Photos with colours of their own"))
        self.colours.addItem(self.tr("Leave them as they are"), False)
        self.colours.addItem(self.tr("Colour them, too"), True)
        self.colours.setCurrentIndex(int(recolor))
        self._notes = QLabel()
        self._notes.setWordWrap(True)
        self._notes.setMinimumHeight(self.fontMetrics().height() * 2 + 4)
        self._notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = self._buttons.addButton(self.tr("Queue"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setDefault(True)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out(what, has_folders=count is None)
        self.folder.changed.connect(self._check)
        self.template.textChanged.connect(self._check)
        for choice in (self.where, self.format):
            choice.currentIndexChanged.connect(self._check)
        self._check()

    def wish(self) -> BatchWish:
        """Return what was decided."""
        beside = self.where.currentData() == "beside"
        return replace(
            self._wish,
            output=None if beside else self.folder.path,
            template=self.template.text().strip(),
            format=self.format.currentData(),
            quality=round(self.quality.value()),
            existing=self.existing.currentData(),
            recolor=bool(self.colours.currentData()),
            recursive=self.deep.isChecked(),
            tree=self.tree.isChecked(),
        )

    @property
    def may_queue(self) -> bool:
        """Whether nothing speaks against it."""
        return self._go.isEnabled()

    def note(self) -> str:
        """Return what is wrong, or an example of a name."""
        return self._notes.text()

    def _lay_out(self, what: QLabel, *, has_folders: bool) -> None:
        form = Form()
        form.add(self.tr("Where"), self.where)
        form.add(self.tr("Folder"), self.folder)
        for box in (self.deep, self.tree):
            if has_folders:
                form.add("", box)
            else:
                box.setParent(self)  # it goes with the dialog
                box.hide()
        form.add(self.tr("Names"), self.template)
        form.add(self.tr("Format"), self.format)
        form.add("", self.quality)
        form.add(self.tr("Results that exist"), self.existing)
        form.add(self.tr("Colour photos"), self.colours)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(14)
        column.addWidget(what)
        column.addLayout(form)
        column.addWidget(self._notes)
        column.addWidget(self._buttons)

    def _check(self) -> None:
        """Say what is wrong, or how a result will be called."""
        beside = self.where.currentData() == "beside"
        self.folder.setEnabled(not beside)
        self.tree.setEnabled(self.deep.isChecked())
        self.quality.setEnabled(self.format.currentData() in _LOSSY)
        refusal = self._refusal(beside)
        self._notes.setText(refusal or self._example(beside))
        self._notes.setProperty("role", "error" if refusal else "muted")
        self._notes.style().unpolish(self._notes)
        self._notes.style().polish(self._notes)
        self._go.setEnabled(not refusal)

    def _refusal(self, beside: bool) -> str:
        from colordesk.plan import check_template

        folder = self.folder.text
        if not beside and not folder:
            return self.tr("Choose a folder for the results.")
        if not beside and self.folder.path.is_file():
            return self.tr("{name} is a file, not a folder.").format(name=folder)
        try:
            check_template(self.template.text().strip())
        except ColorDeskError as error:
            return told(error).what
        return ""

    def _example(self, beside: bool) -> str:
        from colordesk.plan import FIELDS

        first = self._wish.inputs[0]
        name = "scan 1" if first.is_dir() else first.stem
        stem = self.template.text().strip()
        for field, value in (("name", name), ("folder", first.parent.name), ("number", "1")):
            stem = stem.replace(f"{{{field}}}", value)
        mark = "-color" if beside and stem == name else ""
        example = self.tr("For example: {name}").format(name=f"{stem}{mark}")
        fields = self.tr("{fields} may stand in it.").format(
            fields=" ".join(f"{{{field}}}" for field in FIELDS)
        )
        return f"{example}\n{fields}"
