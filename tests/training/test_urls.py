"""Pictures from a list of addresses, served on this machine."""

from __future__ import annotations

import io
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from colordesk.task import Cancelled, Task
from colordesk_training.data import urls
from colordesk_training.data.sources import DataError, PictureReader, list_pictures
from colordesk_training.data.urls import fetch
from tests.training.conftest import coloured_picture


class Server:
    """Answers by path and counts what it was asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        stream = io.BytesIO()
        coloured_picture(3).save(stream, "JPEG")
        self.jpeg = stream.getvalue()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked[self.path] += 1
                server.answer(self)

            def log_message(self, *_arguments: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path, body, length = handler.path, self.jpeg, len(self.jpeg)
        status = 404 if "gone" in path else 503 if "busy" in path else 200
        if "flaky" in path and self.asked[path] < 3:
            status = 500
        if "text" in path:
            body = b"<html>no picture</html>"
            length = len(body)
        if "cut" in path:
            body = body[:100]
        if "large" in path:
            body, length = bytes(5000), 5000
        handler.send_response(status)
        handler.send_header("Content-Length", str(length))
        handler.end_headers()
        handler.wfile.write(body)

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(urls, "_PAUSE_S", 0.0)
    monkeypatch.setattr(urls, "MAX_FILE_BYTES", 4500)
    running = Server()
    assert len(running.jpeg) < 4500
    yield running
    running.close()


def listed(server: Server, folder: Path, *paths: str) -> Path:
    file = folder / "photos.txt"
    lines = ["# mine", "", *(f"{server.url}/{path}" for path in paths)]
    file.write_text("\n".join(lines))
    return file


def test_pictures_are_fetched_and_the_dead_are_counted(server: Server, tmp_path: Path) -> None:
    file = listed(server, tmp_path, "a", "b", "flaky", "gone", "busy", "text", "cut", "large", "a")
    found = fetch(file, Task())
    assert (found.pictures, found.dead) == (3, 5)
    pictures = list_pictures([found.folder])
    assert len(pictures) == 3
    assert all(PictureReader().read(picture) is not None for picture in pictures)
    assert server.asked["/gone"] == server.asked["/large"] == 1
    assert server.asked["/busy"] == server.asked["/cut"] == server.asked["/flaky"] == 3
    report = (found.folder / "failed.csv").read_text()
    assert "404" in report
    assert "not a picture" in report
    assert "larger than" in report


def test_a_second_time_nothing_is_asked(server: Server, tmp_path: Path) -> None:
    file = listed(server, tmp_path, "a", "gone")
    first = fetch(file, Task())
    before = server.asked.total()
    assert fetch(file, Task()) == first
    assert server.asked.total() == before
    (first.folder / "failed.csv").unlink()
    fetch(file, Task())
    assert server.asked["/gone"] == 2


def test_a_stopped_fetch_goes_on_later(server: Server, tmp_path: Path) -> None:
    file = listed(server, tmp_path, *(f"{i}" for i in range(40)))
    task = Task(lambda fraction, _: task.cancel() if fraction > 0.1 else None)
    with pytest.raises(Cancelled):
        fetch(file, task)
    assert fetch(file, Task()).pictures == 40
    assert server.asked.total() == 40


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "no addresses"),
        (b"file:///etc/passwd", "not a web address"),
        (b"\xff\xfe\x00", "not a text file"),
        (None, "does not exist"),
    ],
)
def test_a_useless_list_is_named(tmp_path: Path, content: bytes | None, problem: str) -> None:
    file = tmp_path / "photos.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DataError, match=problem):
        fetch(file, Task())


def test_no_picture_at_all_is_an_error(server: Server, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="none of its 2 addresses"):
        fetch(listed(server, tmp_path, "gone", "text"), Task())


def test_a_list_is_never_fetched_by_listing(server: Server, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="neither"):
        list_pictures([listed(server, tmp_path, "a")])
    assert not server.asked
