"""Full-reference and no-reference measures of one picture.

Pictures are sRGB as float H x W x 3 in [0, 1]. Every measure says its unit and which way is better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from skimage import color

if TYPE_CHECKING:
    from numpy.typing import NDArray


def psnr(result: NDArray[np.float32], truth: NDArray[np.float32]) -> float:
    """Peak signal-to-noise ratio over R, G and B, in dB; higher is better, infinite if equal."""
    error = float(np.mean((result.astype(np.float64) - truth) ** 2))
    return float("inf") if error == 0 else -10 * float(np.log10(error))


def ciede2000(result: NDArray[np.float32], truth: NDArray[np.float32]) -> float:
    """Mean CIEDE2000 colour difference, in delta-E units; lower is better, 0 if equal.

    Source: Sharma, Wu, Dalal 2005, "The CIEDE2000 color-difference formula", with kL = kC = kH = 1.
    """
    difference = color.deltaE_ciede2000(color.rgb2lab(result), color.rgb2lab(truth))
    return float(difference.mean())


def colourfulness(picture: NDArray[np.float32]) -> float:
    """Colourfulness M3 of Hasler and Suesstrunk 2003, on the 0..255 scale; 0 is gray.

    The opponent channels are signed: rg = R - G, yb = (R + G) / 2 - B.
    """
    r, g, b = (picture[..., i].astype(np.float64) * 255 for i in range(3))
    rg, yb = r - g, (r + g) / 2 - b
    spread = np.hypot(rg.std(), yb.std())
    offset = np.hypot(rg.mean(), yb.mean())
    return float(spread + 0.3 * offset)
