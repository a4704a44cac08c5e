"""The action table of ColorDesk: what a person can ask for, in the order of the menus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QUndoStack

from colordesk.ui.actions import Row
from colordesk.ui.batch.batching import Batching
from colordesk.ui.canvas.canvas import Canvas, Mode
from colordesk.ui.collection.collection import Collection
from colordesk.ui.colours.brushing import Brushing
from colordesk.ui.colours.remembering import Remembering
from colordesk.ui.colours.steering import Steering
from colordesk.ui.commands.export import export_rows
from colordesk.ui.commands.photo import photo_rows
from colordesk.ui.commands.shape import shape_rows
from colordesk.ui.commands.steering import steering_rows
from colordesk.ui.compare.comparing import Comparing
from colordesk.ui.compare.link import Link
from colordesk.ui.document import Document
from colordesk.ui.exporting import Exporting
from colordesk.ui.film.film_commands import film_rows
from colordesk.ui.film.filming import Filming
from colordesk.ui.i18n import translate
from colordesk.ui.opening import Opening
from colordesk.ui.saving import Saving
from colordesk.ui.shaping import Shaping
from colordesk.ui.showing import Showing
from colordesk.ui.theme import Theme


@dataclass(frozen=True)
class Deeds:
    """What the parts of the window can do, and what only the whole window can."""

    document: Document
    canvas: Canvas
    theme: Theme
    opening: Opening
    saving: Saving
    exporting: Exporting
    shaping: Shaping
    showing: Showing
    collection: Collection
    batching: Batching
    show_queue: Callable[[bool], None]
    comparing: Comparing
    steering: Steering
    remembering: Remembering
    brushing: Brushing
    filming: Filming
    viewer: Callable[[], Canvas | Link]
    """What can be zoomed now."""
    choose_theme: Callable[[str], None]
    choose_mode: Callable[[Mode], None]
    go: Callable[[int], None]
    """To the photo before (-1) or after (1)."""
    can_go: Callable[[int], bool]
    close_photo: Callable[[], None]
    quit: Callable[[], object]
    show_panels: Callable[[bool], None]
    show_filmstrip: Callable[[bool], None]
    full_screen: Callable[[bool], None]
    has_filmstrip: Callable[[], bool]
    forget_recent: Callable[[], None]
    preferences: Callable[[], None]
    about: Callable[[], None]
    introduce: Callable[[], None]
    shortcuts: Callable[[], None]

    def sees_photo(self) -> bool:
        """Whether the canvas shows a photo, on which tools can be used."""
        return self.document.photo is not None and not self.comparing.is_active


def menus() -> list[tuple[str, str]]:
    """Return id and title of each menu, in order."""
    return [
        ("file", translate("Menu", "&File")),
        ("edit", translate("Menu", "&Edit")),
        ("photos", translate("Menu", "&Photos")),
        ("tools", translate("Menu", "&Tools")),
        ("view", translate("Menu", "&View")),
        ("go", translate("Menu", "&Go")),
        ("help", translate("Menu", "&Help")),
    ]


def table(do: Deeds) -> list[Row]:
    """Return all actions."""
    photos = photo_rows(do.collection, do.document, do.saving, do.batching, do.show_queue)
    return [
        *_file(do),
        *_edit(do),
        *photos,
        *steering_rows(do.steering, do.remembering, do.brushing, do.sees_photo),
        *_view(do),
        *_go(do),
        *_help(do),
    ]


def _file(do: Deeds) -> list[Row]:
    document = do.document

    def has_photo() -> bool:
        return document.photo is not None

    def wanted() -> bool:
        return document.wanted

    open_film, open_frames, save_project, export_film = film_rows(do.filming)
    return [
        Row(
            "open",
            "file",
            translate("Menu", "&Open…"),
            ("Ctrl+O",),
            do.opening.ask_photos,
            "open",
            tip=translate("Menu", "Open photos or a film"),
        ),
        Row(
            "open_folder",
            "file",
            translate("Menu", "Open &Folder…"),
            ("Ctrl+Shift+O",),
            do.opening.ask_folder,
            "folder",
            tip=translate("Menu", "Open all photos of a folder"),
        ),
        open_film,
        open_frames,
        Row(
            "sample",
            "file",
            translate("Menu", "Open the Sample &Photograph"),
            (),
            do.opening.open_sample,
            "photo",
        ),
        Row(
            "save",
            "file",
            translate("Menu", "&Save"),
            ("Ctrl+S",),
            lambda: do.filming.ask_export() if do.filming.is_open else do.saving.save(),
            "save",
            lambda: wanted() or do.filming.is_open,
            tip=translate("Menu", "Save the coloured photo beside the original"),
            rule=True,
        ),
        Row(
            "save_as",
            "file",
            translate("Menu", "Save &As…"),
            ("Ctrl+Shift+S",),
            do.saving.save_as,
            "save-as",
            wanted,
        ),
        *export_rows(do.exporting, document),
        export_film,
        save_project,
        Row(
            "close",
            "file",
            translate("Menu", "&Close"),
            ("Ctrl+W",),
            do.close_photo,
            "close",
            lambda: has_photo() or do.filming.is_open,
            tip=translate("Menu", "Close the photo or the film"),
            rule=True,
        ),
        Row("quit", "file", translate("Menu", "&Quit"), ("Ctrl+Q",), do.quit, "quit"),
    ]


def _edit(do: Deeds) -> list[Row]:
    document = do.document

    def stack() -> QUndoStack:
        return do.filming.reel.undo_stack if do.filming.is_open else document.undo_stack

    return [
        Row(
            "undo",
            "edit",
            translate("Menu", "&Undo"),
            ("Ctrl+Z",),
            lambda: stack().undo(),
            "undo",
            lambda: stack().canUndo(),
        ),
        Row(
            "redo",
            "edit",
            translate("Menu", "&Redo"),
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            lambda: stack().redo(),
            "redo",
            lambda: stack().canRedo(),
        ),
        Row(
            "paste",
            "edit",
            translate("Menu", "&Paste Picture"),
            ("Ctrl+V",),
            do.opening.paste,
            "paste",
            tip=translate("Menu", "Open the picture or file on the clipboard"),
            rule=True,
        ),
        *shape_rows(do.shaping, document, do.sees_photo),
        Row(
            "reset",
            "edit",
            translate("Menu", "Reset &Everything"),
            ("Ctrl+R",),
            do.showing.reset_all,
            "reset",
            lambda: document.photo is not None,
            rule=True,
        ),
        Row(
            "preferences",
            "edit",
            translate("Menu", "Pre&ferences…"),
            ("Ctrl+,",),
            do.preferences,
            "sliders",
            rule=True,
        ),
    ]


def _view(do: Deeds) -> list[Row]:
    document, comparing = do.document, do.comparing

    def has_photo() -> bool:
        return document.photo is not None

    def has_picture() -> bool:
        return has_photo() or do.filming.is_open

    def sees_one() -> bool:
        return has_picture() and not comparing.is_active

    compare = [
        (Mode.SINGLE, "1", "single", translate("Menu", "&After"), translate("Menu", "After only")),
        (
            Mode.SPLIT,
            "2",
            "split",
            translate("Menu", "&Split"),
            translate("Menu", "Before and after with a divider"),
        ),
        (
            Mode.SIDE,
            "3",
            "side-by-side",
            translate("Menu", "Side &by Side"),
            translate("Menu", "Before and after side by side"),
        ),
    ]
    themes = [
        ("system", translate("Menu", "As the &System")),
        ("dark", translate("Menu", "&Dark")),
        ("light", translate("Menu", "&Light")),
    ]
    return [
        *(
            Row(
                mode.value,
                "view",
                text,
                (key,),
                lambda mode=mode: do.choose_mode(mode),
                icon,
                sees_one,
                tip=tip,
                group="compare",
            )
            for mode, key, icon, text, tip in compare
        ),
        Row(
            "compare",
            "view",
            translate("Menu", "&Compare"),
            ("C",),
            comparing.set_active,
            "compare",
            has_photo,
            tip=translate("Menu", "Compare the results of models and edits, and choose one"),
            toggle=True,
        ),
        Row(
            "fit",
            "view",
            translate("Menu", "&Fit"),
            ("Ctrl+0", "F"),
            lambda: do.viewer().fit(),
            "fit",
            has_picture,
            tip=translate("Menu", "See the whole photo"),
            rule=True,
        ),
        Row(
            "actual",
            "view",
            translate("Menu", "&100 %"),
            ("Ctrl+1", "Z"),
            lambda: do.viewer().zoom_to(1.0),
            "actual-size",
            has_picture,
            tip=translate("Menu", "See the photo's own pixels"),
        ),
        Row(
            "zoom_in",
            "view",
            translate("Menu", "Zoom &In"),
            ("Ctrl++", "Ctrl+="),
            lambda: do.viewer().zoom_step(1),
            "zoom-in",
            has_picture,
        ),
        Row(
            "zoom_out",
            "view",
            translate("Menu", "Zoom &Out"),
            ("Ctrl+-",),
            lambda: do.viewer().zoom_step(-1),
            "zoom-out",
            has_picture,
        ),
        Row(
            "panels",
            "view",
            translate("Menu", "&Panels"),
            ("F7",),
            do.show_panels,
            toggle=True,
            rule=True,
        ),
        Row(
            "filmstrip",
            "view",
            translate("Menu", "Fil&mstrip"),
            ("F6",),
            do.show_filmstrip,
            enabled=do.has_filmstrip,
            toggle=True,
        ),
        Row(
            "full_screen",
            "view",
            translate("Menu", "F&ull Screen"),
            ("F11",),
            do.full_screen,
            toggle=True,
        ),
        *(
            Row(
                f"theme-{choice}",
                "view",
                text,
                (),
                lambda choice=choice: do.choose_theme(choice),
                group="theme",
                submenu=translate("Menu", "&Theme"),
                rule=choice == "system",
            )
            for choice, text in themes
        ),
    ]


def _go(do: Deeds) -> list[Row]:
    return [
        Row(
            "next",
            "go",
            translate("Menu", "&Next Photo"),
            ("PgDown",),
            lambda: do.go(1),
            "chevron-right",
            lambda: do.can_go(1),
        ),
        Row(
            "previous",
            "go",
            translate("Menu", "&Previous Photo"),
            ("PgUp",),
            lambda: do.go(-1),
            "chevron-left",
            lambda: do.can_go(-1),
        ),
        Row(
            "forget_recent",
            "go",
            translate("Menu", "&Forget Recent Photos"),
            (),
            do.forget_recent,
            rule=True,
        ),
    ]


def _help(do: Deeds) -> list[Row]:
    return [
        Row(
            "shortcuts",
            "help",
            translate("Menu", "&Keyboard and Mouse"),
            ("F1",),
            do.shortcuts,
            "keyboard",
        ),
        Row(
            "introduction",
            "help",
            translate("Menu", "&Introduction"),
            (),
            do.introduce,
            "photo",
            tip=translate("Menu", "What ColorDesk does, in three steps"),
        ),
        Row("about", "help", translate("Menu", "&About ColorDesk"), (), do.about, "info"),
    ]
