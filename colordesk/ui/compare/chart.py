"""The one door to pyqtgraph: a plot in the colours of the theme.

pyqtgraph takes most of a second to load, so a worker does it as soon as photos are compared.
Invariant: nothing of a plot outlives its widget.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from colordesk.task import Task
from colordesk.ui.theme import Theme


def load(task: Task) -> None:
    """Load what plots need, ahead of the first; meant for a worker."""
    import pyqtgraph  # noqa: F401 - a second of work that the window then does not have


def make_chart(name: str) -> Any:
    """Return an empty plot, a `pyqtgraph.PlotWidget`.

    Args:
        name: for those who do not see it.
    """
    import pyqtgraph

    chart = pyqtgraph.PlotWidget(enableMenu=False)
    # it makes a menu all the same, never seen, which would stay behind as a window of its own
    chart.plotItem.ctrlMenu.setParent(chart, Qt.WindowType.Popup)
    for control in chart.plotItem.ctrlMenu.findChildren(QWidget):
        control.setAccessibleName(control.objectName() or name)
    chart.setAccessibleName(name)
    chart.hideButtons()
    chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    chart.setMinimumHeight(150)
    chart.setFrameShape(QFrame.Shape.NoFrame)
    return chart


def dress(chart: Any, theme: Theme, across: str, up: str) -> None:
    """Empty a plot and give it the colours of the theme.

    Args:
        chart: the plot.
        theme: of the window.
        across: what the horizontal axis shows.
        up: what the vertical axis shows.
    """
    chart.clear()
    chart.setBackground(theme.colour("panel"))
    for side, text in (("bottom", across), ("left", up)):
        axis = chart.getAxis(side)
        axis.setPen(theme.colour("groove"))
        axis.setTextPen(theme.colour("muted"))
        axis.setTicks(None)
        chart.setLabel(side, text, color=theme.tokens.muted)
    chart.showGrid(x=True, y=True, alpha=0.15)
    chart.setAspectLocked(False)
    chart.setLogMode(x=False, y=False)
    chart.setMouseEnabled(x=True, y=True)
