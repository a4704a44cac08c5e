"""The experiments of the five papers: what each trains, measures and claims, and how to redo it."""
