"""Papers 002 and 004: their networks and targets, beyond the common contract."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import pytest
import torch
import torchvision
from skimage import color, data, feature
from torch import Tensor, nn

from colordesk_training.architectures.cnn4 import cnn4_hsl, cnn4_rgb
from colordesk_training.architectures.cwgan import Critic, ResUNet
from colordesk_training.architectures.eccv16 import Eccv16
from colordesk_training.architectures.gray import Gray
from colordesk_training.architectures.hog_svr import FEATURES, HogSvr, hog_features
from colordesk_training.architectures.mlf import MultiLevelFeatures
from colordesk_training.architectures.pix2pix import PatchGan, UNet256
from colordesk_training.architectures.residual_encoder import ResidualEncoder, load_vgg
from colordesk_training.architectures.siggraph17 import Siggraph17
from colordesk_training.architectures.stylization import ShaveBlock, Stylization
from colordesk_training.colorspace import gray_from_lightness, rgb_from_lab
from colordesk_training.registry import architecture
from colordesk_training.targets import UnknownTarget, make_target
from colordesk_training.targets.ab import AbRegression
from colordesk_training.targets.ab_bins import AbBins, grid_points, hull_points
from colordesk_training.targets.hls import Hls
from colordesk_training.targets.uv import Uv


def parameters(module: nn.Module, *, learning: bool = False) -> int:
    return sum(p.numel() for p in module.parameters() if p.requires_grad or not learning)


def photograph(step: int = 8) -> tuple[Tensor, Tensor]:
    """Lightness and ab of a bundled photograph, 512 / step pixels square."""
    lab = color.rgb2lab(data.astronaut()[::step, ::step]).astype(np.float32)
    planes = torch.from_numpy(lab).permute(2, 0, 1)[None]
    return planes[:, :1], planes[:, 1:]


def noise(*shape: int) -> Tensor:
    """L* at random, the same each time."""
    return torch.rand(shape, generator=torch.Generator().manual_seed(0)) * 100


# What each network has to learn, as counted in ARCHITECTURES.md


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("cnn4-rgb", {}, 3_279),
        ("cnn4-hsl", {}, 3_279),
        ("cnn4-hsl", {"variant": "model2"}, 3_279),
        ("cnn4-hsl", {"variant": "model3"}, 20_259),
        ("cnn4-hsl", {"variant": "model3", "width": 24}, 11_739),
        ("cnn4-hsl", {"variant": "model3", "width": 64}, 77_379),
        ("unet256", {}, 54_409_858),
        ("cwgan", {}, 8_216_194),
        ("cwgan", {"detach": True}, 8_216_194),
        ("eccv16", {}, 32_236_011),
        ("siggraph17", {}, 34_187_027),
        ("gray", {}, 0),
        ("hog-svr", {}, 2 * (37 + 1)),
        ("residual-encoder", {}, 7_635_264 + 503_901),
        ("mlf", {}, 43_223_754),
        ("mlf", {"labels": 1000}, 43_223_754 + 775_656),
        ("stylization", {"blocks": 3}, 1_080_098),
        ("stylization", {"blocks": 4}, 1_375_778),
        ("stylization", {}, 1_671_458),
        ("stylization", {"blocks": 6}, 1_967_138),
    ],
)
def test_parameters_are_those_of_the_papers(
    name: str, options: dict[str, Any], expected: int
) -> None:
    with torch.device("meta"):
        assert parameters(architecture(name).build(**options)) == expected


def test_critics_and_parts_are_those_of_the_papers() -> None:
    with torch.device("meta"):
        assert parameters(PatchGan()) == 2_765_633
        assert parameters(PatchGan(colours=5)) == 2_768_705
        assert parameters(Critic()) == 2_757_057
        assert parameters(ResidualEncoder(), learning=True) == 503_901
        mlf = MultiLevelFeatures()
    counted = [parameters(part) for part in (mlf.shared, mlf.local, mlf.colour)]
    assert counted == [2_287_488, 3_539_712, 1_610_058]
    assert parameters(mlf.scene) + parameters(mlf.summary) == 35_786_496


def test_each_generator_brings_its_critic() -> None:
    assert architecture("unet256").build_critic is PatchGan
    assert architecture("cwgan").build_critic is Critic
    assert architecture("eccv16").build_critic is None


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("cnn4-rgb", {"final_act": "sigmoid"}),
        ("cnn4-hsl", {"variant": "model4"}),
        ("eccv16", {"answer": "probabilities"}),
        ("siggraph17", {"answer": "both"}),
        ("mlf", {"width": 12}),
    ],
)
def test_an_option_that_does_not_exist_is_refused(name: str, options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        architecture(name).build(**options)


# Paper 002: networks


@pytest.mark.parametrize(
    "network", [cnn4_rgb(), *(cnn4_hsl(v) for v in ("model1", "model2", "model3"))]
)
def test_four_layers_give_the_size_back(network: nn.Module) -> None:
    with torch.inference_mode():
        assert network(noise(1, 1, 224, 224)).shape == (1, 3, 224, 224)


def test_the_authors_relu_reaches_only_the_bright_half() -> None:
    torch.manual_seed(0)
    faithful, mended = cnn4_rgb(), cnn4_rgb("tanh")
    mended.load_state_dict(faithful.state_dict())
    with torch.inference_mode():
        assert faithful(noise(1, 1, 16, 16)).min() == 0
        assert mended(noise(1, 1, 16, 16)).min() < 0


def test_four_layers_see_gray_between_minus_one_and_one() -> None:
    network, seen = cnn4_rgb(), list[Tensor]()
    network.get_submodule("layers.0").register_forward_hook(lambda *call: seen.append(call[1][0]))
    ramp = torch.linspace(0, 100, 25).reshape(1, 1, 5, 5)
    network(ramp)
    torch.testing.assert_close(seen[0], (ramp / 50 - 1).expand(-1, 3, -1, -1))
    assert (float(seen[0].min()), float(seen[0].max())) == (-1.0, 1.0)


def test_unet_works_at_multiples_of_256() -> None:
    network = UNet256(width=4).eval()
    with torch.inference_mode():
        assert network(noise(1, 1, 224, 224)).shape == (1, 2, 256, 256)
        assert network(noise(1, 1, 256, 257)).shape == (1, 2, 256, 512)


def test_unet_is_noisy_in_training_only() -> None:
    torch.manual_seed(0)
    network, lightness = UNet256(width=4), noise(1, 1, 256, 256)
    with torch.no_grad():
        assert not torch.equal(network(lightness), network(lightness))
        network.eval()
        torch.testing.assert_close(network(lightness), network(lightness))
        quiet = UNet256(width=4, dropout=0.0)
        torch.testing.assert_close(quiet(lightness), quiet(lightness))


def test_patchgan_judges_patches_of_seventy_pixels() -> None:
    critic = PatchGan(width=4).eval()  # in evaluation a norm does not mix places
    colour = torch.zeros(1, 2, 256, 256, requires_grad=True)
    logits = critic(colour, noise(1, 1, 256, 256))
    assert logits.shape == (1, 1, 30, 30)
    (slope,) = torch.autograd.grad(logits[0, 0, 15, 15], colour)
    touched = slope[0, 0].nonzero()
    assert (touched.amax(0) - touched.amin(0) + 1).tolist() == [70, 70]


def test_patchgan_brings_lightness_to_the_colours_size() -> None:
    critic = PatchGan(width=4).eval()
    colour = torch.zeros(1, 2, 256, 256)
    flat, level = torch.full((1, 1, 101, 67), 70.0), torch.full((1, 1, 256, 256), 70.0)
    with torch.inference_mode():
        torch.testing.assert_close(critic(colour, flat), critic(colour, level))


@pytest.mark.parametrize("detach", [True, False])
def test_detached_blocks_pass_gradients_through_shortcuts_alone(*, detach: bool) -> None:
    torch.manual_seed(0)
    network = ResUNet(width=4, detach=detach)
    for block in (network.encode2, network.decode1):  # all that reads what encode1 says
        nn.init.zeros_(block.shortcut.weight)
    network(noise(1, 1, 16, 16)).square().sum().backward()
    reached = network.encode1.main[0].weight.grad
    assert isinstance(reached, Tensor)
    assert bool(reached.any()) is not detach


def test_norm_scales_start_around_their_mean() -> None:
    for mean in (0.0, 1.0):
        norm = ResUNet(norm_mean=mean).bridge.main[1].weight
        assert isinstance(norm, Tensor)
        assert abs(float(norm.detach().mean()) - mean) < 0.01


def test_the_critic_scores_whole_pictures_by_their_colour() -> None:
    torch.manual_seed(0)
    critic, lightness = Critic(width=4), noise(3, 1, 64, 48)
    colour = noise(3, 2, 64, 48) / 100
    with torch.inference_mode():
        scores = critic(colour, lightness)
        assert scores.shape == (3, 1)
        torch.testing.assert_close(critic(colour[1:2], lightness[1:2]), scores[1:2])
        assert not torch.allclose(critic(colour.flip(1), lightness), scores)


# The release of Zhang et al.: every tensor by name and shape, from ARCHITECTURES.md


Kernels = dict[str, list[tuple[int, ...]]]


def release(blocks: Kernels, norms: dict[str, int]) -> dict[str, Tensor]:
    """A state dict of random tensors; each block lists its kernels, at indices 0, 2, 4..."""
    torch.manual_seed(1)
    weights = {}
    for name, kernels in blocks.items():
        first = 1 if name in ("model8", "model9", "model10") and "model8up" in blocks else 0
        for i, shape in enumerate(kernels):
            outside = shape[1] if _transposed(name, i, blocks) else shape[0]
            weights[f"{name}.{first + 2 * i}.weight"] = torch.randn(shape) * 0.02
            weights[f"{name}.{first + 2 * i}.bias"] = torch.randn(outside) * 0.02
    for name, channels in norms.items():
        for kind in ("weight", "bias", "running_mean", "running_var"):
            weights[f"{name}.{kind}"] = torch.rand(channels) + 0.5
    return weights


def _transposed(name: str, index: int, blocks: Kernels) -> bool:
    return name.endswith("up") or (name == "model8" and index == 0 and "model8up" not in blocks)


def _kernels(*channels: int) -> list[tuple[int, ...]]:
    return [(b, a, 3, 3) for a, b in pairwise(channels)]


_BODY = {
    "model2": _kernels(64, 128, 128),
    "model3": _kernels(128, 256, 256, 256),
    "model4": _kernels(256, 512, 512, 512),
    "model5": _kernels(512, 512, 512, 512),
    "model6": _kernels(512, 512, 512, 512),
    "model7": _kernels(512, 512, 512, 512),
}
_BODY_NORMS = {
    "model1.4": 64, "model2.4": 128, "model3.6": 256, "model4.6": 512, "model5.6": 512,
    "model6.6": 512, "model7.6": 512,
}  # fmt: skip


def eccv16_release() -> dict[str, Tensor]:
    head: list[tuple[int, ...]] = [(512, 256, 4, 4), *_kernels(256, 256, 256), (313, 256, 1, 1)]
    blocks: Kernels = {"model1": _kernels(1, 64, 64), **_BODY, "model8": head}
    table = hull_points().t()[:, :, None, None] / 110
    return {**release(blocks, _BODY_NORMS), "model_out.weight": table}


def siggraph17_release() -> dict[str, Tensor]:
    blocks: Kernels = {
        "model1": _kernels(4, 64, 64),
        **_BODY,
        "model8up": [(512, 256, 4, 4)],
        "model3short8": _kernels(256, 256),
        "model8": _kernels(256, 256, 256),
        "model9up": [(256, 128, 4, 4)],
        "model2short9": _kernels(128, 128),
        "model9": _kernels(128, 128),
        "model10up": [(128, 128, 4, 4)],
        "model1short10": _kernels(64, 128),
        "model10": _kernels(128, 128),
        "model_class": [(529, 256, 1, 1)],
        "model_out": [(2, 128, 1, 1)],
    }
    return release(blocks, {**_BODY_NORMS, "model8.5": 256, "model9.3": 128})


@pytest.mark.parametrize(
    ("name", "weights", "with_counters"),
    [("eccv16", eccv16_release, 82), ("siggraph17", siggraph17_release, 107)],
)
def test_the_release_loads_with_and_without_counters(
    name: str, weights: Any, with_counters: int
) -> None:
    released, network = weights(), architecture(name).build()
    network.load_state_dict(released)
    assert len(network.state_dict()) == with_counters
    network.load_state_dict(dict(network.state_dict()))
    del released["model7.6.running_var"]
    with pytest.raises(RuntimeError, match=r"model7\.6\.running_var"):
        network.load_state_dict(released)


def test_eccv16_decodes_by_itself_as_bins_do_at_temperature_one() -> None:
    released, lightness = eccv16_release(), noise(1, 1, 40, 64)
    itself, logits = Eccv16(answer="ab").eval(), Eccv16().eval()
    itself.load_state_dict(released)
    logits.load_state_dict(released)
    with torch.inference_mode():
        distribution = logits(lightness)
        assert distribution.shape == (1, 313, 10, 16)
        by_bins = AbBins(temperature=1.0).decode(distribution, lightness)
        by_itself = AbRegression(scale=110.0).decode(itself(lightness), lightness)
    torch.testing.assert_close(by_itself, by_bins, atol=1e-3, rtol=0)
    assert by_bins.std() > 0.01


def test_eccv16_learns_its_colour_table_only_where_it_uses_it() -> None:
    assert not Eccv16(width=4).model_out.weight.requires_grad
    assert Eccv16(width=4, answer="ab").model_out.weight.requires_grad


def test_siggraph17_takes_hints_only_under_their_mask() -> None:
    torch.manual_seed(0)
    network, lightness = Siggraph17(width=4).eval(), noise(1, 1, 37, 50)
    none, some = torch.zeros(1, 3, 37, 50), torch.zeros(1, 3, 37, 50)
    none[:, :2] = 30
    some[:, :, 10:14, 10:14] = torch.tensor([30.0, 30.0, 1.0]).view(1, 3, 1, 1)
    with torch.inference_mode():
        plain = network(lightness, torch.zeros_like(none))
        assert plain.shape == (1, 2, 37, 50)
        torch.testing.assert_close(network(lightness, none), plain)
        assert not torch.equal(network(lightness, some), plain)


def test_siggraph17_stages_share_one_body() -> None:
    classes, ab = Siggraph17(width=4, answer="classes").eval(), Siggraph17(width=4).eval()
    ab.load_state_dict(classes.state_dict())
    learning = [
        {name for name, p in network.named_parameters() if p.requires_grad}
        for network in (classes, ab)
    ]
    assert {name.partition(".")[0] for name in learning[0] - learning[1]} == {"model_class"}
    with torch.inference_mode():
        logits = classes(noise(1, 1, 37, 50), torch.zeros(1, 3, 37, 50))
    assert logits.shape == (1, 529, 10, 13)


def test_the_full_grid_numbers_classes_as_the_release_does() -> None:
    target = AbBins(neighbours=1, grid="full")
    assert target.classes() == 529
    corners = [[-110, -110], [-110, -100], [-100, -110], [110, 110]]
    assert grid_points()[[0, 1, 23, 528]].tolist() == corners
    near = torch.tensor([-3.5, -1.0, 0.0, 2.0, 3.5])
    ab = (grid_points()[:, :, None] + near).transpose(0, 1)[None]  # 1 x 2 x 529 x 5
    index, weight = target.encode(ab)
    expected = ((ab[:, 0] + 110) / 10).round() * 23 + ((ab[:, 1] + 110) / 10).round()
    assert torch.equal(index[:, 0].float(), expected)
    assert torch.equal(weight, torch.ones_like(weight))
    with pytest.raises(UnknownTarget, match="grid must be"):
        make_target("ab-bins", {"grid": "half"})


# Paper 004: networks


def test_gray_stays_gray() -> None:
    lightness = noise(1, 1, 50, 31)
    prediction = Gray()(lightness)
    assert prediction.shape == (1, 2, 50, 31)
    assert not prediction.any()
    assert Uv().decode(prediction, lightness).abs().max() < 1e-3


def test_hog_is_much_like_that_of_scikit_image() -> None:
    """There a vote is for one orientation alone, and blocks lie 8 apart; else all is the same."""
    lightness, _ = photograph(step=2)
    found = hog_features(lightness)[0].permute(1, 2, 0).numpy()
    black = np.pad(found[..., -1], 8)
    blocks = feature.hog(black, 9, (8, 8), (2, 2), block_norm="L2-Hys", feature_vector=False)
    expected = blocks.reshape(*blocks.shape[:2], 36)[:8, :8]
    same = found[::8, ::8, :36]

    def likeness(ours: np.ndarray, theirs: np.ndarray) -> float:
        lengths = np.linalg.norm(ours, axis=-1) * np.linalg.norm(theirs, axis=-1)
        return float(((ours * theirs).sum(-1) / lengths).mean())

    assert likeness(same, expected) > 0.95
    turned = expected.reshape(8, 8, 4, 9)
    for other in (np.roll(turned, 1, -1), np.roll(turned, 1, -2), turned[:, :, ::-1]):
        assert likeness(same, other.reshape(8, 8, 36)) < 0.9


def test_hog_is_what_the_paper_says_pixel_by_pixel() -> None:
    lightness, _ = photograph(step=4)
    found = hog_features(lightness)[0].numpy()
    assert found.shape == (FEATURES, 32, 32)
    gray = found[-1]
    black = np.pad(gray, 9)
    votes = np.zeros((34 + 16, 34 + 16, 9))
    for row in range(1, 49):
        for column in range(1, 49):
            across = black[row, column + 1] - black[row, column - 1]
            down = black[row + 1, column] - black[row - 1, column]
            place = np.degrees(np.arctan2(down, across)) % 180 / 20 - 0.5
            lower, share = int(np.floor(place)), place % 1
            votes[row, column, lower % 9] += np.hypot(across, down) * (1 - share)
            votes[row, column, (lower + 1) % 9] += np.hypot(across, down) * share
    for row, column in [(0, 0), (5, 29), (16, 16), (31, 31)]:
        block = votes[row + 1 : row + 17, column + 1 : column + 17]
        cells = [block[:8, :8], block[:8, 8:], block[8:, :8], block[8:, 8:]]
        vector = np.concatenate([cell.mean((0, 1)) for cell in cells])
        for limit in (0.2, 1.0):
            vector = np.minimum(vector / np.sqrt((vector**2).sum() + 1e-6), limit)
        np.testing.assert_allclose(found[:36, row, column], vector, atol=2e-4)


def test_a_flat_picture_has_no_gradients_inside() -> None:
    features = hog_features(torch.full((1, 1, 160, 160), 40.0))
    assert features[0, :36, 10:30, 10:30].abs().max() < 1e-3
    torch.testing.assert_close(
        features[0, 36], gray_from_lightness(torch.tensor(40.0)).expand(40, 40)
    )


def test_what_a_fitter_finds_on_the_features_is_what_the_network_says() -> None:
    lightness, ab = photograph(step=4)
    features = hog_features(lightness)
    target = Uv()
    small = torch.nn.functional.interpolate(ab, size=(32, 32), mode="area")
    truth = target.perfect(torch.nn.functional.avg_pool2d(lightness, 4), small)
    rows = features[0].flatten(1).t().double().numpy()
    rows = np.concatenate([rows, np.ones((len(rows), 1))], 1)
    fitted, *_ = np.linalg.lstsq(rows, truth[0].flatten(1).t().double().numpy(), rcond=None)
    network = HogSvr()
    with torch.no_grad():
        network.linear.weight.copy_(torch.from_numpy(fitted[:-1].T)[:, :, None, None])
        network.linear.bias.copy_(torch.from_numpy(fitted[-1]))  # type: ignore[union-attr]
        prediction = network(lightness)
    expected = (rows @ fitted).T.reshape(1, 2, 32, 32)
    np.testing.assert_allclose(prediction.numpy(), expected, atol=1e-3)
    gray = target.terms(torch.zeros_like(prediction), lightness, ab)["uv_mse"]
    assert target.terms(prediction, lightness, ab)["uv_mse"] < gray


def vgg_weights() -> dict[str, Tensor]:
    features = torchvision.models.vgg.make_layers(torchvision.models.vgg.cfgs["D"])
    return {f"features.{name}": value for name, value in features.state_dict().items()}


def test_the_residual_encoder_sees_as_torchvisions_vgg_does() -> None:
    torch.manual_seed(0)
    weights, network = vgg_weights(), ResidualEncoder().eval()
    load_vgg(network, weights)
    assert not any(p.requires_grad for p in network.vgg.parameters())
    vgg = torchvision.models.vgg.make_layers(torchvision.models.vgg.cfgs["D"])[:23]
    vgg.load_state_dict({name: weights[f"features.{name}"] for name in vgg.state_dict()})
    seen: list[Tensor] = []
    network.norm4.register_forward_hook(lambda *call: seen.append(call[1][0]))
    lightness = noise(1, 1, 40, 32)
    gray = gray_from_lightness(lightness).expand(-1, 3, -1, -1)
    normalised = torchvision.transforms.functional.normalize(
        gray, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    )
    with torch.inference_mode():
        assert network(lightness).shape == (1, 2, 40, 32)
        torch.testing.assert_close(seen[0], vgg(normalised))


def test_a_vgg_that_does_not_fit_is_refused() -> None:
    weights, network = vgg_weights(), ResidualEncoder()
    with pytest.raises(RuntimeError, match="size mismatch"):
        load_vgg(network, {**weights, "features.0.weight": torch.zeros(64, 1, 3, 3)})
    del weights["features.21.bias"]
    with pytest.raises(KeyError, match=r"features\.21\.bias"):
        load_vgg(network, weights)


def test_mlf_knows_the_whole_scene_everywhere() -> None:
    torch.manual_seed(0)
    network, lightness = MultiLevelFeatures(width=8).eval(), noise(1, 1, 200, 240)
    other = lightness.clone()
    other[:, :, -50:, -50:] = 100 - other[:, :, -50:, -50:]
    with torch.inference_mode():
        assert not torch.equal(network(other)[:, :, :50, :50], network(lightness)[:, :, :50, :50])
        nn.init.zeros_(network.get_parameter("summary.0.weight"))
        torch.testing.assert_close(
            network(other)[:, :, :50, :50], network(lightness)[:, :, :50, :50]
        )


@pytest.mark.parametrize("size", [(64, 300), (224, 101), (513, 225)])
def test_mlf_sees_the_scene_squeezed_without_aliasing(size: tuple[int, int]) -> None:
    network, seen = MultiLevelFeatures(width=8), list[Tensor]()
    network.shared.register_forward_hook(lambda *call: seen.append(call[1][0]))
    lightness = noise(1, 1, *size)
    with torch.inference_mode():
        network(lightness)
        shared, scaled = sorted(seen, key=lambda y: y.shape == (1, 1, 224, 224))
        expected = nn.functional.interpolate(shared, (224, 224), mode="bilinear", antialias=True)
    assert shared.shape == lightness.shape
    torch.testing.assert_close(scaled, expected, atol=1e-4, rtol=0)


def test_mlf_classifies_in_its_first_stage() -> None:
    network = MultiLevelFeatures(width=8, labels=5).eval()
    lightness = noise(2, 1, 64, 90)
    shares = network.classify(lightness)
    assert shares.shape == (2, 5)
    torch.testing.assert_close(shares.exp().sum(1), torch.ones(2))
    torch.autograd.backward(shares[:, 0].sum())
    used = {n.partition(".")[0] for n, p in network.named_parameters() if p.grad is not None}
    assert used == {"shared", "scene", "classifier"}
    with pytest.raises(ValueError, match="without labels"):
        MultiLevelFeatures(width=8).classify(lightness)


@pytest.mark.parametrize("blocks", [3, 4, 5, 6])
def test_shave_blocks_eat_what_was_reflected_around(blocks: int) -> None:
    network, sides = Stylization(blocks).eval(), []
    for layer in network.layers:
        if isinstance(layer, ShaveBlock):
            layer.register_forward_hook(lambda *call: sides.append(call[2].shape[-1]))
    with torch.inference_mode():
        assert network(noise(1, 1, 64, 66)).shape == (1, 2, 64, 66)
    assert sides == [17 + 4 * left for left in range(blocks - 1, -1, -1)]


def test_a_shave_block_adds_its_input() -> None:
    block = ShaveBlock(3).eval()
    for name in ("layers.0", "layers.3"):
        for parameter in block.get_submodule(name).parameters():
            nn.init.zeros_(parameter)
    x = noise(1, 3, 9, 8)
    with torch.inference_mode():
        torch.testing.assert_close(block(x), x[:, :, 2:-2, 2:-2])


# Targets


def test_uv_agrees_with_scikit_image_and_comes_back() -> None:
    lightness, ab = photograph()
    target = Uv()
    uv = target.perfect(lightness, ab)
    yuv = color.rgb2yuv(data.astronaut()[::8, ::8]).astype(np.float32)
    expected = torch.from_numpy(yuv[..., 1:]).permute(2, 0, 1)[None]
    torch.testing.assert_close(
        uv * torch.tensor([0.436, 0.615]).view(1, 2, 1, 1), expected, atol=2e-3, rtol=0
    )
    assert (target.decode(uv, lightness) - ab).norm(dim=1).mean() < 0.5
    assert ab.norm(dim=1).mean() > 15


def test_uv_terms_are_the_papers_formulas() -> None:
    lightness, ab = (planes.expand(3, -1, -1, -1) for planes in photograph())
    target = Uv()
    off = torch.zeros(3, 2, 64, 64)
    off[:, 0] = 0.2
    terms = target.terms(target.perfect(lightness, ab) + off, lightness, ab)
    torch.testing.assert_close(terms["mse"], torch.tensor(0.2**2 / 2), atol=1e-6, rtol=1e-4)
    torch.testing.assert_close(terms["l1"], torch.tensor(0.1), atol=1e-6, rtol=1e-4)
    torch.testing.assert_close(terms["uv_mse"], torch.tensor((0.2 * 0.436) ** 2 / 2))
    torch.testing.assert_close(terms["sum_squares"], terms["mse"] * 3 * 64 * 64)
    torch.testing.assert_close(terms["dahl_blur"], terms["mse"])  # a blur keeps what is even


def test_dahls_blur_forgives_what_is_fine() -> None:
    lightness = torch.full((1, 1, 8, 8), 50.0)
    ab = torch.zeros(1, 2, 8, 8)
    checks = (torch.arange(8)[:, None] + torch.arange(8)) % 2 * 2.0 - 1
    terms = Uv().terms(checks.expand(1, 2, 8, 8) * 0.1, lightness, ab)
    torch.testing.assert_close(terms["dahl_blur"], terms["mse"] / 3, atol=1e-5, rtol=1e-3)


def test_gray_scores_the_mean_square_of_uv() -> None:
    lightness, ab = photograph()
    yuv = color.rgb2yuv(data.astronaut()[::8, ::8])
    found = Uv().terms(torch.zeros(1, 2, 64, 64), lightness, ab)["uv_mse"]
    np.testing.assert_allclose(found, np.square(yuv[..., 1:]).mean(), rtol=1e-3)


def every_colour() -> tuple[np.ndarray, Tensor, Tensor]:
    """sRGB 8 bit of all hues, in steps of 15, and the same as lightness and ab."""
    levels = np.arange(0, 256, 15, dtype=np.uint8)
    rgb = np.stack(np.meshgrid(levels, levels, levels), -1).reshape(18, -1, 3)
    lab = torch.from_numpy(color.rgb2lab(rgb).astype(np.float32)).permute(2, 0, 1)[None]
    return rgb, lab[:, :1], lab[:, 1:]


def test_hls_is_opencvs_eight_bit_one() -> None:
    rgb, lightness, ab = every_colour()
    found = Hls().perfect(lightness, ab)[0].permute(1, 2, 0).numpy() * 255
    difference = np.abs(found - cv2.cvtColor(rgb, cv2.COLOR_RGB2HLS))
    difference[..., 0] = np.minimum(difference[..., 0], 180 - difference[..., 0])
    assert difference.max() <= 1.001
    assert difference.mean() < 0.1


def test_hls_comes_back() -> None:
    _, lightness, ab = every_colour()
    target = Hls()
    back = target.decode(target.perfect(lightness, ab), lightness)
    difference = (back - ab).norm(dim=1)
    assert difference.mean() < 1  # hue in steps of two degrees
    assert difference.max() < 8


def test_hue_beyond_the_circle_and_numbers_beyond_the_range_are_clipped() -> None:
    lightness = torch.full((1, 1, 1, 1), 50.0)
    target = Hls()
    last = target.decode(torch.tensor([179 / 255, 0.5, 1.0]).view(1, 3, 1, 1), lightness)
    beyond = target.decode(torch.tensor([0.9, 0.5, 1.7]).view(1, 3, 1, 1), lightness)
    torch.testing.assert_close(beyond, last)
    assert rgb_from_lab(lightness, last)[0, 0] > rgb_from_lab(lightness, last)[0, 1]  # red


@pytest.mark.parametrize("target", [Uv(), Hls()], ids=["uv", "hls"])
def test_truth_is_shrunk_to_the_prediction(target: Uv | Hls) -> None:
    lightness, ab = torch.full((1, 1, 12, 12), 60.0), torch.full((1, 2, 12, 12), 25.0)
    perfect = target.perfect(lightness[:, :, ::4, ::4], ab[:, :, ::4, ::4])
    assert target.terms(perfect, lightness, ab)["mse"] < 1e-9
    assert target.decode(perfect, lightness).shape == (1, 2, 12, 12)
