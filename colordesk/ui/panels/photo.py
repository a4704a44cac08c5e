"""What the photo at hand is: its name and what its file told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from colordesk.edit.geometry import Geometry
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.elided import ElidedLabel
from colordesk.ui.widgets.section import Section

if TYPE_CHECKING:
    from colordesk.photo import Photo

_AS_IT_IS = Geometry()


class PhotoPanel(QWidget):
    """Name, size in its shape, and kind of the photo.

    Args:
        icons: for the section.
    """

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._name = ElidedLabel()
        self._facts = QLabel()
        self._facts.setProperty("role", "muted")
        self._facts.setWordWrap(True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._name)
        column.addWidget(self._facts)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Section(self.tr("Photo"), body, icons))
        self.set_photo(None)

    def set_photo(self, photo: Photo | None, geometry: Geometry = _AS_IT_IS) -> None:
        """Describe a photo in its shape, or say that there is none."""
        if photo is None:
            self._name.setText(self.tr("No photo is open"))
            self._name.setToolTip("")
            self._facts.setText("")
        else:
            self._name.setText(photo.path.name if photo.path else self.tr("Pasted picture"))
            self._name.setToolTip(str(photo.path or ""))
            self._facts.setText(" · ".join(self._told(photo, geometry)))
        self._facts.setVisible(photo is not None)

    def _told(self, photo: Photo, geometry: Geometry) -> list[str]:
        width, height = geometry.size(photo.width, photo.height)
        megapixels = width * height / 1e6
        facts = [
            self.tr("{width} × {height}").format(width=width, height=height),
            self.tr("{count} MP").format(
                count=f"{megapixels:.1f}" if megapixels < 10 else (f"{megapixels:.0f}")
            ),
            self.tr("{bits} bit {kind}").format(
                bits=photo.bits, kind=self.tr("gray") if photo.is_gray else self.tr("RGB")
            ),
        ]
        if photo.alpha is not None:
            facts.append(self.tr("transparent"))
        if photo.dpi is not None:
            facts.append(self.tr("{dots} dpi").format(dots=round(photo.dpi[0])))
        return facts
