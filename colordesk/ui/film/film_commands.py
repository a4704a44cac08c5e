"""The actions that are only for film: part of the action table."""

from __future__ import annotations

from colordesk.ui.actions import Row
from colordesk.ui.film.filming import Filming
from colordesk.ui.i18n import translate


def film_rows(filming: Filming) -> list[Row]:
    """Return the actions, for the menu of files."""
    return [
        Row(
            "open_film",
            "file",
            translate("Menu", "Open Fil&m…"),
            ("Ctrl+Shift+M",),
            filming.ask_film,
            "film",
            tip=translate("Menu", "Open a film or a film project"),
        ),
        Row(
            "open_frames",
            "file",
            translate("Menu", "Open N&umbered Frames…"),
            (),
            filming.ask_frames,
            "film",
            tip=translate("Menu", "Open a folder of numbered pictures as a film"),
        ),
        Row(
            "save_project",
            "file",
            translate("Menu", "Save Film Pro&ject As…"),
            (),
            filming.ask_project,
            "save-as",
            lambda: filming.is_open,
            tip=translate("Menu", "Keep the clips and all that is chosen for them in a file"),
        ),
        Row(
            "export_film",
            "file",
            translate("Menu", "Export F&ilm…"),
            ("Ctrl+Shift+E",),
            filming.ask_export,
            "save-as",
            lambda: filming.is_open,
            tip=translate("Menu", "Write the film in colour to a file"),
        ),
    ]
