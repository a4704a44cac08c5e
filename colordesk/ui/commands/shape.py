"""The actions that turn, mirror, cut and rectify the photo: part of the action table."""

from __future__ import annotations

from collections.abc import Callable

from colordesk.ui.actions import Row
from colordesk.ui.document import Document
from colordesk.ui.i18n import translate
from colordesk.ui.shaping import Shaping


def shape_rows(shaping: Shaping, document: Document, sees_photo: Callable[[], bool]) -> list[Row]:
    """Return the actions, for the menu of tools; `sees_photo` tells whether tools can be used."""

    def has_photo() -> bool:
        return document.photo is not None

    return [
        Row(
            "turn_left",
            "tools",
            translate("Menu", "Turn &Left"),
            ("Ctrl+L",),
            lambda: shaping.turn(-1),
            "turn-left",
            has_photo,
            rule=True,
        ),
        Row(
            "turn_right",
            "tools",
            translate("Menu", "Turn R&ight"),
            ("Ctrl+Shift+L",),
            lambda: shaping.turn(1),
            "turn-right",
            has_photo,
        ),
        Row(
            "flip",
            "tools",
            translate("Menu", "&Mirror"),
            ("Ctrl+M",),
            shaping.flip,
            "flip",
            has_photo,
            tip=translate("Menu", "Mirror left and right"),
        ),
        Row(
            "crop",
            "tools",
            translate("Menu", "&Crop"),
            ("Shift+C",),
            shaping.use_crop,
            "crop",
            sees_photo,
            tip=translate("Menu", "Choose what to keep of the photo"),
            toggle=True,
        ),
        Row(
            "rectify",
            "tools",
            translate("Menu", "Rectif&y Print"),
            ("Shift+Y",),
            shaping.use_corners,
            "corners",
            sees_photo,
            tip=translate("Menu", "Lay four corners on a photographed print"),
            toggle=True,
        ),
    ]
