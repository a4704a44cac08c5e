"""Frames of a film at the moments they are due; what cannot be made in time is left out.

Hides pace: how long a frame takes is learnt, and frames are chosen so that they are ready when the
sound is there, however slow the model is.
Invariant: no frame is shown before its time, and time goes on whatever a frame costs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from colordesk.task import Task

Raw = TypeVar("Raw")
Made = TypeVar("Made")
_PAUSE = 0.02  # seconds between two looks at whether to stop
_LEARNS_MORE, _LEARNS_LESS = 0.8, 0.1  # weight of the last frame: better left out than late
_FORGETS = 0.98  # a frame left out makes the next one likelier


def project(
    frames: Iterable[tuple[float, Raw]],
    make: Callable[[Raw], Made],
    show: Callable[[Made], object],
    begin: Callable[[], object],
    step: float,
    task: Task,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], object] = time.sleep,
) -> int:
    """Show frames when they are due; return how many were left out.

    Args:
        frames: each with the seconds at which it is due, in order.
        make: makes a frame ready; may take long.
        show: shows it.
        begin: called once, when the first frame is ready and time begins.
        step: seconds between two frames.
        task: cancelling it stops the playing.
        clock: returns seconds.
        sleep: waits for seconds.

    Raises:
        Cancelled: the owner of the task asked for it.
    """
    start: float | None = None  # on the clock, of the moment 0 of the frames
    cost, left_out = 0.0, 0
    for due, raw in frames:
        task.check()
        if start is None:
            made = make(raw)  # however long: the model may have to be opened
            begin()
            start = clock() - due
            show(made)
            continue
        began = clock()
        if start + due < began + cost - step / 2:
            cost *= _FORGETS
            left_out += 1
            continue
        made = make(raw)
        more = clock() - began - cost
        cost += (_LEARNS_MORE if more > 0 else _LEARNS_LESS) * more
        while (left := start + due - clock()) > 0:
            task.check()
            sleep(min(left, _PAUSE))
        show(made)
    return left_out
