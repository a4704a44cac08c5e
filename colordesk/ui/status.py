"""The line at the bottom: what is going on, with a way to stop it, and what really computes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QStatusBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.jobs import Job
from colordesk.ui.error_words import retold, said
from colordesk.ui.icons import Icons
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from colordesk.inference.device import Device

_PATIENCE_MS = 350  # what is over sooner is not worth a flash of the bar


class JobLine(QWidget):
    """The job that has been at it longest: title, how far it is, cancel; the title gives way.

    Args:
        bridge: whose jobs are shown.
        icons: for the button.
    """

    def __init__(self, bridge: JobBridge, icons: Icons) -> None:
        super().__init__()
        self._bridge = bridge
        self.title = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self.title.setMaximumWidth(420)
        self.status = QLabel()
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(150)
        self.cancel_button = QToolButton()
        self.cancel_button.setIconSize(QSize(14, 14))
        self.cancel_button.setToolTip(self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self._cancel)
        icons.bind(self.cancel_button, "close", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.title)
        row.addWidget(self.status)
        row.addWidget(self.bar)
        row.addWidget(self.cancel_button)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show)
        self._shown: Job[Any] | None = None
        self.menu: QMenu | None = None
        """Where it is chosen which of several jobs is to be cancelled."""
        bridge.changed.connect(self._changed)
        self.hide()

    def _changed(self, job: Job[Any]) -> None:
        if not self._bridge.active:
            self._patience.stop()
            self._shown = None
            self.hide()
        elif self.isHidden():
            if not self._patience.isActive():
                self._patience.start()
        else:
            self._show()

    def _show(self) -> None:
        active = self._bridge.active
        if not active:
            return
        job = self._shown = active[0]
        text = job.title
        if len(active) > 1:
            text = self.tr("{text}  (+{count} more)").format(text=text, count=len(active) - 1)
        self.title.setText(text)
        self.status.setText(job.status)
        self.status.setVisible(bool(job.status))
        self.bar.setRange(0, 1000 if job.progress > 0 else 0)
        self.bar.setValue(round(job.progress * 1000))
        self.show()

    def _cancel(self) -> None:
        long = [job for job in self._bridge.active if job.progress > 0]
        if len(long) > 1:
            self._choose(long)
        elif self._shown is not None:
            self._shown.cancel()

    def _choose(self, jobs: Sequence[Job[Any]]) -> None:
        """Ask which of several long jobs is to be cancelled."""
        menu = self.menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for job in jobs:
            menu.addAction(self.tr("Cancel: {job}").format(job=job.title), job.cancel)
        place = self.cancel_button.mapToGlobal(QPoint(0, 0))
        menu.popup(place - QPoint(0, menu.sizeHint().height()))


class DevicePopup(QFrame):
    """Says what computes and why.

    Args:
        parent: above which it appears.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAccessibleName(self.tr("Device"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        self._heading = QLabel()
        self._heading.setProperty("role", "heading")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setFixedWidth(320)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._heading)
        column.addWidget(self._text)

    def text(self) -> str:
        """Return what it says below its heading."""
        return self._text.text()

    def tell(self, heading: str, lines: list[str], anchor: QWidget) -> None:
        """Appear above a widget."""
        self._heading.setText(heading)
        self._text.setText("\n\n".join(lines))
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), -self.height() - 6))
        self.move(corner)
        self.show()


class StatusLine(QStatusBar):
    """The status bar.

    Args:
        bridge: whose jobs are shown.
        icons: for the buttons.
    """

    zoom_wanted = Signal()
    """The zoom was clicked."""

    def __init__(self, bridge: JobBridge, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._notices: tuple[str, ...] = ()
        self._asked = "auto"
        self.setSizeGripEnabled(False)
        self.setMinimumHeight(30)
        self._message = ElidedLabel()
        self._message.setContentsMargins(8, 0, 0, 0)
        self.jobs = JobLine(bridge, icons)
        self._zoom = QToolButton()
        self._zoom.setProperty("quiet", True)
        self._zoom.setToolTip(self.tr("Zoom; click for the whole photo or its own pixels"))
        self._zoom.setAccessibleName(self.tr("Zoom"))
        self._zoom.clicked.connect(self.zoom_wanted)
        self.device = QToolButton()
        self.device.setProperty("quiet", True)
        self.device.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.device.setIconSize(QSize(15, 15))
        self.device.clicked.connect(self._tell_device)
        self.popup = DevicePopup(self)
        for button in (self._zoom, self.device):
            button.setFixedHeight(24)
        self.addWidget(self._message, 1)
        self.addPermanentWidget(self.jobs)
        self.addPermanentWidget(self._zoom)
        self.addPermanentWidget(self.device)
        self.set_zoom(None)
        self.set_device(None, (), "auto")

    def say(self, text: str) -> None:
        """Show a few words at the left."""
        self._message.setText(text)

    def message(self) -> str:
        """Return the words at the left."""
        return self._message.text()

    def set_zoom(self, zoom: float | None) -> None:
        """Show the zoom, if there is a photo."""
        self._zoom.setVisible(zoom is not None)
        if zoom is not None:
            percent = self.tr("{zoom} %").format(zoom=f"{zoom * 100:.0f}")
            self._zoom.setText(percent)
            self._zoom.setAccessibleName(self.tr("Zoom {percent}").format(percent=percent))

    def set_device(self, device: Device | None, notices: tuple[str, ...], asked: str) -> None:
        """Show what computes.

        Args:
            device: None as long as no model was opened.
            notices: what a person should be told of it.
            asked: the device in the settings.
        """
        self._notices, self._asked = tuple(retold(notice) for notice in notices), asked
        text = said(device.label) if device else self.tr("No model loaded yet")
        self.device.setText(text)
        self.device.setAccessibleName(self.tr("Computes on {device}").format(device=text))
        self.device.setToolTip(self.tr("What computes the colours; click for details"))
        token = "warning" if notices else "muted"
        self._icons.bind(self.device, "warning" if notices else "chip", token)

    def _tell_device(self) -> None:
        lines = list(self._notices)
        if self._asked == "auto":
            lines.append(self.tr("The device is chosen by itself: a working GPU, else the CPU."))
        else:
            lines.append(self.tr("The settings ask for {device}.").format(device=self._asked))
        self.popup.tell(self.device.text(), lines, self.device)
