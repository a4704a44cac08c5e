"""The checksums of FFV1, the codec of film archives: which of its packets are damaged.

Hides how slices lie in a packet. FFmpeg fills a damaged slice from the picture before it, which is
the best that can be done, and tells nobody; so the checksums are looked at here as well.

Source: RFC 9043, section 4.9 (slice footer: size, status and CRC, the last of them at the very end
of the packet).
"""

from __future__ import annotations

import zlib

_FOOTER = 8  # bytes: 3 of size, 1 of status, 4 of CRC
# the RFC's CRC takes the bits of a byte from the other end, as does the polynomial of zlib
_TURNED = bytes(int(f"{value:08b}"[::-1], 2) for value in range(256))
_ZERO = 0xFFFFFFFF  # the RFC's 0, which zlib shows as its complement


class SliceChecker:
    """Counts the damaged packets of one stream.

    Whether there are checksums at all shows in the first whole packet; what was damaged before it
    counts from then on.
    """

    def __init__(self) -> None:
        self._checked = False
        self._doubtful = 0

    def damaged(self, packet: bytes) -> int:
        """Return how many damaged packets have come to light with this one."""
        if not packet:
            return 0
        if _is_whole(packet):
            self._checked = True
        else:
            self._doubtful += 1
        found = self._doubtful if self._checked else 0
        self._doubtful -= found
        return found


def _is_whole(packet: bytes) -> bool:
    end = len(packet)
    while end >= _FOOTER:
        start = end - _FOOTER - int.from_bytes(packet[end - _FOOTER : end - _FOOTER + 3], "big")
        if start < 0 or not _fits(packet[start:end]):
            return False
        end = start
    return end == 0


def _fits(piece: bytes) -> bool:
    """Whether a slice with its CRC leaves nothing, as it does where neither is damaged."""
    return zlib.crc32(piece.translate(_TURNED), _ZERO) == _ZERO
