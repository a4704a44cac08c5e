"""conv-autoencoder: the convolutional one that paper 003 mentions (section 7) and does not show.

Three convolutions of stride 2 down to 1/8 and three transposed ones back, from gray to sRGB, both
in [-1, 1]; every layer but the output has batch norm and ReLU. Nothing of it is printed or
published, so widths and kernels are ours (ARCHITECTURES.md, section 13).
"""

from __future__ import annotations

from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.colorspace import gray_from_lightness
from colordesk_training.registry import register


class ConvAutoencoder(nn.Module):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Sequential(*(_down(*pair) for pair in ((1, 32), (32, 64), (64, 128))))
        self.decoder = nn.Sequential(*(_up(*pair) for pair in ((128, 64), (64, 32), (32, 16))))
        self.out = nn.Sequential(nn.Conv2d(16, 3, 3, padding=1), nn.Tanh())

    def forward(self, lightness: Tensor) -> Tensor:
        """Return sRGB, N x 3 x H x W, for L* in [0, 100], N x 1 x H x W."""
        height, width = lightness.shape[-2:]
        gray = gray_from_lightness(lightness) * 2 - 1
        rgb: Tensor = self.out(self.decoder(self.encoder(gray)))
        # Sides that are no multiple of 8 were rounded up on the way down.
        return rgb[:, :, :height, :width]


def _down(inside: int, outside: int) -> nn.Sequential:
    conv = nn.Conv2d(inside, outside, 3, stride=2, padding=1)
    return nn.Sequential(conv, nn.BatchNorm2d(outside), nn.ReLU())


def _up(inside: int, outside: int) -> nn.Sequential:
    conv = nn.ConvTranspose2d(inside, outside, 4, stride=2, padding=1)
    return nn.Sequential(conv, nn.BatchNorm2d(outside), nn.ReLU())


@register(
    "conv-autoencoder",
    title="Convolutional autoencoder",
    summary="Down to 1/8 and back with convolutions, gray to RGB",
    paper="Xia and Salhi, Image Colorization with Neural Networks (paper 003)",
    size=Size(multiple=8, min=32, max=2048, preferred=256),
)
def conv_autoencoder() -> ConvAutoencoder:
    """Build the network, for the target `rgb`."""
    return ConvAutoencoder()
