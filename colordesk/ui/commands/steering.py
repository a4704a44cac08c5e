"""The action table's rows for steering colour: its tools."""

from __future__ import annotations

from collections.abc import Callable

from colordesk.ui.actions import Row
from colordesk.ui.colours.brushing import Brushing
from colordesk.ui.colours.remembering import Remembering
from colordesk.ui.colours.steering import Steering
from colordesk.ui.i18n import translate


def steering_rows(
    steering: Steering,
    remembering: Remembering,
    brushing: Brushing,
    sees_photo: Callable[[], bool],
) -> list[Row]:
    """Return the rows of the menu `tools`; `sees_photo` tells whether tools can be used."""
    return [
        Row(
            "points",
            "tools",
            translate("Menu", "Colour &Points"),
            ("P",),
            steering.use,
            "point",
            sees_photo,
            tip=translate("Menu", "Set colour points in the photo"),
            toggle=True,
        ),
        Row(
            "hide_points",
            "tools",
            translate("Menu", "&Hide Points"),
            ("H",),
            lambda on: steering.show_marks(not on),
            enabled=sees_photo,
            tip=translate("Menu", "Hide the marks of the points; they still colour the photo"),
            toggle=True,
        ),
        Row(
            "save_colour",
            "tools",
            translate("Menu", "&Save Colour of the Point…"),
            ("Ctrl+Shift+K",),
            remembering.ask_to_save,
            enabled=lambda: remembering.can_save,
            tip=translate("Menu", "Keep the colour of the chosen point under a name"),
        ),
        Row(
            "find_colour",
            "tools",
            translate("Menu", "&Find Saved Colour in Open Photos"),
            ("Ctrl+F",),
            remembering.find,
            enabled=lambda: remembering.can_find,
            tip=translate("Menu", "Look for the thing of the chosen saved colour"),
        ),
        Row(
            "areas",
            "tools",
            translate("Menu", "&Brush over Areas"),
            ("B",),
            brushing.use,
            "brush",
            sees_photo,
            tip=translate("Menu", "Paint where there is to be less colour, or none"),
            toggle=True,
        ),
    ]
