"""Words in the person's language.

Every text that people read goes through `QObject.tr` or `translate`, with English as the source.
Invariant: a missing translation shows English, never nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from colordesk.paths import resources_dir

translate = QCoreApplication.translate
"""(context, text) -> text, for places that are no QObject."""


def install_translators(app: QCoreApplication) -> None:
    """Load ColorDesk's and Qt's own translations of the system's language, where there are any."""
    ours = str(resources_dir() / "i18n")
    qts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (("qtbase", qts), ("colordesk", ours)):
        translator = QTranslator(app)
        if translator.load(QLocale.system(), name, "_", folder):
            app.installTranslator(translator)
