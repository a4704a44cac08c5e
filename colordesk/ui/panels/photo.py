"""What the photo at hand is: its name and what its file told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colordesk.edit.geometry import Geometry
from colordesk.ui.i18n import figure
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.facts import Facts

if TYPE_CHECKING:
    from colordesk.photo import Photo

_AS_IT_IS = Geometry()
translate = QCoreApplication.translate


class PhotoPanel(Facts):
    """Name, size in its shape, and kind of the photo.

    Args:
        icons: for the section.
    """

    def __init__(self, icons: Icons) -> None:
        super().__init__(translate("PhotoPanel", "Photo"), icons)
        self.set_photo(None)

    def set_photo(self, photo: Photo | None, geometry: Geometry = _AS_IT_IS) -> None:
        """Describe a photo in its shape, or say that there is none."""
        if photo is None:
            self.tell(self.tr("No photo is open"), "", "")
        else:
            name = photo.path.name if photo.path else self.tr("Pasted picture")
            self.tell(name, str(photo.path or ""), " · ".join(self._told(photo, geometry)))

    def _told(self, photo: Photo, geometry: Geometry) -> list[str]:
        width, height = geometry.size(photo.width, photo.height)
        megapixels = width * height / 1e6
        facts = [
            self.tr("{width} × {height}").format(width=width, height=height),
            self.tr("{count} MP").format(
                count=figure(f"{megapixels:.1f}") if megapixels < 10 else f"{megapixels:.0f}"
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
