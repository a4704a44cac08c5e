"""Names beside the fields that they name, each in the middle of its field's height."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLabel, QWidget


class Form(QFormLayout):
    """Two columns, of which the right one takes all the room.

    Args:
        parent: what it fills, if it fills something alone.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalSpacing(12)
        self.setHorizontalSpacing(16)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def add(self, name: str, field: QWidget) -> None:
        """Add a field; one without a name stands below the one before."""
        label = QLabel(name)
        if name:
            field.ensurePolished()  # only then it knows its height
            label.setMinimumHeight(field.sizeHint().height())
            label.setBuddy(field)
        self.addRow(label, field)
