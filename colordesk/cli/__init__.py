"""The command line: what each command prints, asks and returns as its exit code."""
