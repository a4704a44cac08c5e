"""What was dropped or pasted: files, a picture, or something that cannot be opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage, QPixmap


@dataclass(frozen=True, eq=False)
class Given:
    """The useful part of some MIME data."""

    paths: tuple[Path, ...] = ()
    image: QImage | None = None
    remote: str = ""
    """An address in the network, if there is nothing better."""

    def __bool__(self) -> bool:
        return bool(self.paths or self.image or self.remote)


def is_welcome(mime: QMimeData) -> bool:
    """Whether it is worth trying; cheap, for use while something is dragged."""
    return mime.hasUrls() or mime.hasImage()


def read_mime(mime: QMimeData) -> Given:
    """Return files if there are any, else a picture, else an address that is refused."""
    urls = mime.urls()
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    if paths:
        return Given(paths=paths)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QPixmap):
            image = image.toImage()
        if isinstance(image, QImage) and not image.isNull():
            return Given(image=image)
    remote = next((url.toString() for url in urls if not url.isLocalFile()), "")
    if remote:
        return Given(remote=remote)
    text = mime.text().strip() if mime.hasText() else ""
    if text.startswith(("http://", "https://")):
        return Given(remote=text.split()[0])
    if text and "\n" not in text and len(text) < 4096:
        path = Path(text).expanduser()
        if path.is_absolute() and _exists(path):
            return Given(paths=(path,))
    return Given()


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # no path at all, e.g. with a zero byte
        return False
