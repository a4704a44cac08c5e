"""Jobs end exactly once, lanes keep their order, and closing leaves no thread behind."""

from __future__ import annotations

import functools
import gc
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest

from colordesk.jobs import LANES, Job, Jobs, JobState, Lane
from colordesk.task import Cancelled, Task

WAIT = 20.0


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.close()


def blocker(jobs: Jobs, lane: Lane = "files") -> tuple[Job[None], threading.Event, threading.Event]:
    """A job that has begun and holds its lane until the second event is set."""
    begun, go = threading.Event(), threading.Event()

    def work(task: Task) -> None:
        begun.set()
        while not go.wait(0.01):
            task.check()

    job = jobs.submit(work, lane)
    assert begun.wait(WAIT)
    return job, begun, go


def test_the_value_comes_back_and_states_follow_each_other(jobs: Jobs) -> None:
    states: list[JobState] = []
    job = jobs.submit(
        lambda task: 6 * 7, "files", "Answering", lambda job: states.append(job.state)
    )
    assert job.wait(WAIT)
    jobs.close()
    assert (job.value, job.title) == (42, "Answering")
    assert states == [JobState.RUNNING, JobState.DONE]


def test_an_error_becomes_data(jobs: Jobs) -> None:
    def work(task: Task) -> None:
        raise OSError("no such luck")

    job = jobs.submit(work, "inference")
    assert job.wait(WAIT)
    assert job.state is JobState.FAILED
    assert str(job.error) == "no such luck"
    with pytest.raises(RuntimeError, match="failed"):
        _ = job.value
    assert jobs.submit(lambda task: "next", "inference").wait(WAIT)


def test_a_lane_keeps_its_order(jobs: Jobs) -> None:
    _, _, go = blocker(jobs)
    seen: list[int] = []

    def note(n: int) -> Callable[[Task], None]:
        return lambda task: seen.append(n)

    last = [jobs.submit(note(n), "files") for n in range(5)][-1]
    assert seen == []
    go.set()
    assert last.wait(WAIT)
    assert seen == [0, 1, 2, 3, 4]


def test_lanes_do_not_wait_for_each_other(jobs: Jobs) -> None:
    held, _, _ = blocker(jobs, "files")
    assert jobs.submit(lambda task: None, "inference").wait(WAIT)
    assert held.state is JobState.RUNNING


def test_cancel_stops_a_running_job(jobs: Jobs) -> None:
    job, _, _ = blocker(jobs)
    job.cancel()
    assert job.wait(WAIT)
    assert job.state is JobState.CANCELLED
    assert job.error is None


def test_cancel_of_a_waiting_job_is_over_at_once_and_never_runs(jobs: Jobs) -> None:
    _, _, go = blocker(jobs)
    ran: list[str] = []
    changes: list[JobState] = []
    job = jobs.submit(
        lambda task: ran.append("ran"), "files", on_change=lambda job: changes.append(job.state)
    )
    job.cancel()
    assert job.state is JobState.CANCELLED
    go.set()
    assert jobs.submit(lambda task: None, "files").wait(WAIT)
    assert (ran, changes) == ([], [JobState.CANCELLED])


def test_work_that_finishes_in_spite_of_a_cancel_is_done(jobs: Jobs) -> None:
    begun, go = threading.Event(), threading.Event()

    def work(task: Task) -> str:
        begun.set()
        go.wait(WAIT)
        return "written"

    job = jobs.submit(work, "files")
    assert begun.wait(WAIT)
    job.cancel()
    go.set()
    assert job.wait(WAIT)
    assert (job.state, job.value) == (JobState.DONE, "written")


def test_progress_is_told_but_not_every_grain_of_it(jobs: Jobs) -> None:
    told: list[tuple[float, str]] = []

    def work(task: Task) -> None:
        for n in range(10_000):
            task.progress(n / 10_000)
        task.progress(0.99995, "nearly there")

    job = jobs.submit(work, "files", on_change=lambda job: told.append((job.progress, job.status)))
    assert job.wait(WAIT)
    jobs.close()
    assert told == sorted(told)
    assert 100 < len(told) <= 205
    assert told[-1] == (0.99995, "nearly there")


def test_a_job_that_is_over_holds_nothing_of_its_work(jobs: Jobs) -> None:
    class Photo:
        pass

    def look_at(photo: Photo, task: Task) -> None:
        pass

    photo = Photo()
    gone = weakref.ref(photo)
    job = jobs.submit(functools.partial(look_at, photo), "files")
    assert job.wait(WAIT)
    jobs.close()
    del photo
    gc.collect()
    assert gone() is None


def test_what_a_job_gave_goes_with_it_at_once(jobs: Jobs) -> None:
    class Photo:
        pass

    gc.disable()
    try:
        job = jobs.submit(lambda task: Photo(), "files")
        assert job.wait(WAIT)
        gone = weakref.ref(job.value)
        jobs.close()
        del job
        assert gone() is None
    finally:
        gc.enable()


def test_close_cancels_and_joins() -> None:
    jobs = Jobs()
    before = set(threading.enumerate())
    running = [blocker(jobs, lane)[0] for lane in LANES]
    waiting = jobs.submit(lambda task: None, "files")
    lanes = set(threading.enumerate()) - before
    assert len(lanes) == sum(LANES.values())
    jobs.close()
    assert not any(thread.is_alive() for thread in lanes)
    assert {job.state for job in (*running, waiting)} == {JobState.CANCELLED}
    with pytest.raises(RuntimeError):
        jobs.submit(lambda task: None, "files")
    jobs.close()


def test_work_may_say_itself_that_it_was_cancelled(jobs: Jobs) -> None:
    def work(task: Task) -> None:
        raise Cancelled

    job = jobs.submit(work, "files")
    assert job.wait(WAIT)
    assert job.state is JobState.CANCELLED
