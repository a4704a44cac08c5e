"""Many photos at once: the queue, what works through it, and how it is seen."""
