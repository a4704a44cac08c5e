"""Playing without haste, so that what is shown depends on no clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from colordesk.task import Task
from colordesk.ui.film import projection

_project = projection.project


class Steady:
    """Stands in for `projection.project`: time goes on only while it waits, so no frame is late."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, int]] = []
        """Number of the stretch and frame of its clip at 25 a second, of all that was shown."""
        self.pictures: dict[int, Any] = {}
        """What was shown last of each frame; the window may leave some out to keep up."""
        self.hold_at: int | None = None
        """After this frame it waits until it is stopped."""

    def __call__(
        self,
        frames: Iterable[tuple[float, Any]],
        make: Callable[[Any], Any],
        show: Callable[[Any], object],
        begin: Callable[[], object],
        step: float,
        task: Task,
        clock: Callable[[], float],
    ) -> int:
        """Show all frames."""
        now = [0.0]

        def sleep(seconds: float) -> None:
            now[0] += seconds

        def seen(picture: Any) -> None:
            frame = round(picture.seconds * 25)
            self.seen.append((picture.number, frame))
            self.pictures[frame] = picture
            show(picture)
            while frame == self.hold_at:
                task.check()
                time.sleep(0.01)

        return _project(frames, make, seen, begin, step, task, clock=lambda: now[0], sleep=sleep)
