"""What the window remembers from one day to the next: its place, recent files, last folders.

Hides QSettings. Nothing here changes a picture; losing the file loses nothing of worth.
Invariant: whatever the file holds, reading gives a usable value.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_RECENT = 10


class Memory:
    """The window's own notes.

    Args:
        path: an INI file; its folder is made when needed.
    """

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def bytes(self, key: str) -> QByteArray:
        """Return saved geometry or state; empty if there is none."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def text(self, key: str, default: str = "") -> str:
        """Return a saved text."""
        value = self._store.value(key)
        return value if isinstance(value, str) else default

    def keep(self, key: str, value: QByteArray | str) -> None:
        """Remember a value."""
        self._store.setValue(key, value)

    def recent(self) -> list[Path]:
        """Return recently opened photos, the newest first."""
        return [Path(line) for line in self.text("recent").splitlines() if line]

    def add_recent(self, path: Path) -> None:
        """Put a photo on top of the recent ones."""
        if "\n" in str(path) or "\r" in str(path):  # one name a line; so odd a name is left out
            return
        paths = [path, *(other for other in self.recent() if other != path)]
        self.keep("recent", "\n".join(str(path) for path in paths[:_RECENT]))

    def forget_recent(self) -> None:
        """Empty the list of recent photos."""
        self.keep("recent", "")

    def folder(self, use: str) -> str:
        """Return the folder that was last used to open or to save, or the home folder."""
        folder = self.text(f"folder/{use}")
        return folder if folder and Path(folder).is_dir() else str(Path.home())

    def keep_folder(self, use: str, folder: Path) -> None:
        """Remember a folder for the next time."""
        self.keep(f"folder/{use}", str(folder))

    def write(self) -> None:
        """Write to disk now."""
        self._store.sync()
