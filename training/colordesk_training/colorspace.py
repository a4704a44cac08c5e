"""Colour conversions as tensor operations: differentiable, and exportable to ONNX.

Pixels are N x C x H x W. Constants are those of `colordesk.color`: sRGB, D65 white.
`colordesk.color` is the exact one for pictures; this one is for losses and for what is baked into
a graph. Invariant: for a neutral pixel, L* and the sRGB gray value are one-to-one.
"""

from __future__ import annotations

import torch
from torch import Tensor

# linear sRGB -> XYZ relative to the D65 white (IEC 61966-2-1), rows already divided by the white
_TO_XYZ = (
    (0.4123908 / 0.9504559, 0.3575843 / 0.9504559, 0.1804808 / 0.9504559),
    (0.2126390, 0.7151687, 0.0721923),
    (0.0193308 / 1.0890578, 0.1191948 / 1.0890578, 0.9505322 / 1.0890578),
)
_DELTA = 6 / 29
# rows Y, U, V for R, G, B, the analogue YUV of paper 004's code (ARCHITECTURES.md, 0.1)
_TO_YUV = (
    (0.299, 0.587, 0.114),
    (-0.14713, -0.28886, 0.436),
    (0.615, -0.51499, -0.10001),
)
_FROM_YUV = (
    (1.0, 0.0, 1.13983),
    (1.0, -0.39465, -0.58060),
    (1.0, 2.03211, 0.0),
)


def gray_from_lightness(lightness: Tensor) -> Tensor:
    """Return the sRGB gray value in [0, 1] of L* in [0, 100]."""
    return _encoded(_f_inverse((lightness + 16) / 116))


def lightness_of_luma(lightness: Tensor, ab: Tensor, *, swapped: bool = False) -> Tensor:
    """Return L* of the gray that video's luma makes of colours, instead of their own L*.

    Papers 003 and 004 train on this gray: 0.299 R + 0.587 G + 0.114 B of the sRGB values.

    Args:
        lightness: L* of the colours, N x 1 x H x W.
        ab: N x 2 x H x W.
        swapped: whether red and blue have changed places, as in paper 003 (ARCHITECTURES.md, A22).
    """
    rgb = rgb_from_lab(lightness, ab)
    luma = _mixed(rgb.flip(1) if swapped else rgb, _TO_YUV[:1])
    return 116 * _f(_decoded(luma)) - 16


def rgb_from_lab(lightness: Tensor, ab: Tensor) -> Tensor:
    """Return sRGB clipped to [0, 1], N x 3 x H x W, of L* N x 1 x H x W and ab N x 2 x H x W."""
    fy = (lightness + 16) / 116
    xyz = torch.cat([fy + ab[:, :1] / 500, fy, fy - ab[:, 1:] / 200], 1)
    inverse = torch.linalg.inv(torch.tensor(_TO_XYZ, dtype=torch.float64)).tolist()
    return _encoded(_mixed(_f_inverse(xyz), inverse))


def ab_from_rgb(rgb: Tensor) -> Tensor:
    """Return ab in CIELAB units, N x 2 x H x W, of sRGB in [0, 1]."""
    fx, fy, fz = _f(_mixed(_decoded(rgb.clamp(0, 1)), _TO_XYZ)).unbind(1)
    return torch.stack([500 * (fx - fy), 200 * (fy - fz)], 1)


def uv_from_rgb(rgb: Tensor) -> Tensor:
    """Return U, V (within +-0.436 and +-0.615), N x 2 x H x W, of sRGB in [0, 1]."""
    return _mixed(rgb, _TO_YUV[1:])


def rgb_from_yuv(y: Tensor, uv: Tensor) -> Tensor:
    """Return sRGB clipped to [0, 1] of Y in [0, 1], N x 1 x H x W, and U, V."""
    return _mixed(torch.cat([y, uv], 1), _FROM_YUV).clamp(0, 1)


def _mixed(planes: Tensor, rows: tuple[tuple[float, ...], ...] | list[list[float]]) -> Tensor:
    """Multiply the channels by a matrix, without a constant tensor in the graph."""
    parts = planes.unbind(1)
    mixed = []
    for row in rows:
        total = parts[0] * row[0]
        for part, weight in zip(parts[1:], row[1:], strict=True):
            total = total + part * weight
        mixed.append(total)
    return torch.stack(mixed, 1)


def _decoded(value: Tensor) -> Tensor:
    """SRGB to linear light."""
    return torch.where(
        value <= 0.04045, value / 12.92, ((value.clamp(min=0.04) + 0.055) / 1.055) ** 2.4
    )


def _encoded(linear: Tensor) -> Tensor:
    """Linear light to sRGB, clipped to [0, 1]."""
    high = 1.055 * linear.clamp(min=0.003) ** (1 / 2.4) - 0.055
    return torch.where(linear <= 0.0031308, linear * 12.92, high).clamp(0, 1)


def _f(t: Tensor) -> Tensor:
    return torch.where(
        t > _DELTA**3, t.clamp(min=_DELTA**3) ** (1 / 3), t / (3 * _DELTA**2) + 4 / 29
    )


def _f_inverse(t: Tensor) -> Tensor:
    return torch.where(t > _DELTA, t**3, 3 * _DELTA**2 * (t - 4 / 29))
