"""How the colours are shown: strength, saturation, temperature and tint."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from colordesk.edit import Look
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.section import Section
from colordesk.ui.widgets.slider import ValueSlider

_COOL_WARM = ("#4f86c6", "#8d8d8d", "#e0912f")
_GREEN_PINK = ("#4f9d5d", "#8d8d8d", "#c9609c")
_NO_GESTURE = -1


class LookPanel(QWidget):
    """Sliders for a `Look`.

    Args:
        icons: for the reset button.
    """

    edited = Signal(object, str, int)
    """The new `Look`, what was done, and the gesture."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._look = Look()
        self._sliders = {
            "strength": ValueSlider(
                self.tr("Strength"), 0, 100, 100, self.tr("From the gray photo to full colour.")
            ),
            "saturation": ValueSlider(
                self.tr("Saturation"),
                0,
                200,
                100,
                self.tr("How vivid the colours are."),
                origin=100,
            ),
            "temperature": ValueSlider(
                self.tr("Temperature"),
                -100,
                100,
                0,
                self.tr("Cooler or warmer light."),
                colours=_COOL_WARM,
            ),
            "tint": ValueSlider(
                self.tr("Tint"),
                -100,
                100,
                0,
                self.tr("Greener or pinker light."),
                colours=_GREEN_PINK,
            ),
        }
        self._texts = {
            "strength": self.tr("change of strength"),
            "saturation": self.tr("change of saturation"),
            "temperature": self.tr("change of temperature"),
            "tint": self.tr("change of tint"),
        }
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for name, slider in self._sliders.items():
            column.addWidget(slider)
            slider.edited.connect(
                lambda value, gesture, name=name: self._edited(name, value, gesture)
            )
        self.section = Section(self.tr("Colour"), body, icons, self.tr("Reset the colour sliders"))
        self.section.reset_wanted.connect(self._reset)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.section)
        self.set_look(Look())

    def slider(self, name: str) -> ValueSlider:
        """Return the slider of a field of `Look`."""
        return self._sliders[name]

    def set_look(self, look: Look) -> None:
        """Show a look."""
        self._look = look
        for name, slider in self._sliders.items():
            slider.set_value(getattr(look, name))
        self.section.set_reset_enabled(look != Look())

    def _edited(self, name: str, value: float, gesture: int) -> None:
        look = dataclasses.replace(self._look, **{name: value})
        self.edited.emit(look, self._texts[name], gesture)

    def _reset(self) -> None:
        self.edited.emit(Look(), self.tr("reset of the colour sliders"), _NO_GESTURE)
