"""Where the program starts: a command goes to the command line, all else opens the window."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

COMMANDS = ("colorize", "video", "models", "doctor", "compare", "metrics")


def main() -> int:
    """Run ColorDesk with the arguments of this process; return the exit code."""
    if getattr(sys, "frozen", False):  # the process for models is this very program
        from multiprocessing import freeze_support

        freeze_support()
    try:
        return _run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - a person gets a sentence, whatever happened
        from colordesk.cli.console import complain

        complain(error)
        return 1


def _run(arguments: list[str]) -> int:
    # A photo named like a command can be given as ./colorize, one named like an option after --.
    options = itertools.takewhile(lambda argument: argument != "--", arguments)
    if arguments[:1] in ([command] for command in COMMANDS) or any(
        argument.startswith("-") for argument in options
    ):
        from colordesk.cli.app import run_command

        return run_command(arguments)
    return _open_window([Path(argument) for argument in arguments if argument != "--"])


def _open_window(paths: list[Path]) -> int:
    from colordesk.cli.system import window_problem

    if problem := window_problem():
        sys.stderr.write(f"The window cannot be opened. {problem}\n")
        sys.stderr.write("Without a window: colordesk colorize PHOTO (see colordesk --help)\n")
        return 1
    from colordesk.ui.app import run

    return run(paths)


if __name__ == "__main__":
    sys.exit(main())
