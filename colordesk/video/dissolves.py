"""Whether a frame is the middle of a dissolve: where one scene fades out and the next one in.

Hides what speaks for it and how much. In the middle of a dissolve a frame is the sum of two scenes
that are not alike, both are seen at the same places, and contrast is lower than in either
(Alattar 1993, "Detecting and compressing dissolve regions in video sequences"); it comes gradually,
so that near frames are rather alike and far ones are not (Zhang, Kankanhalli and Smoliar 1993,
"Automatic partitioning of full-motion video", the twin comparison).
Invariant: the answer depends on frames no more than `REACH` away.
"""

from __future__ import annotations

from collections.abc import Sequence

from colordesk.video.likeness import Comparer, Tiny, unmoved

REACH = 8
"""Frames to either side of the middle that are looked at."""
_NEAR = 5  # the same, of the inner ones
_LOSS = 0.3  # likeness lost between neighbours, summed over all: less is no dissolve
_SAME = 0.45  # likeness of the ends without motion: more is none either
# Logistic regression of the middles of 90 dissolves among 11,700 frames: clips with flicker, shake,
# flashes, grain and damage, and cameras that move over photographs. An answer above 0 stands for
# odds of 4 to 1.
_FREE = -2.13
_JUMP = -4.5
_STEADY = 4.3
_GRADUAL = -0.6  # of the two together: what is less was never a dissolve
_EXPLAINED = 8.2
_ALIKE = -10.0
_STRONGER = -7.9
_CONTRAST = -1.1
_ALIKE_NEAR = -7.6
_BOTH = 5.8


def middle(frames: Sequence[Tiny], likenesses: Sequence[float], comparer: Comparer) -> float:
    """Return how much speaks for the middle one of frames being that of a dissolve; 0 is even.

    Args:
        frames: 2 * REACH + 1 of them.
        likenesses: of each to the one before it.
        comparer: lays frames over each other.
    """
    losses = [1 - likeness for likeness in likenesses[1:]]
    first, frame, last = frames[0], frames[REACH], frames[-1]
    if any(seen.blank for seen in frames) or sum(losses) < _LOSS:
        return -1.0
    if unmoved(first, last) > _SAME:
        return -1.0
    before, after = frames[REACH - _NEAR], frames[REACH + _NEAR]
    gradual = _JUMP * max(losses)
    gradual += _STEADY * max(unmoved(before, frame), unmoved(frame, after))
    if gradual < _GRADUAL:
        return -1.0
    far = comparer.mix(first, frame, last)
    found = _FREE + gradual + _EXPLAINED * far.explained + _ALIKE * far.alike
    found += _STRONGER * far.stronger + _CONTRAST * far.contrast
    if found + _BOTH < 0:
        return -1.0  # the inner frames cannot change it
    near = comparer.mix(before, frame, after)
    return found + _ALIKE_NEAR * near.alike + _BOTH * near.both
