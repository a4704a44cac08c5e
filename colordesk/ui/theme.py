"""How the window looks: colours and measures as tokens, made into a palette and a style sheet.

Surfaces are neutral grays in both themes, so that they do not change how a photo's colours are
seen; the one accent is warm.
Invariant: every colour in the window comes from `Tokens`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from colordesk.paths import resources_dir

CHOICES = ("system", "dark", "light")


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, as #rrggbb."""

    canvas: str
    """Around the photo."""
    window: str
    """Header and status bar."""
    panel: str
    raised: str
    """Buttons and fields."""
    hover: str
    pressed: str
    border: str
    groove: str
    """Of sliders, bars and scroll bars."""
    handle: str
    """Of sliders."""
    handle_edge: str
    text: str
    muted: str
    """Secondary text; at least 4.5 : 1 on `window` and `panel`."""
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    """Text on the accent."""
    selection: str
    error: str
    warning: str
    info: str
    success: str
    series: tuple[str, ...]
    """One colour for each thing that is compared, told apart by people with any colour vision
    through their lightness and order."""
    on_series: str
    """Numbers on those."""
    tick: str
    """Name of the icon in a box that is checked, `on_accent`: style sheets colour no icons."""


DARK = Tokens(
    canvas="#171717",
    window="#1f1f1f",
    panel="#252525",
    raised="#333333",
    hover="#3d3d3d",
    pressed="#2b2b2b",
    border="#3a3a3a",
    groove="#474747",
    handle="#e8e8e8",
    handle_edge="#252525",
    text="#e8e8e8",
    muted="#a3a3a3",
    disabled="#6b6b6b",
    accent="#eba14e",
    accent_hover="#f4b368",
    on_accent="#231503",
    selection="#4a3a26",
    error="#f2766b",
    warning="#e9b949",
    info="#7fb2e5",
    success="#7fc48a",
    series=(
        "#5fb3e8",
        "#f0a63f",
        "#4fc49a",
        "#e58fc0",
        "#f2e266",
        "#9c9cf0",
        "#e8744e",
        "#a8d86a",
        "#c9b09a",
    ),
    on_series="#161616",
    tick="tick-dark",
)
LIGHT = Tokens(
    canvas="#c9c9c9",
    window="#f2f2f2",
    panel="#e9e9e9",
    raised="#fbfbfb",
    hover="#ffffff",
    pressed="#dcdcdc",
    border="#cbcbcb",
    groove="#bdbdbd",
    handle="#ffffff",
    handle_edge="#8f8f8f",
    text="#1c1c1c",
    muted="#5c5c5c",
    disabled="#9b9b9b",
    accent="#ad5a00",
    accent_hover="#c06705",
    on_accent="#ffffff",
    selection="#f3dcc2",
    error="#b3261e",
    warning="#8a6100",
    info="#1e5fa3",
    success="#1d6b34",
    series=(
        "#0b6aa8",
        "#a35a00",
        "#00715a",
        "#a83c7c",
        "#6d6300",
        "#4a47b5",
        "#b0381a",
        "#3f7410",
        "#6f5640",
    ),
    on_series="#ffffff",
    tick="tick-light",
)

_SHEET = Template("""
* { outline: none; dialogbuttonbox-buttons-have-icons: 0; }
QMainWindow, QDialog { background: $window; }
QMainWindow::separator { background: $window; width: 1px; height: 1px; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 6px; }

QMenuBar { background: $window; color: $text; padding: 2px 6px; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; color: $text; border: 1px solid $border; padding: 5px 0; }
QMenu::item { padding: 6px 28px 6px 12px; margin: 0 5px; border-radius: 4px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 5px 10px; }

#header { background: $window; border: none; border-bottom: 1px solid $border; spacing: 0; }
#panels, #panels QScrollArea, #panelsBody { background: $panel; border: none; }
#panels { border-left: 1px solid $border; }
#queue { background: $panel; border: none; border-right: 1px solid $border; }
#filmstrip { background: $window; border: none; border-top: 1px solid $border; }
QStatusBar { background: $window; border-top: 1px solid $border; color: $muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; }

QToolButton { background: transparent; color: $text; border: 1px solid transparent;
    border-radius: 6px; padding: 5px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:checked { background: $selection; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }
QToolButton[quiet="true"] { color: $muted; padding: 2px 7px; border-radius: 4px; }
QToolButton[quiet="true"]:hover { color: $text; }
QToolButton[link="true"] { color: $accent; padding: 3px 6px; }
QToolButton[link="true"]:hover { color: $accent_hover; background: transparent; }
QToolButton[segment="true"] { background: $raised; border-radius: 0; padding: 5px 10px;
    border: 1px solid $raised; }
#header QToolButton[segment="true"] { padding: 5px 6px 5px 10px; }
QToolButton[segment="true"]:hover { background: $hover; border-color: $hover; }
QToolButton[segment="true"]:checked { background: $accent; border-color: $accent;
    color: $on_accent; }
QToolButton[segment="true"]:focus { border-color: $text; }
QToolButton[segment="true"]:disabled { color: $disabled; }
QToolButton[segment="true"]:checked:disabled { background: $raised; border-color: $raised;
    color: $disabled; }
QToolButton[end="left"] { border-top-left-radius: 6px; border-bottom-left-radius: 6px; }
QToolButton[end="right"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; }

QPushButton { background: $raised; color: $text; border: 1px solid $border; border-radius: 6px;
    padding: 6px 14px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:checked { background: $selection; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $disabled; background: $panel; }
QPushButton:default, QPushButton[primary="true"], QToolButton[primary="true"] {
    background: $accent; color: $on_accent; border: 1px solid $accent; }
QToolButton[primary="true"] { padding: 5px 6px 5px 10px; }
#header QToolButton[bare="true"] { padding: 5px 9px; }
QPushButton:default:hover, QPushButton[primary="true"]:hover, QToolButton[primary="true"]:hover {
    background: $accent_hover; border-color: $accent_hover; }
QPushButton:default:focus, QPushButton[primary="true"]:focus, QToolButton[primary="true"]:focus {
    border-color: $text; }
QPushButton:default:disabled, QPushButton[primary="true"]:disabled,
QToolButton[primary="true"]:disabled {
    background: $raised; color: $disabled; border-color: $raised; }

QComboBox, QLineEdit, QAbstractSpinBox { background: $raised; color: $text;
    border: 1px solid $border; border-radius: 5px; padding: 4px 8px; min-height: 18px;
    selection-background-color: $accent; selection-color: $on_accent; }
QComboBox { padding-right: 24px; }
QComboBox:hover, QLineEdit:hover, QAbstractSpinBox:hover { background: $hover; }
QComboBox:focus, QLineEdit:focus, QAbstractSpinBox:focus { border-color: $accent; }
QComboBox:disabled, QLineEdit:disabled, QAbstractSpinBox:disabled { color: $disabled;
    background: $panel; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $panel; color: $text; border: 1px solid $border;
    padding: 4px; selection-background-color: $hover; selection-color: $text; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; height: 0; border: none; }
QAbstractSpinBox QLineEdit { background: transparent; border: none; padding: 0; min-height: 0; }
QDialog QListWidget, QListView[role="plain"] { background: $raised; border: 1px solid $border;
    border-radius: 5px; padding: 3px 5px; selection-background-color: $selection;
    selection-color: $text; }
QDialog QListWidget:focus, QListView[role="plain"]:focus { border-color: $accent; }
QDialog QListWidget::item, QListView[role="plain"]::item { padding: 2px; }
QDialog QListWidget::item:selected, QListView[role="plain"]::item:selected {
    background: $selection; color: $text; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QListView::indicator { width: 14px; height: 14px; border-radius: 4px;
    background: $raised; border: 1px solid $muted; }
QCheckBox::indicator:hover, QListView::indicator:hover { background: $hover; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: $accent;
    border-color: $accent; image: url("$tick"); }
QCheckBox::indicator:focus { border: 1px solid $accent; }
QCheckBox::indicator:checked:focus { border-color: $text; }
QCheckBox::indicator:disabled { border-color: $groove; background: $panel; }
QCheckBox::indicator:checked:disabled { background: $groove; image: url("$tick"); }
QCheckBox:disabled { color: $disabled; }
QAbstractSpinBox[plain="true"] { background: transparent; border-color: transparent;
    padding: 1px 5px; }
QAbstractSpinBox[plain="true"]:hover { border-color: $border; }
QAbstractSpinBox[plain="true"]:focus { background: $raised; border-color: $accent; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $groove; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QProgressBar { background: $groove; border: none; border-radius: 2px; max-height: 4px;
    min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QLabel { color: $text; }
QLabel:disabled { color: $disabled; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="muted"]:disabled { color: $disabled; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="error"] { color: $error; }
QLabel[role="heading"] { font-weight: 600; }
QFrame[role="rule"] { background: $border; max-height: 1px; min-height: 1px; border: none; }
QPushButton[role="section"] { font-weight: 600; padding: 3px 0; border: none; text-align: left;
    background: transparent; }
QPushButton[role="section"]:hover, QPushButton[role="section"]:focus { color: $accent; }

#banner { background: $raised; border: 1px solid $groove; border-radius: 8px; }
#banner[kind="error"] { border-color: $error; }
#banner[kind="warning"] { border-color: $warning; }
#banner QPushButton { background: $hover; }
#banner QPushButton[primary="true"] { background: $accent; }
#popup QLabel { color: $text; }
#popup { background: $panel; border: 1px solid $border; border-radius: 8px; }
QTableView { background: $panel; alternate-background-color: $window; color: $text;
    border: 1px solid $border; border-radius: 4px; selection-background-color: $selection;
    selection-color: $text; }
QTableView:focus { border-color: $accent; }
QTableView::item { padding: 0 4px; }
QHeaderView { background: $panel; }
QHeaderView::section { background: $panel; border: none; padding: 0 5px; }
QHeaderView::section:horizontal { border-bottom: 1px solid $border; padding: 4px 6px; }
QTableCornerButton::section { background: $panel; border: none;
    border-bottom: 1px solid $border; }
#compare { background: $canvas; }
#compareBar { background: $window; border-bottom: 1px solid $border; }
#compareSide { background: $panel; border-left: 1px solid $border; }
#compare QSplitter::handle { background: $border; }

#dock, #dock > QWidget { background: $panel; }
""")


def style_sheet(tokens: Tokens) -> str:
    """Return the style sheet of a theme."""
    tick = resources_dir() / "icons" / f"{tokens.tick}.svg"
    return _SHEET.substitute(asdict(tokens), tick=tick.as_posix())


def palette(tokens: Tokens) -> QPalette:
    """Return the palette of a theme, for all that the style sheet does not name."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: tokens.window,
        roles.WindowText: tokens.text,
        roles.Base: tokens.raised,
        roles.AlternateBase: tokens.panel,
        roles.ToolTipBase: tokens.raised,
        roles.ToolTipText: tokens.text,
        roles.PlaceholderText: tokens.muted,
        roles.Text: tokens.text,
        roles.Button: tokens.raised,
        roles.ButtonText: tokens.text,
        roles.BrightText: tokens.error,
        roles.Light: tokens.handle,
        roles.Midlight: tokens.groove,
        roles.Mid: tokens.border,
        roles.Dark: tokens.canvas,
        roles.Shadow: tokens.handle_edge,
        roles.Highlight: tokens.accent,
        roles.HighlightedText: tokens.on_accent,
        roles.Accent: tokens.accent,
        roles.Link: tokens.accent,
        roles.LinkVisited: tokens.accent,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    return made


class Theme(QObject):
    """The theme of the whole program; it follows the system unless a person chose one.

    Args:
        choice: one of `CHOICES`; anything else means "system".
    """

    changed = Signal()
    """The tokens are others now; palette and style sheet are in place."""

    def __init__(self, choice: str) -> None:
        super().__init__()
        self.choice = "system"
        self.tokens = DARK
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)
        self.choose(choice)

    def choose(self, choice: str) -> None:
        """Take a theme, or "system" to follow the desktop."""
        self.choice = choice if choice in CHOICES else "system"
        hints = QGuiApplication.styleHints()
        if self.choice == "system":
            hints.unsetColorScheme()
        else:  # native dialogs and title bars follow as well, where the platform can
            scheme = Qt.ColorScheme.Dark if self.choice == "dark" else Qt.ColorScheme.Light
            hints.setColorScheme(scheme)
        self._apply()

    @contextlib.contextmanager
    def taken_off(self) -> Iterator[None]:
        """Let a window be made without the style sheet, and put it on when it is complete.

        Qt would dress a widget again at every step from its making to its place: a window takes
        half as long without.
        """
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyleSheet("")
        try:
            yield
        finally:
            self._dress()

    @property
    def is_dark(self) -> bool:
        """Whether the tokens are those of the dark theme."""
        return self.tokens is DARK

    def colour(self, name: str) -> QColor:
        """Return a token as a colour."""
        return QColor(getattr(self.tokens, name))

    def series(self, number: int) -> QColor:
        """Return the colour of the first (1), second, ... thing that is compared."""
        colours = self.tokens.series
        return QColor(colours[(number - 1) % len(colours)])

    def _apply(self) -> None:
        light = self.choice == "light" or (
            # where the system does not say, a dark room is kinder to photographs
            self.choice == "system"
            and QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light
        )
        self.tokens = LIGHT if light else DARK
        self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        app, sheet = QApplication.instance(), style_sheet(self.tokens)
        # Qt dresses every widget anew for each sheet, also for one that it has
        if isinstance(app, QApplication) and app.styleSheet() != sheet:
            app.setPalette(palette(self.tokens))
            app.setStyleSheet(sheet)
