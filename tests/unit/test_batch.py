"""A batch goes on after a bad photo, ends when nothing more can be written, and stays in order."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import pytest
import skimage.data
from PIL import Image

from colordesk import batch
from colordesk.batch import Existing, Order, Result, Skipped, run
from colordesk.edit import Edit, EditError
from colordesk.errors import FileError
from colordesk.inference.device import Device
from colordesk.photo import Photo, PhotoError, open_photo
from colordesk.plan import Item, plan
from colordesk.render import Renderer
from colordesk.task import Task


class Inverter:
    """Stands in for the renderer: makes a negative, and counts how many photos are in work."""

    device = Device("cpu", 0, "CPU")

    def __init__(self, before: Callable[[Photo], None] = lambda photo: None) -> None:
        self._before = before
        self._lock = threading.Lock()
        self._inside = 0
        self.most_inside = 0

    def render(self, photo: Photo, edit: Edit, task: Task) -> Photo:
        with self._lock:
            self._inside += 1
            self.most_inside = max(self.most_inside, self._inside)
        try:
            self._before(photo)
            task.progress(1)
            return photo.with_pixels(~photo.pixels, photo.icc)
        finally:
            with self._lock:
                self._inside -= 1


def picture(path: Path, value: int = 100, channels: int = 1, dtype: type = np.uint8) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    ok, data = cv2.imencode(path.suffix, np.full((20, 30, channels), value, dtype))
    assert ok
    path.write_bytes(data.tobytes())  # not imwrite: that knows no Unicode names on some systems
    return path


def colorize(
    items: list[Item],
    renderer: Inverter | None = None,
    *,
    edit_for: Callable[[Path], Edit] = lambda source: Edit(),
    jobs: int = 2,
    overwrite: bool = False,
    existing: Existing = "refuse",
    recolor: bool = False,
    on_result: Callable[[Result], None] = lambda result: None,
    task: Task | None = None,
) -> list[Result]:
    return run(
        items,
        cast("Renderer", renderer or Inverter()),
        lambda source: Order(
            edit_for(source), existing="replace" if overwrite else existing, recolor=recolor
        ),
        jobs=jobs,
        on_result=on_result,
        task=task or Task(),
    )


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_every_photo_gets_its_result_in_order(tmp_path: Path) -> None:
    sources = [picture(tmp_path / f"{n} ä.png", n) for n in range(9)]
    told: list[Result] = []

    def dawdle(photo: Photo) -> None:
        time.sleep(0.002 * (9 - int(photo.pixels[0, 0, 0])))  # the first is the slowest

    results = colorize(
        plan(sources),
        Inverter(dawdle),
        jobs=4,
        on_result=told.append,
        edit_for=lambda source: Edit("m"),
    )
    assert [result.item.source for result in results] == sources
    assert told == results
    for number, result in enumerate(results):
        assert (result.status, result.size, result.model) == ("done", (30, 20), "m")
        assert result.device == "CPU"
        assert open_photo(result.item.target).pixels[0, 0, 0] == 255 - number


def test_a_bad_photo_does_not_stop_the_rest(tmp_path: Path) -> None:
    picture(tmp_path / "in" / "a.png")
    (tmp_path / "in" / "b.png").write_bytes(b"no picture")
    picture(tmp_path / "in" / "c.png")
    picture(tmp_path / "in" / "d.png")

    def edit_for(source: Path) -> Edit:
        if source.name == "c.png":
            raise EditError("look.tint cannot be 3000", source)
        return Edit()

    missing = tmp_path / "none.png"
    results = colorize(
        plan([tmp_path / "in", missing], tmp_path / "out"),
        edit_for=edit_for,
    )
    kinds = [type(result.error) for result in results]
    assert kinds == [type(None), PhotoError, EditError, type(None), FileNotFoundError]
    assert files(tmp_path / "out") == ["a.png", "d.png"]


def test_not_even_a_bug_stops_the_rest(tmp_path: Path) -> None:
    sources = [picture(tmp_path / f"{n}.png", n) for n in range(3)]

    def fail(photo: Photo) -> None:
        if photo.pixels[0, 0, 0] == 1:
            raise ZeroDivisionError("a bug")

    results = colorize(plan(sources), Inverter(fail))
    assert [result.status for result in results] == ["done", "failed", "done"]
    assert files(tmp_path) == ["0-color.png", "0.png", "1.png", "2-color.png", "2.png"]


def test_a_full_disk_ends_the_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [picture(tmp_path / f"{n:02}.png") for n in range(20)]

    def save(photo: Photo, target: Path, **options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    monkeypatch.setattr(batch, "save_photo", save)
    results = colorize(plan(sources), jobs=2)
    assert results[0].status == "failed"
    assert [result.status for result in results[2:]] == ["not tried"] * 18


def test_results_that_exist_are_kept_unless_told(tmp_path: Path) -> None:
    items = plan([picture(tmp_path / "a.png", 100)])
    assert colorize(items)[0].status == "done"
    (again,) = colorize(items, Inverter(lambda photo: pytest.fail("work for nothing")))
    assert isinstance(again.error, FileError)
    picture(tmp_path / "a.png", 7)
    assert colorize(items, overwrite=True)[0].status == "done"
    assert open_photo(items[0].target).pixels[0, 0, 0] == 248


def test_a_source_is_never_overwritten(tmp_path: Path) -> None:
    source = picture(tmp_path / "a.png")
    other = picture(tmp_path / "b.png")
    link = tmp_path / "link.png"
    os.link(source, link)
    before = source.read_bytes()
    targets = [source, tmp_path / "." / "a.png", link, other]
    items = [Item(source, target) for target in targets] + [Item(other, tmp_path / "out.png")]
    results = colorize(items, overwrite=True)
    assert [type(result.error) for result in results] == [FileError] * 4 + [type(None)]
    assert source.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="links need no rights on POSIX only")
def test_a_source_is_not_overwritten_through_a_link(tmp_path: Path) -> None:
    source = picture(tmp_path / "a.png")
    link = tmp_path / "out" / "b.png"
    link.parent.mkdir()
    link.symlink_to(source)
    (result,) = colorize([Item(source, link)], overwrite=True)
    assert isinstance(result.error, FileError)
    assert link.is_symlink()


def test_alpha_decides_where_a_photo_without_a_format_of_its_own_goes(tmp_path: Path) -> None:
    flat = picture(tmp_path / "flat.bmp", channels=3)
    clear = tmp_path / "clear.gif"
    Image.new("RGBA", (30, 20), (9, 9, 9, 0)).save(clear)
    results = colorize(plan([flat, clear]))
    assert [result.item.target.name for result in results] == ["flat-color.jpg", "clear-color.png"]
    assert files(tmp_path) == ["clear-color.png", "clear.gif", "flat-color.jpg", "flat.bmp"]
    again = colorize(plan([flat, clear]))
    assert [type(result.error) for result in again] == [FileError] * 2


def test_a_target_in_an_impossible_folder_fails_before_any_work(tmp_path: Path) -> None:
    source = picture(tmp_path / "a.png")
    lazy = Inverter(lambda photo: pytest.fail("work for nothing"))
    (inside_file,) = colorize([Item(source, source / "b.png")], lazy)
    assert isinstance(inside_file.error, OSError)
    (tmp_path / "folder.png").mkdir()
    (is_folder,) = colorize([Item(source, tmp_path / "folder.png")], lazy, overwrite=True)
    assert isinstance(is_folder.error, FileError)


def test_cancelling_keeps_what_is_done_and_leaves_no_pieces(tmp_path: Path) -> None:
    sources = [picture(tmp_path / f"{n:02}.png") for n in range(20)]
    task = Task()

    def stop_at_the_third(result: Result) -> None:
        if result.item.source.name == "02.png":
            task.cancel()

    results = colorize(plan(sources), jobs=1, on_result=stop_at_the_third, task=task)
    statuses = [result.status for result in results]
    assert statuses[:3] == ["done"] * 3
    assert statuses[-1] == "cancelled"
    assert set(statuses) == {"done", "cancelled"}
    assert len(files(tmp_path)) == 20 + statuses.count("done")


def test_an_error_of_the_caller_ends_the_work(tmp_path: Path) -> None:
    sources = [picture(tmp_path / f"{n:02}.png") for n in range(20)]

    def fail(result: Result) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        colorize(plan(sources), jobs=1, on_result=fail)
    assert len(files(tmp_path)) < 40


def test_jobs_work_side_by_side_but_huge_photos_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [picture(tmp_path / f"{n}.png") for n in range(4)]
    both = threading.Barrier(2)

    def meet(photo: Photo) -> None:
        both.wait(30)

    colorize(plan(sources), Inverter(meet), jobs=2)
    monkeypatch.setattr(batch, "_PIXELS_IN_WORK", 30 * 20 * 2 - 1)
    alone = Inverter(lambda photo: time.sleep(0.01))
    results = colorize(plan(sources), alone, jobs=4, overwrite=True)
    assert [result.status for result in results] == ["done"] * 4
    assert alone.most_inside == 1


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    sources = [picture(tmp_path / f"{n}.png") for n in range(3)]
    heard: list[float] = []
    colorize(plan(sources), jobs=1, task=Task(lambda fraction, status: heard.append(fraction)))
    assert heard == sorted(heard)
    assert heard[-1] > 0.8


def test_results_that_exist_are_passed_over_if_told(tmp_path: Path) -> None:
    items = plan([picture(tmp_path / "a.png", 100), picture(tmp_path / "b.png", 50)])
    colorize(items[:1])
    before = items[0].target.read_bytes()
    first, second = colorize(items, existing="skip")
    assert (first.status, second.status) == ("skipped", "done")
    assert isinstance(first.error, Skipped)
    assert items[0].target.read_bytes() == before


def test_a_photo_with_colours_of_its_own_is_left_alone_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "cup.png"
    Image.fromarray(skimage.data.coffee()).save(path)
    items = plan([path])
    (left,) = colorize(items, Inverter(lambda photo: pytest.fail("it was coloured")))
    assert left.status == "skipped"
    assert isinstance(left.error, Skipped)
    assert left.error.coloured
    assert files(tmp_path) == ["cup.png"]
    (done,) = colorize(items, recolor=True)
    assert done.status == "done"
