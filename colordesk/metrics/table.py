"""All measures of a picture in one table: what each means, which way is better, how it is computed.

`measure` computes any of them for a pair of pictures in one walk over the pixels.
Invariant: every measure gives a picture that equals its truth the value that `Measure.perfect`
says, or the truth's own where better means nearer to it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping

import numpy as np

from colordesk.errors import ColorDeskError
from colordesk.metrics import film, palette, places, structure, sums
from colordesk.metrics.definition import Definition, Measure, Totals
from colordesk.metrics.perception import PERCEPTION
from colordesk.metrics.strip import Picture, Strip
from colordesk.metrics.sums import Summing, Sums
from colordesk.strips import Strips, cpu_threads
from colordesk.task import Task

__all__ = [
    "DEFINITIONS",
    "MEASURES",
    "PAPER_PIXELS",
    "Definition",
    "Measure",
    "SizesDiffer",
    "measure",
]

PAPER_PIXELS = 224 * 224
"""Pixels of a picture in the papers; sums over a picture are given as for one of that size."""


class SizesDiffer(ColorDeskError):
    """A result and its truth have different sizes, so that no pixel can be compared.

    Args:
        result: width and height of the result.
        truth: width and height of the truth.
    """

    def __init__(self, result: tuple[int, int], truth: tuple[int, int]) -> None:
        super().__init__(result, truth)
        self.result = result
        self.truth = truth


def _psnr(error: float, peak: float = 1.0) -> float:
    return math.inf if error == 0 else 10 * math.log10(peak**2 / error)


def _colourfulness(moments: Sums, pixels: int) -> float:
    means, squares = moments[:2] / pixels, moments[2:] / pixels
    spread = math.sqrt(max(float(np.sum(squares - means**2)), 0.0))
    return spread + 0.3 * math.hypot(*means.tolist())


def _auc(mean_distance: float) -> float:
    # the area under the share of pixels within a threshold, which runs from 0 to AUC_TO
    return 100 * (1 - mean_distance / sums.AUC_TO)


_AS_224 = "A picture of another size counts as if it had 224 x 224 pixels."
_ZHANG = "Zhang, Isola, Efros 2016, Colorful Image Colorization, 3.1"
_HASLER = "Hasler, Suesstrunk 2003, Measuring colourfulness in natural images"

_ALL = (
    Measure(
        "ciede2000", "CIEDE2000", "ΔE", "lower",
        "Mean difference of colour as people see it; about 1 can just be seen.",
        "Sharma, Wu, Dalal 2005, The CIEDE2000 color-difference formula",
        value=lambda t: t.mean(sums.delta_e_2000), needs=(sums.delta_e_2000,),
    ),
    Measure(
        "psnr", "PSNR", "dB", "higher",
        "Peak signal-to-noise ratio over R, G and B.",
        "usual definition, peak 1",
        best=math.inf, needs=(sums.squared_rgb,),
        value=lambda t: _psnr(t.mean(sums.squared_rgb, 3)),
    ),
    Measure(
        "ssim", "SSIM", "", "higher",
        "Whether small windows have the same pattern in R, G and B; 1 is the same.",
        "Wang, Bovik, Sheikh, Simoncelli 2004, Image quality assessment",
        best=1, digits=4, value=lambda t: structure.ssim(t.windows),
    ),
    Measure(
        "saturation_bias", "Saturation bias", "C*ab", "zero",
        "Mean chroma less that of the truth; below 0 the colours are too dull.",
        "ours",
        value=lambda t: t.mean(sums.chroma_error), needs=(sums.chroma_error,),
    ),
    Measure(
        "colourfulness", "Colourfulness", "", "truth",
        "How colourful the picture is; 0 is gray, 33 moderate, 82 very much.",
        _HASLER + ", M3 with signed opponent channels",
        needs_truth=False, digits=1, needs=(sums.opponents,),
        value=lambda t: _colourfulness(t[sums.opponents], t.pixels),
    ),
    Measure(
        "histogram_truth", "Palette against truth", "bit", "lower",
        "How different the share of each colour is from the truth's, wherever the colours are; "
        "0 the same, 1 nothing in common.",
        "ours; Jensen-Shannon divergence of a*b* histograms with bins of 10",
        digits=3, needs=(sums.colours, sums.true_colours),
        value=lambda t: palette.divergence(t[sums.colours], t[sums.true_colours]),
    ),
    Measure(
        "auc_balanced", "AuC, balanced", "%", "higher",
        "The same with rare true colours counting more, so that gray is no safe answer.",
        _ZHANG + ", with our own shares of colours in photographs",
        best=100, value=lambda t: _auc(float(np.divide(*t[sums.rare_capped_ab]))),
        needs=(sums.rare_capped_ab,),
    ),
    Measure(
        "patchiness", "Patchiness", "ΔE", "truth",
        "How strong blotches of colour are where the lightness is even.",
        "ours",
        needs_truth=False, value=lambda t: places.patchiness(t.small),
    ),
    Measure(
        "bleeding", "Edge bleeding", "%", "truth",
        "Which share of the change of colour at edges lies beside the edge instead of at it.",
        "ours",
        needs_truth=False, digits=1, value=lambda t: places.bleeding(t.small),
    ),
    Measure(
        "delta_colourfulness", "Δ colourfulness", "", "lower",
        "By how much the colourfulness differs from the truth's, either way.",
        "Kang et al. 2023, DDColor, delta CF; here of the signed colourfulness",
        digits=1, needs=(sums.opponents, sums.true_opponents),
        value=lambda t: abs(
            _colourfulness(t[sums.opponents], t.pixels)
            - _colourfulness(t[sums.true_opponents], t.pixels)
        ),
    ),
    Measure(
        "auc", "AuC", "%", "higher",
        "Area under the share of pixels whose a*b* is within a threshold, from 0 to 150.",
        _ZHANG,
        best=100, value=lambda t: _auc(t.mean(sums.capped_ab)), needs=(sums.capped_ab,),
    ),
    Measure(
        "cie76", "CIE76", "ΔE", "lower",
        "Mean distance in CIELAB, in true units.",
        "CIE 15:2004; papers 001 and 002 mean this one",
        value=lambda t: t.mean(sums.delta_e_76), needs=(sums.delta_e_76,),
    ),
    Measure(
        "cie94", "CIE94", "ΔE", "lower",
        "Mean CIE 1994 difference, weights for graphic arts, the truth as reference.",
        "CIE 116:1995",
        value=lambda t: t.mean(sums.delta_e_94), needs=(sums.delta_e_94,),
    ),
    Measure(
        "psnr_ab", "PSNR of ab", "dB", "higher",
        "Peak signal-to-noise ratio over a* and b* alone, peak 255.",
        "usual definition, on the 8-bit range of a* and b*",
        best=math.inf, needs=(sums.squared_ab,),
        value=lambda t: _psnr(t.mean(sums.squared_ab, 2), 255),
    ),
    Measure(
        "mse", "MSE", "", "lower",
        "Mean squared error over R, G and B in 0 to 1.",
        "usual definition",
        digits=5, value=lambda t: t.mean(sums.squared_rgb, 3), needs=(sums.squared_rgb,),
    ),
    Measure(
        "ms_ssim", "MS-SSIM", "", "higher",
        "SSIM over five scales; not defined for pictures with a side under 176 pixels.",
        "Wang, Simoncelli, Bovik 2003, Multiscale structural similarity",
        best=1, digits=4, value=lambda t: structure.ms_ssim(t.windows, t.result, t.truth),
    ),
    Measure(
        "colourfulness_ddcolor", "Colourfulness (DDColor)", "", "truth",
        "The same with the opponent channels taken without their sign, as DDColor computes it; "
        "not comparable with the other.",
        "Kang et al. 2023, DDColor, in their code",
        needs_truth=False, digits=1, needs=(sums.absolute_opponents,),
        value=lambda t: _colourfulness(t[sums.absolute_opponents], t.pixels),
    ),
    Measure(
        "histogram_natural", "Palette against photographs", "bit", "truth",
        "How different the share of each colour is from that in thousands of photographs; "
        "0 the same, 1 nothing in common.",
        "ours; Jensen-Shannon divergence of a*b* histograms with bins of 10",
        needs_truth=False, digits=3, needs=(sums.colours,),
        value=lambda t: palette.divergence(t[sums.colours], palette.natural()),
    ),
    Measure(
        "gray_share", "Gray share", "%", "truth",
        "Share of pixels with hardly any colour (chroma below 5).",
        "ours; the threshold of Zhang et al. 2016",
        needs_truth=False, digits=1, needs=(sums.gray_pixels,),
        value=lambda t: 100 * t.mean(sums.gray_pixels),
    ),
    Measure(
        "cast", "Colour cast", "C*ab", "truth",
        "Chroma of the mean colour: large where everything leans to one hue.",
        "ours",
        needs_truth=False, needs=(sums.ab,),
        value=lambda t: math.hypot(*(t[sums.ab] / t.pixels).tolist()),
    ),
    Measure(
        "cast_error", "Cast error", "ΔE", "lower",
        "Distance in a*b* between the mean colour and the truth's.",
        "ours",
        needs=(sums.ab_error,),
        value=lambda t: math.hypot(*(t[sums.ab_error] / t.pixels).tolist()),
    ),
    Measure(
        "eq1_000", "Loss of paper 000", "", "lower",
        f"Half the squared error of a* and b*, summed over the picture. {_AS_224}",
        "paper 000, equation 1",
        digits=0, needs=(sums.squared_ab,),
        value=lambda t: 0.5 * PAPER_PIXELS * t.mean(sums.squared_ab),
    ),
    Measure(
        "l2_001", "L2 distance of paper 001", "", "lower",
        f"Root of the squared error of a* and b*, summed over the picture. {_AS_224}",
        "paper 001, 5.1.1",
        digits=1, needs=(sums.squared_ab,),
        value=lambda t: math.sqrt(PAPER_PIXELS * t.mean(sums.squared_ab)),
    ),
    Measure(
        "wrong_001", "Wrong pixels of paper 001", "pixels", "lower",
        f"How many pixels are off by 10 or more in a*b*. {_AS_224}",
        "paper 001, 5.1.2; the threshold is ours, the paper gives none",
        digits=0, needs=(sums.wrong_pixels,),
        value=lambda t: PAPER_PIXELS * t.mean(sums.wrong_pixels),
    ),
    Measure(
        "cie76_002", "CIE76 of paper 002, scaled", "", "lower",
        "Mean distance in CIELAB with L* divided by 100 and a* and b* by 127, as the paper's "
        "code has it for ECCV16, SIGGRAPH17 and CWGAN; about a hundredth of CIE76.",
        "paper 002, table 1, rows 2 to 4",
        digits=4, value=lambda t: t.mean(sums.delta_e_scaled), needs=(sums.delta_e_scaled,),
    ),
    Measure(
        "cie76_002_hls", "CIE76 of paper 002, of HLS", "", "lower",
        "CIE76 of hue, lightness and saturation taken for red, green and blue, as the paper's "
        "code has it for its own network; comparable with nothing else.",
        "paper 002, table 1, row 1",
        value=lambda t: t.mean(sums.delta_e_of_hls), needs=(sums.delta_e_of_hls,),
    ),
    Measure(
        "uv_004", "UV loss of paper 004", "", "lower",
        "Mean squared error of U and V in their own units; the paper's gray picture has 0.005163.",
        "paper 004, 2",
        digits=6, value=lambda t: t.mean(sums.squared_uv, 2), needs=(sums.squared_uv,),
    ),
)  # fmt: skip

MEASURES: Mapping[str, Measure] = {measure.id: measure for measure in _ALL}
"""Every measure of one picture by id, in the order to show them; the first few tell the most."""


DEFINITIONS: Mapping[str, Definition] = {
    **MEASURES,
    **PERCEPTION,
    **{d.id: d for d in (film.WARPED_ERROR, film.CONSISTENCY, film.FLICKER)},
}
"""What every measure means: of pictures, of pictures by a network, and of films."""


def measure(
    result: Picture, truth: Picture | None, ids: Collection[str], task: Task
) -> dict[str, float]:
    """Return measures of a picture by id, in the order of `ids`.

    Args:
        result: sRGB, H x W x 3, as 8 or 16 bit or as floats in [0, 1].
        truth: sRGB of the same size; None leaves out the measures that need it.
        ids: of `MEASURES`.
        task: progress and cancel.

    Raises:
        KeyError: there is no measure of that id.
        SizesDiffer: result and truth have different sizes.
        Cancelled: the owner of the task asked for it.
    """
    wanted = [MEASURES[id] for id in ids]
    if truth is None:
        wanted = [m for m in wanted if not m.needs_truth]
    elif truth.shape != result.shape:
        raise SizesDiffer((result.shape[1], result.shape[0]), (truth.shape[1], truth.shape[0]))
    needs = tuple(dict.fromkeys(summing for m in wanted for summing in m.needs))
    totals = Totals(
        result,
        result if truth is None else truth,
        _summed(result, truth, needs, task.part(0.0, 0.6)) if needs else {},
        task.part(0.6, 0.9),
    )
    values = {}
    for m in wanted:
        task.check()
        values[m.id] = float(m.value(totals))
    task.progress(1.0)
    return values


def _summed(
    result: Picture, truth: Picture | None, needs: tuple[Summing, ...], task: Task
) -> dict[Summing, Sums]:
    """Walk over the pixels once, by all cores."""
    height, width = result.shape[:2]
    found: dict[int, list[Sums]] = {}

    def worker(rows: int) -> Callable[[int, int], None]:
        def strip(start: int, stop: int) -> None:
            part = Strip(result, truth, start, stop)
            found[start] = [summing(part) for summing in needs]

        return strip

    Strips(cpu_threads()).run(height, width, worker, task)
    # in the order of the rows, so that the same pictures have the same sums to the last bit
    parts = [found[start] for start in sorted(found)]
    return {summing: np.sum([part[i] for part in parts], axis=0) for i, summing in enumerate(needs)}
