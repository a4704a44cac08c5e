"""The measures' titles and meanings in the person's language; the core has them in English.

Invariant: whatever the window shows of a measure is in `WORDS`, where translators find it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from colordesk.ui.i18n import figure, translate

if TYPE_CHECKING:
    from colordesk.metrics.definition import Definition

WORDS: tuple[object, ...] = (
    QT_TRANSLATE_NOOP("Measure", "CIEDE2000"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "Mean difference of colour as people see it; about 1 can just be seen.",
    ),
    QT_TRANSLATE_NOOP("Measure", "PSNR"),
    QT_TRANSLATE_NOOP("Measure", "Peak signal-to-noise ratio over R, G and B."),
    QT_TRANSLATE_NOOP("Measure", "SSIM"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "Whether small windows have the same pattern in R, G and B; 1 is the same.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Saturation bias"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "Mean chroma less that of the truth; below 0 the colours are too dull.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Colourfulness"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "How colourful the picture is; 0 is gray, 33 moderate, 82 very much.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Palette against truth"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "How different the share of each colour is from the truth's, wherever the colours "
        "are; 0 the same, 1 nothing in common.",
    ),
    QT_TRANSLATE_NOOP("Measure", "AuC, balanced"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "The same with rare true colours counting more, so that gray is no safe answer.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Patchiness"),
    QT_TRANSLATE_NOOP("Measure", "How strong blotches of colour are where the lightness is even."),
    QT_TRANSLATE_NOOP("Measure", "Edge bleeding"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "Which share of the change of colour at edges lies beside the edge instead of at it.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Δ colourfulness"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "By how much the colourfulness differs from the truth's, either way.",
    ),
    QT_TRANSLATE_NOOP("Measure", "AuC"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "Area under the share of pixels whose a*b* is within a threshold, from 0 to 150.",
    ),
    QT_TRANSLATE_NOOP("Measure", "CIE76"),
    QT_TRANSLATE_NOOP("Measure", "Mean distance in CIELAB, in true units."),
    QT_TRANSLATE_NOOP("Measure", "CIE94"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "Mean CIE 1994 difference, weights for graphic arts, the truth as reference.",
    ),
    QT_TRANSLATE_NOOP("Measure", "PSNR of ab"),
    QT_TRANSLATE_NOOP("Measure", "Peak signal-to-noise ratio over a* and b* alone, peak 255."),
    QT_TRANSLATE_NOOP("Measure", "MSE"),
    QT_TRANSLATE_NOOP("Measure", "Mean squared error over R, G and B in 0 to 1."),
    QT_TRANSLATE_NOOP("Measure", "MS-SSIM"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "SSIM over five scales; not defined for pictures with a side under 176 pixels.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Colourfulness (DDColor)"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "The same with the opponent channels taken without their sign, as DDColor computes "
        "it; not comparable with the other.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Palette against photographs"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "How different the share of each colour is from that in thousands of photographs; 0 "
        "the same, 1 nothing in common.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Gray share"),
    QT_TRANSLATE_NOOP("Measure", "Share of pixels with hardly any colour (chroma below 5)."),
    QT_TRANSLATE_NOOP("Measure", "Colour cast"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "Chroma of the mean colour: large where everything leans to one hue.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Cast error"),
    QT_TRANSLATE_NOOP("Measure", "Distance in a*b* between the mean colour and the truth's."),
    QT_TRANSLATE_NOOP("Measure", "Loss of paper 000"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "Half the squared error of a* and b*, summed over the picture. A picture of another "
        "size counts as if it had 224 x 224 pixels.",
    ),
    QT_TRANSLATE_NOOP("Measure", "L2 distance of paper 001"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "Root of the squared error of a* and b*, summed over the picture. A picture of "
        "another size counts as if it had 224 x 224 pixels.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Wrong pixels of paper 001"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "How many pixels are off by 10 or more in a*b*. A picture of another size counts as "
        "if it had 224 x 224 pixels.",
    ),
    QT_TRANSLATE_NOOP("Measure", "CIE76 of paper 002, scaled"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "Mean distance in CIELAB with L* divided by 100 and a* and b* by 127, as the paper's "
        "code has it for ECCV16, SIGGRAPH17 and CWGAN; about a hundredth of CIE76.",
    ),
    QT_TRANSLATE_NOOP("Measure", "CIE76 of paper 002, of HLS"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "CIE76 of hue, lightness and saturation taken for red, green and blue, as the paper's"
        " code has it for its own network; comparable with nothing else.",
    ),
    QT_TRANSLATE_NOOP("Measure", "UV loss of paper 004"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "Mean squared error of U and V in their own units; the paper's gray picture has 0.005163.",
    ),
    QT_TRANSLATE_NOOP("Measure", "LPIPS"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "How different a network sees the two pictures, shrunk to a short side of 256 pixels.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Recognition"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "Whether VGG16 takes the picture for the same thing as the truth (its first guess).",
    ),
    QT_TRANSLATE_NOOP("Measure", "FID"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "Distance between all results and all truths as a network sees them; depends on the "
        "number of photos, and is of little worth below some hundred.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Warped colour error"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "How much the colour of a thing changes from one frame to the next while it moves.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Colour distribution consistency (CDC)"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "How much the shares of the colours change over one, two and four frames.",
    ),
    QT_TRANSLATE_NOOP("Measure", "Colour flicker"),
    QT_TRANSLATE_NOOP(
        "Measure",
        "How far the colour at a place jumps out of line with the frames before and after.",
    ),
)
"""Titles and meanings, in the order of the table."""


def title(definition: Definition) -> str:
    """Return what a measure is called."""
    return translate("Measure", definition.title)


def shown(definition: Definition, value: float) -> str:
    """Return a value of a measure with the digits that mean something."""
    return figure(definition.shown(value))


def explained(definition: Definition) -> str:
    """Return what a measure means, for a tooltip."""
    unit = f" ({definition.unit})" if definition.unit else ""
    text = translate("Measure", definition.text)
    return f"{title(definition)}{unit}: {text}\n{definition.source}"
