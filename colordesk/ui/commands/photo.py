"""The actions for the photos that are chosen in the strip: part of the action table."""

from __future__ import annotations

from collections.abc import Callable

from colordesk.ui.actions import Row
from colordesk.ui.batch.batching import Batching
from colordesk.ui.collection.collection import Collection
from colordesk.ui.document import Document
from colordesk.ui.i18n import translate
from colordesk.ui.saving import Saving


def photo_rows(
    collection: Collection,
    document: Document,
    saving: Saving,
    batching: Batching,
    show_queue: Callable[[bool], None],
) -> list[Row]:
    """Return the actions of the menu for photos."""
    sharing = collection.sharing

    def has_photo() -> bool:
        return document.photo is not None

    return [
        Row(
            "select_all",
            "photos",
            translate("Menu", "Select A&ll Photos"),
            ("Ctrl+A",),
            collection.filmstrip.select_all,
            enabled=lambda: collection.count > 1,
            tip=translate("Menu", "Choose all photos in the filmstrip"),
        ),
        Row(
            "copy_edit",
            "photos",
            translate("Menu", "&Copy Edit"),
            ("Ctrl+Shift+C",),
            sharing.copy,
            enabled=has_photo,
            tip=translate("Menu", "Copy model and look of this photo, to paste them to others"),
            rule=True,
        ),
        Row(
            "paste_edit",
            "photos",
            translate("Menu", "&Paste Edit"),
            ("Ctrl+Shift+V",),
            sharing.paste,
            enabled=lambda: sharing.can_paste,
            tip=translate("Menu", "Paste the copied edit to all chosen photos"),
        ),
        Row(
            "reset_photos",
            "photos",
            translate("Menu", "&Reset Chosen Photos"),
            ("Ctrl+Shift+R",),
            sharing.reset,
            enabled=lambda: sharing.can_share,
            tip=translate("Menu", "Take back everything that was chosen for these photos"),
        ),
        Row(
            "keep_edits",
            "photos",
            translate("Menu", "&Keep Edits"),
            ("Ctrl+K",),
            saving.keep_edits,
            enabled=lambda: bool(document.unkept()),
            tip=translate("Menu", "Keep all edits in small files beside the photos"),
        ),
        Row(
            "recolour",
            "photos",
            translate("Menu", "Colour It Any&way"),
            (),
            document.want,
            "palette",
            enabled=lambda: document.photo is not None and not document.wanted,
            tip=translate("Menu", "Replace the colours that this photo has with those of a model"),
        ),
        Row(
            "save_preset",
            "photos",
            translate("Menu", "&Save as Preset…"),
            (),
            sharing.save_as_preset,
            enabled=has_photo,
            tip=translate("Menu", "Keep model and look of this photo under a name"),
            rule=True,
        ),
        Row(
            "queue_photos",
            "photos",
            translate("Menu", "&Queue Photos…"),
            ("Ctrl+B",),
            batching.queue_photos,
            "queue",
            enabled=lambda: batching.can_queue,
            tip=translate("Menu", "Colour and save the chosen photos one after the other"),
            rule=True,
        ),
        Row(
            "queue_folder",
            "photos",
            translate("Menu", "Queue a &Folder…"),
            ("Ctrl+Shift+B",),
            batching.queue_folder,
            tip=translate("Menu", "Colour and save all photos of a folder, without opening it"),
        ),
        Row(
            "queue",
            "photos",
            translate("Menu", "Show the Q&ueue"),
            ("F8",),
            show_queue,
            toggle=True,
        ),
    ]
