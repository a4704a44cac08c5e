"""How much room the kept answers of the models take, and a way to be rid of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from colordesk.task import Task
from colordesk.ui.film.film_engine import FilmEngine
from colordesk.ui.job_bridge import JobBridge

_MB = 1 << 20


class KeptAnswers(QWidget):
    """Size, limit, and a button.

    Args:
        bridge: runs the counting and the clearing.
        engine: does it.
    """

    def __init__(self, bridge: JobBridge, engine: FilmEngine) -> None:
        super().__init__()
        self._bridge, self._engine = bridge, engine
        self._gone = False
        self.taken = QLabel("…")
        self.taken.setToolTip(
            self.tr(
                "What models said of the frames of films is kept, so that another look, codec or "
                "range does not ask them again. The oldest goes first."
            )
        )
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setAccessibleName(self.tr("Clear the kept answers of the models"))
        self.clear.setAutoDefault(False)
        self.clear.clicked.connect(self._clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.taken, 1)
        row.addWidget(self.clear)
        self._look(engine.kept)

    def _clear(self) -> None:
        def work(task: Task) -> tuple[int, int]:
            self._engine.clear(task)
            return self._engine.kept(task)

        self.clear.setEnabled(False)
        self._look(work)

    def leave(self) -> None:
        """Show nothing any more, since it is about to be deleted."""
        self._gone = True

    def _look(self, work: Callable[[Task], tuple[int, int]]) -> None:
        def told(found: tuple[int, int]) -> None:
            if not self._gone:
                taken, limit = found
                self.taken.setText(
                    self.tr("{taken} MB of at most {limit} MB").format(
                        taken=-(-taken // _MB), limit=limit // _MB
                    )
                )
                self.clear.setEnabled(taken > 0)

        def failed(error: Exception) -> None:
            if not self._gone:
                self.taken.setText(str(error))

        self._bridge.start(work, "files", "", told, failed)
