"""What goes to the clipboard, to paper or to a picture of before and after is what is seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, is_idle
from tests.ui.test_canvas import pixels


def blueness(picture: np.ndarray) -> float:
    """Blue above red, on the average."""
    means = picture.reshape(-1, picture.shape[-1]).astype(float).mean(axis=0)
    return float(means[2] - means[0])


def test_copy_puts_the_result_on_the_clipboard(at_photo: Studio, wait: Wait) -> None:
    at_photo.actions["copy_result"].trigger()
    wait(lambda: is_idle(at_photo))
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (512, 512)
    assert blueness(pixels(image)) > 20


@pytest.mark.parametrize("suffix", [".png", ".gif", ".mp4"])
def test_before_and_after(
    at_photo: Studio, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    target = tmp_path / f"shown{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    at_photo.actions["before_after"].trigger()
    wait(lambda: is_idle(at_photo))
    assert target.stat().st_size > 1000
    assert at_photo.banner.kind == "success"
    if suffix == ".png":
        picture = np.asarray(Image.open(target))
        assert abs(blueness(picture[:, :512])) < 1
        assert blueness(picture[:, -512:]) > 20


def test_a_name_without_a_kind_gets_the_chosen_one(
    at_photo: Studio, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda *_: (str(tmp_path / "shown.1920"), "Moving divider, GIF (*.gif)"),
    )
    at_photo.actions["before_after"].trigger()
    wait(lambda: is_idle(at_photo))
    assert (tmp_path / "shown.1920.gif").read_bytes().startswith(b"GIF8")


def test_a_folder_that_is_gone_is_said(
    at_photo: Studio, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "gone" / "shown.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    at_photo.actions["before_after"].trigger()
    wait(lambda: is_idle(at_photo))
    assert at_photo.banner.kind == "error"
    assert "gone" in at_photo.banner.what.text()


def test_print_fills_the_page(at_photo: Studio, wait: Wait, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    at_photo.exporting.print_on(printer)
    wait(lambda: is_idle(at_photo))
    document = (tmp_path / "printed.pdf").read_bytes()
    assert document.startswith(b"%PDF")
    assert b"/Width 512" in document


def test_the_folder_of_the_photo_opens(
    at_photo: Studio, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    at_photo.actions["show_in_folder"].trigger()
    assert [url.toLocalFile() for url in opened] == [str(photo.parent)]


def test_nothing_to_export_without_a_photo(studio: Studio) -> None:
    for name in ("copy_result", "before_after", "print", "show_in_folder"):
        assert not studio.actions[name].isEnabled()
