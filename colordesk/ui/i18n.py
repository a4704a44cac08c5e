"""Words in the person's language.

Every text that people read goes through `QObject.tr` or `translate`, with English as the source.
Invariant: a missing translation shows English, never nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from colordesk.paths import resources_dir

translate = QCoreApplication.translate
"""(context, text) -> text, for places that are no QObject."""


def figure(text: str) -> str:
    """Return a number that has a point, or several, with the sign of the person's language."""
    return text.replace(".", QLocale().decimalPoint())


_SOURCE = "en"
_PREFIX = "colordesk_"


def languages() -> list[tuple[str, str]]:
    """Return code and own name of each language that the window speaks, in order of the code."""
    files = (resources_dir() / "i18n").glob(f"{_PREFIX}*.qm")
    codes = {_SOURCE, *(file.stem.removeprefix(_PREFIX) for file in files)}
    return [(code, _own_name(code)) for code in sorted(codes)]


def _own_name(code: str) -> str:
    # without a country Qt takes the largest one, and English is American English
    name = QLocale(code if "_" in code else f"{code}_001").nativeLanguageName()
    return name[:1].upper() + name[1:]


def spoken(wanted: Sequence[str]) -> str:
    """Return the code of the first language that the window speaks; else that of English.

    Qt would pass over English, as it has no file, and take whatever comes after it.

    Args:
        wanted: tags such as ``de-AT``, the dearest first.
    """
    known = {code for code, _ in languages()}
    for tag in wanted:
        code = tag.replace("-", "_")
        for name in (code, code.partition("_")[0]):
            if name in known:
                return name
    return _SOURCE


class Translators:
    """What the program speaks now; texts that were made before stay as they are.

    Args:
        app: the program.
    """

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []

    def choose(self, language: str) -> None:
        """Speak a language from now on: ColorDesk's own texts and Qt's, as far as there are any.

        Args:
            language: its code, or ``"system"``.
        """
        while self._installed:
            translator = self._installed.pop()
            self._app.removeTranslator(translator)
            translator.deleteLater()
        code = spoken(QLocale.system().uiLanguages()) if language == "system" else language
        locale = QLocale(code)
        locale.setNumberOptions(
            QLocale.NumberOption.OmitGroupSeparator | QLocale.NumberOption.RejectGroupSeparator
        )
        QLocale.setDefault(locale)  # fields for numbers take and show them as the language does
        ours = str(resources_dir() / "i18n")
        qts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in (("qtbase", qts), ("colordesk", ours)):
            translator = QTranslator(self._app)
            if translator.load(locale, name, "_", folder):
                self._app.installTranslator(translator)
                self._installed.append(translator)
