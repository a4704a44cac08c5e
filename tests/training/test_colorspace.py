from __future__ import annotations

import numpy as np
import torch
from skimage import color

from colordesk_training import colorspace


def picture() -> np.ndarray:
    return np.random.default_rng(0).random((12, 10, 3)).astype(np.float32)


def tensor(array: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(array, np.float32)).permute(2, 0, 1)[None]


def test_lab_agrees_with_scikit_image_both_ways() -> None:
    rgb = picture()
    lab = color.rgb2lab(rgb)
    torch.testing.assert_close(
        colorspace.ab_from_rgb(tensor(rgb)), tensor(lab[..., 1:]), atol=0.05, rtol=0
    )
    back = colorspace.rgb_from_lab(tensor(lab[..., :1]), tensor(lab[..., 1:]))
    torch.testing.assert_close(back, tensor(rgb), atol=2e-3, rtol=0)


def test_gray_is_the_neutral_of_lightness() -> None:
    gray = np.repeat(np.linspace(0, 1, 64, dtype=np.float32), 3).reshape(8, 8, 3)
    lightness = tensor(color.rgb2lab(gray)[..., :1])
    torch.testing.assert_close(
        colorspace.gray_from_lightness(lightness), tensor(gray[..., :1]), atol=1e-4, rtol=0
    )


def test_yuv_agrees_with_scikit_image_and_inverts() -> None:
    rgb = picture()
    yuv = color.rgb2yuv(rgb)
    torch.testing.assert_close(
        colorspace.uv_from_rgb(tensor(rgb)), tensor(yuv[..., 1:]), atol=1e-4, rtol=0
    )
    back = colorspace.rgb_from_yuv(tensor(yuv[..., :1]), tensor(yuv[..., 1:]))
    torch.testing.assert_close(back, tensor(rgb), atol=1e-3, rtol=0)


def test_conversions_have_finite_gradients_at_black_and_white() -> None:
    for level in (0.0, 1.0):
        rgb = torch.full((1, 3, 2, 2), level, requires_grad=True)
        (slope,) = torch.autograd.grad(colorspace.ab_from_rgb(rgb).sum(), rgb)
        assert torch.isfinite(slope).all()
