"""Which model colours the photo, and at what size it looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from colordesk.edit import Edit
from colordesk.ui.icons import Icons
from colordesk.ui.model_words import summary
from colordesk.ui.widgets.choice import Choice
from colordesk.ui.widgets.section import Section

if TYPE_CHECKING:
    from colordesk.inference.library import Model

_SIZES = (128, 192, 256, 320, 384, 448, 512, 640, 768, 1024, 1536, 2048)


class ModelPanel(QWidget):
    """Choice of model and working size.

    Args:
        icons: for the reset button.
    """

    model_chosen = Signal(object)
    """Its id, or None for the default."""
    size_chosen = Signal(object)
    """The short side in pixels, or None for the model's own choice."""
    reset_wanted = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._models: dict[str, Model] = {}
        self._default: str | None = None
        self._edit = Edit()
        self.model_box = Choice(self.tr("Model"))
        self.model_box.setToolTip(self.tr("The network that predicts the colours."))
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self._summary.setProperty("role", "muted")
        self.size_box = Choice(self.tr("Working size"))
        self.size_box.setToolTip(
            self.tr(
                "Short side of the copy that the model looks at. Larger sees finer detail and "
                "takes longer; smaller gives calmer colours. The saved photo always has full size."
            )
        )
        size_label = QLabel(self.tr("Working size"))
        size_label.setBuddy(self.size_box)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.model_box)
        column.addWidget(self._summary)
        column.addSpacing(4)
        column.addWidget(size_label)
        column.addWidget(self.size_box)
        self.section = Section(self.tr("Model"), body, icons, self.tr("Reset model and size"))
        self.section.reset_wanted.connect(self.reset_wanted)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.section)
        self.model_box.activated.connect(self._model_activated)
        self.size_box.activated.connect(
            lambda index: self.size_chosen.emit(self.size_box.itemData(index))
        )
        self._show()

    def set_models(self, models: Sequence[Model], default: str | None) -> None:
        """Show what there is to choose from."""
        self._models = {model.manifest.id: model for model in models}
        self._default = default
        self._show()

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Id and title of each model."""
        return [(name, model.manifest.title) for name, model in self._models.items()]

    def set_edit(self, edit: Edit) -> None:
        """Show what an edit has chosen."""
        self._edit = edit
        self._show()

    def _model_activated(self, index: int) -> None:
        wanted = self.model_box.itemData(index)
        self.model_chosen.emit(None if wanted == self._default else wanted)

    def _show(self) -> None:
        wanted = self._edit.model or self._default
        self.model_box.clear()
        for model_id, model in self._models.items():
            self.model_box.addItem(model.manifest.title, model_id)
        if wanted is not None and wanted not in self._models:
            self.model_box.addItem(self.tr("{id} (missing)").format(id=wanted), wanted)
        self.model_box.setCurrentIndex(self.model_box.findData(wanted))
        self.model_box.setEnabled(bool(self._models))
        if not self._models:
            self.model_box.setPlaceholderText(self.tr("No model yet"))
        chosen = self._models.get(wanted or "")
        self._summary.setText(summary(chosen) if chosen else "")
        self._summary.setVisible(bool(self._summary.text()))
        self._show_sizes(chosen)
        changed = self._edit.model is not None or self._edit.size is not None
        self.section.set_reset_enabled(changed)

    def _show_sizes(self, model: Model | None) -> None:
        self.size_box.clear()
        if model is None:
            self.size_box.addItem(self.tr("Automatic"), None)
            self.size_box.setEnabled(False)
            return
        size = model.manifest.size
        automatic = self.tr("Automatic ({side} px)").format(side=size.preferred)
        self.size_box.addItem(automatic, None)
        self.size_box.setEnabled(not size.fixed)
        if size.fixed:
            return
        sides = {side for side in _SIZES if size.min <= side <= size.max}
        if self._edit.size is not None:
            sides.add(self._edit.size)
        for side in sorted(sides):
            self.size_box.addItem(self.tr("{side} px").format(side=side), side)
        self.size_box.setCurrentIndex(max(self.size_box.findData(self._edit.size), 0))
