"""The words of a report's page in the person's language."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from colordesk.ui.error_words import retold, said
from colordesk.ui.i18n import translate

WORDS: tuple[object, ...] = (
    QT_TRANSLATE_NOOP("Report", "en"),
    QT_TRANSLATE_NOOP("Report", "What became of {count} photos"),
    QT_TRANSLATE_NOOP("Report", "Before"),
    QT_TRANSLATE_NOOP("Report", "After"),
    QT_TRANSLATE_NOOP("Report", "Photo"),
    QT_TRANSLATE_NOOP("Report", "What became of it"),
    QT_TRANSLATE_NOOP("Report", "done"),
    QT_TRANSLATE_NOOP("Report", "skipped"),
    QT_TRANSLATE_NOOP("Report", "failed"),
    QT_TRANSLATE_NOOP("Report", "cancelled"),
    QT_TRANSLATE_NOOP("Report", "not tried"),
)


def in_report(text: str) -> str:
    """Return a word of the page, the name of a device or the reason why a photo is not done."""
    if text in WORDS:
        return translate("Report", text)
    device = said(text)
    return device if device != text else retold(text)
