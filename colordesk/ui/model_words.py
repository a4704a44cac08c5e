"""What the models that come with ColorDesk say of themselves, in the person's language.

Invariant: a model from elsewhere keeps its own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from colordesk.ui.i18n import translate

if TYPE_CHECKING:
    from colordesk.inference.library import Model

WORDS: tuple[object, ...] = (
    QT_TRANSLATE_NOOP("Model", "General-purpose colour for photographs; takes colour points"),
)


def summary(model: Model) -> str:
    """Return what a model is good for."""
    return translate("Model", model.manifest.summary)
