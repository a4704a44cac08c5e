"""A report has one row per photo, names odd files, and an HTML one needs no other file."""

from __future__ import annotations

import csv
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
import skimage.data
from PIL import Image

from colordesk.batch import Result, Skipped
from colordesk.photo import PhotoError
from colordesk.plan import Item
from colordesk.report import Row, row, summary, write_report
from colordesk.task import Cancelled, Task


class Page(HTMLParser):
    """What a browser would find."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def rows(tmp_path: Path) -> list[Row]:
    done = tmp_path / "cup <b>&.png"
    Image.fromarray(skimage.data.coffee()).save(done)
    return [
        row(Result(Item(done, done), None, 1.25, (600, 400), "m", "CPU")),
        row(Result(Item(tmp_path / "x.jpg", tmp_path / "y.jpg"), PhotoError(done, "it is torn"))),
        row(Result(Item(done, done), Skipped(done, "it exists already"))),
    ]


def test_the_formats_say_the_same(tmp_path: Path, rows: list[Row]) -> None:
    write_report(rows, tmp_path / "r.csv", Task())
    write_report(rows, tmp_path / "r.json", Task())
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert [{key: str(value) for key, value in entry.items()} for entry in data] == table
    assert [entry["status"] for entry in table] == ["done", "failed", "skipped"]
    assert table[0]["target"] == rows[0].source
    assert "it is torn" in table[1]["reason"]
    assert table[1]["target"] == ""


def test_a_page_shows_the_photos_and_needs_no_other_file(tmp_path: Path, rows: list[Row]) -> None:
    heard: list[float] = []
    write_report(rows, tmp_path / "r.html", Task(lambda done, status: heard.append(done)))
    page = Page((tmp_path / "r.html").read_text(encoding="utf-8"))
    pictures = [attributes for tag, attributes in page.tags if tag == "img"]
    assert len(pictures) == 3  # before and after of the first, before of the third
    assert all(str(one["src"]).startswith("data:image/jpeg;base64,") for one in pictures)
    assert all(one["alt"] for one in pictures)
    assert not {"b", "script", "link"} & {tag for tag, _ in page.tags}
    for words in ("cup <b>&.png", "it is torn", "1 done, 1 skipped, 1 failed", "600 × 400"):
        assert words in page.words
    assert heard == sorted(heard)


def test_a_page_can_be_cancelled_and_leaves_nothing(tmp_path: Path, rows: list[Row]) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        write_report(rows, tmp_path / "r.html", task)
    assert not list(tmp_path.glob("*.html"))


def test_a_name_that_is_no_text_is_named_all_the_same(tmp_path: Path) -> None:
    odd = Row("caf\udce9.jpg", "", "failed", "No.")
    for suffix in (".csv", ".json", ".html"):
        write_report([odd], tmp_path / f"r{suffix}", Task())
        assert b"caf" in (tmp_path / f"r{suffix}").read_bytes()


def test_the_summary_leaves_out_what_there_is_none_of() -> None:
    assert summary(["done", "failed", "done"]) == "2 done, 1 failed"
