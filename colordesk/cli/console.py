"""How the command line speaks: results on stdout, everything else on stderr.

Invariant: a person reads sentences; the traceback appears only when COLORDESK_DEBUG is set.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from colordesk.explain import explain
from colordesk.paths import settings_file
from colordesk.settings import Settings, SettingsError, read_settings

DONE, FAILED, WRONG_USAGE, CANCELLED = 0, 1, 2, 130
"""Exit codes."""


def say(text: str) -> None:
    """Write one line for the person."""
    sys.stderr.write(text + "\n")


def complain(error: BaseException, about: Path | None = None) -> None:
    """Say what went wrong, with which file it was about, and what to do."""
    text = str(explain(error))
    say(text if about is None or str(about) in text else f"{about}: {text}")
    if os.environ.get("COLORDESK_DEBUG"):
        traceback.print_exception(error)


def settings_or_defaults() -> Settings:
    """Return the person's settings; damaged ones are named and the defaults hold."""
    try:
        return read_settings(settings_file())
    except (SettingsError, OSError) as error:
        complain(error)
        return Settings()
