"""The actions that hand the coloured photo to other programs: part of the action table."""

from __future__ import annotations

from colordesk.ui.actions import Row
from colordesk.ui.document import Document
from colordesk.ui.exporting import Exporting
from colordesk.ui.i18n import translate


def export_rows(exporting: Exporting, document: Document) -> list[Row]:
    """Return the actions, for the file menu."""

    def wanted() -> bool:
        return document.wanted

    def has_file() -> bool:
        return document.photo is not None and document.photo.path is not None

    return [
        Row(
            "before_after",
            "file",
            translate("Menu", "Export &Before and After…"),
            ("Ctrl+E",),
            exporting.ask_before_after,
            enabled=wanted,
            tip=translate("Menu", "Write a picture or a short film that shows before and after"),
        ),
        Row(
            "copy_result",
            "file",
            translate("Menu", "Cop&y Result"),
            ("Ctrl+C",),
            exporting.copy,
            enabled=wanted,
            tip=translate("Menu", "Put the coloured photo on the clipboard"),
        ),
        Row(
            "print",
            "file",
            translate("Menu", "Pri&nt…"),
            ("Ctrl+P",),
            exporting.print,
            enabled=wanted,
        ),
        Row(
            "show_in_folder",
            "file",
            translate("Menu", "Show in Fol&der"),
            ("Ctrl+Alt+O",),
            exporting.show_in_folder,
            enabled=has_file,
            tip=translate("Menu", "Open the photo's folder in the file manager"),
        ),
    ]
