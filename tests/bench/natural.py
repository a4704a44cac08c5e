"""Makes `resources/metrics/natural-ab.csv` again: how common each colour is in photographs.

`python tests/bench/natural.py ARCHIVE.zip... [-o FILE]`; each archive holds photographs. Without
`-o` the table is compared with the one that is there.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from rich.console import Console

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from colordesk.metrics import palette
from colordesk.metrics.lab import lab_of

_MILLION = 1e6
_BLUR = 0.5  # bins: 5 CIELAB units, as in Zhang, Isola, Efros 2016, 2.2


def shares(archives: Sequence[Path]) -> tuple[Any, int]:
    """Return each bin's share in millionths, a* down and b* across, and the number of photos."""
    total: Any = np.zeros(palette.SIDE**2)
    count = 0
    for rgb in _photographs(archives):
        histogram = palette.histogram(palette.bins(lab_of(rgb)))
        total += histogram / histogram.sum()  # all photographs count alike
        count += 1
    table: Any = (total / max(count, 1)).reshape(palette.SIDE, palette.SIDE)
    table = cv2.GaussianBlur(table, (5, 5), _BLUR, borderType=cv2.BORDER_CONSTANT)
    table = np.where(_in_srgb(), table, 0)
    return _MILLION * table / table.sum(), count


def _photographs(archives: Sequence[Path]) -> Iterator[Any]:
    for archive in archives:
        with zipfile.ZipFile(archive) as pictures:
            for name in pictures.namelist():
                data = np.frombuffer(pictures.read(name), np.uint8)
                bgr = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
                if bgr is not None:
                    yield np.ascontiguousarray(bgr[:, :, ::-1])


def _in_srgb() -> Any:
    """Return which bins sRGB has any colour in."""
    levels = np.arange(0, 256, 5).astype(np.uint8)
    cube = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(1, -1, 3)
    found = palette.histogram(palette.bins(lab_of(np.ascontiguousarray(cube))))
    return found.reshape(palette.SIDE, palette.SIDE) > 0


def main() -> None:
    """Make the table, and write it or say how far it is from the one that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archives", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    table, count = shares(given.archives)
    console = Console()
    if given.output:
        np.savetxt(given.output, table, fmt="%.1f", delimiter=",")
        console.print(f"{given.output}: {count} photographs")
    else:
        there = _MILLION * palette.natural().reshape(table.shape)
        worst = float(np.abs(there - table).max())
        console.print(f"{count} photographs; no bin differs by more than {worst:.2f} millionths")


if __name__ == "__main__":
    main()
