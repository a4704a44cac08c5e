"""Where the program starts: a command goes to the command line, all else opens the window."""

from __future__ import annotations

import sys
from pathlib import Path

COMMANDS = ("colorize", "models", "doctor")


def main() -> int:
    """Run ColorDesk with the arguments of this process; return the exit code."""
    arguments = sys.argv[1:]
    first = arguments[0] if arguments else ""
    # A file named like a command can be opened as ./colorize, one named like an option after --.
    if first in COMMANDS or (first.startswith("-") and first != "--"):
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
