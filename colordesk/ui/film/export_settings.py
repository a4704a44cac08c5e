"""Codec, quality and depth of the file that a film becomes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from colordesk.ui.widgets.choice import Choice
from colordesk.ui.widgets.form import Form

if TYPE_CHECKING:
    from colordesk.video.codecs import ExportSettings

_BITS = (8, 10, 12, 16)


class ExportSettingsForm(QWidget):
    """Fields for an `ExportSettings`."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        from colordesk.video.codecs import CODECS

        self._codecs = CODECS
        self._settings: ExportSettings | None = None
        titles = {
            "h264": self.tr("H.264, plays everywhere"),
            "h265": self.tr("H.265, smaller, for newer players"),
            "av1": self.tr("AV1, smallest, slow to make"),
            "vp9": self.tr("VP9, for web pages"),
            "prores": self.tr("ProRes 422 HQ, for editing"),
            "ffv1": self.tr("FFV1, nothing lost"),
            "dnxhd": self.tr("DNxHR, for editing"),
            "gif": self.tr("GIF, short and silent"),
        }
        self.codec = Choice(self.tr("Codec"))
        for key in CODECS:
            self.codec.addItem(titles.get(key, key), key)
        self.quality = QSpinBox()
        self.quality.setAccessibleName(self.tr("Quality number"))
        self.quality.setToolTip(
            self.tr("The encoder's own scale (crf): a lower number keeps more and takes more room.")
        )
        self.quality.lineEdit().setTextMargins(6, 0, 6, 0)  # a style sheet leaves no room
        self.bits = Choice(self.tr("Bit depth"))
        form = Form(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.add(self.tr("Codec"), self.codec)
        form.add(self.tr("Quality number"), self.quality)
        form.add(self.tr("Bit depth"), self.bits)
        self.codec.activated.connect(self._choose_codec)
        self.quality.valueChanged.connect(self._edited)
        self.bits.activated.connect(self._edited)

    def settings(self) -> ExportSettings:
        """Return what was decided."""
        assert self._settings is not None
        return self._settings

    def set_settings(self, settings: ExportSettings) -> None:
        """Show how a film is written."""
        self._settings = settings
        key = settings.codec or "h264"
        codec = self._codecs[key]
        self.codec.setCurrentIndex(max(self.codec.findData(key), 0))
        self.quality.blockSignals(True)
        self.quality.setEnabled(codec.quality is not None)
        self.quality.setRange(*(codec.best_to_worst if codec.quality is not None else (0, 0)))
        self.quality.setSpecialValueText("" if codec.quality is not None else "–")
        own = codec.quality if settings.quality is None else settings.quality
        self.quality.setValue(own or 0)
        self.quality.blockSignals(False)
        self.bits.clear()
        self.bits.addItem(self.tr("As the film, if possible"), None)
        for bits in _BITS:
            if bits in codec.bits:
                self.bits.addItem(self.tr("{bits} bit").format(bits=bits), bits)
        self.bits.setCurrentIndex(max(self.bits.findData(settings.bits), 0))

    def _choose_codec(self) -> None:
        """Take a codec with its usual quality."""
        key = str(self.codec.currentData())
        if self._settings is not None and key != self._settings.codec:
            quality = self._codecs[key].quality
            settings = replace(self._settings, codec=key, quality=quality, bitrate=None, bits=None)
            self.set_settings(settings)
            self.edited.emit()

    def _edited(self) -> None:
        if self._settings is None:
            return
        quality = self.quality.value() if self.quality.isEnabled() else None
        bits = self.bits.currentData()
        self._settings = replace(self._settings, quality=quality, bits=bits)
        self.edited.emit()
