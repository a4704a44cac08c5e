"""Papers 000, 001 and 003: their networks and targets, beyond the common contract."""

from __future__ import annotations

import re

import numpy as np
import pytest
import torch
import torchvision
from skimage import color, data
from torch import Tensor, nn

from colordesk_training.architectures import densenet121 as densenet
from colordesk_training.architectures import resnet18
from colordesk_training.architectures.densenet121 import densenet121
from colordesk_training.architectures.mlp import mlp
from colordesk_training.architectures.resnet18 import resnet18_bins, resnet18_mse
from colordesk_training.colorspace import lightness_of_luma, rgb_from_lab
from colordesk_training.registry import architecture
from colordesk_training.sentences import sentence
from colordesk_training.targets import UnknownTarget, make_target
from colordesk_training.targets.ab import AbRegression
from colordesk_training.targets.ab_grid import AbGrid, WrongBins, grid_centres
from colordesk_training.targets.rgb import Rgb


def parameters(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())


def photograph() -> tuple[Tensor, Tensor]:
    """Lightness and ab of a bundled photograph at 64 x 64."""
    lab = color.rgb2lab(data.astronaut()[::8, ::8]).astype(np.float32)
    planes = torch.from_numpy(lab).permute(2, 0, 1)[None]
    return planes[:, :1], planes[:, 1:]


# What each network has to learn, as counted in ARCHITECTURES.md


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("resnet18-mse", {}, 683_072 + 398_018),
        ("resnet18-bins", {}, 683_072 + 548_598),
        ("resnet18-bins", {"layout": "mirflickr", "bins": 259}, 683_072 + 556_099),
        ("densenet121", {}, 377_856 + 277_730),
        ("densenet121", {"cut": "pool2_conv"}, 377_856 + 277_730),
        ("mlp", {}, 4_206_592),
        ("mlp", {"norm": "hidden"}, 4_200_448),
        ("mlp", {"norm": "none"}, 4_198_400),
        ("mlp", {"hidden": [512, 256]}, 1_453_312),
        ("mlp", {"hidden": [512, 256], "norm": "hidden"}, 1_447_168),
        ("mlp", {"hidden": [1024, 2048]}, 9_455_616),
        ("mlp", {"hidden": [1024, 2048, 2048]}, 13_656_064),
        ("mlp", {"hidden": [1024, 3072]}, 13_652_992),
        ("mlp", {"hidden": [1500, 2048]}, 10_919_316),
        ("autoencoder", {}, 2_107_904),
        ("autoencoder", {"hidden": [512, 256, 512]}, 2_372_352),
        ("autoencoder", {"hidden": [512, 256, 128, 256, 512]}, 2_439_040),
        ("conv-autoencoder", {}, 265_923),
    ],
)
def test_parameters_are_those_of_the_papers(
    name: str, options: dict[str, object], expected: int
) -> None:
    assert parameters(architecture(name).build(**options)) == expected


# Paper 000: networks


@pytest.mark.parametrize("layout", ["cifar", "mirflickr"])
def test_bins_are_told_apart_at_the_size_where_the_layout_works(layout: str) -> None:
    network = resnet18_bins(layout, bins=5).eval()
    sides = []
    network.get_submodule("head.6").register_forward_hook(
        lambda *call: sides.append(call[2].shape[-1])
    )
    with torch.inference_mode():
        logits = network(torch.rand(1, 1, 64, 64) * 100)
    assert logits.shape == (1, 5, 64, 64)
    assert sides == [{"cifar": 32, "mirflickr": 16}[layout]]


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(ValueError, match="cifar or mirflickr"):
        resnet18_bins("imagenet")


def test_a_trunk_that_is_not_frozen_learns() -> None:
    network = resnet18_mse(frozen=False).train()
    network(torch.rand(2, 1, 32, 32) * 100).sum().backward()
    trunk = network.get_submodule("trunk")
    assert all(parameter.grad is not None for parameter in trunk.parameters())
    assert trunk.training


def shaken(network: nn.Module) -> dict[str, Tensor]:
    """Weights as a trained network has them: no norm is at rest."""
    random = torch.Generator().manual_seed(3)
    return {
        name: value
        if not value.is_floating_point()
        else value + torch.rand(value.shape, generator=random) * 0.1
        for name, value in network.state_dict().items()
    }


def test_the_resnet_answers_as_torchvisions_does() -> None:
    original = torchvision.models.resnet18()
    weights = shaken(original)
    original.load_state_dict(weights)
    network = resnet18_mse()
    resnet18.load_trunk(network, weights)
    lightness = torch.rand(1, 1, 64, 64) * 100
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    x = (lightness / 100 - mean.view(1, 3, 1, 1)) / std.view(1, 3, 1, 1)
    seen = []
    network.get_submodule("trunk").register_forward_hook(lambda *call: seen.append(call[2]))
    original.layer2.register_forward_hook(lambda *call: seen.append(call[2]))
    with torch.inference_mode():
        original.eval()(x)
        network.eval()(lightness)
    assert seen[0].shape == (1, 128, 8, 8)
    torch.testing.assert_close(seen[1], seen[0], rtol=1e-4, atol=1e-4)


def test_a_folded_resnet_gives_the_same_trunk() -> None:
    trunk = torchvision.models.resnet18()
    weights = shaken(trunk)
    folded = {}
    for name, kernel in weights.items():
        if kernel.ndim != 4:
            continue
        module = name.removesuffix(".weight")
        norm = re.sub(r"conv(\d)$", r"bn\1", re.sub(r"downsample\.0$", "downsample.1", module))
        scale = weights[f"{norm}.weight"] / (weights[f"{norm}.running_var"] + 1e-5).sqrt()
        folded[name] = kernel * scale.view(-1, 1, 1, 1)
        folded[f"{module}.bias"] = weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale
    plain, unfolded = resnet18_mse().eval(), resnet18_mse().eval()
    resnet18.load_trunk(plain, weights)
    resnet18.load_trunk(unfolded, folded)
    x = torch.randn(1, 3, 64, 64)
    with torch.inference_mode():
        found, expected = (network.get_submodule("trunk")(x) for network in (unfolded, plain))
    torch.testing.assert_close(found, expected, rtol=1e-3, atol=1e-3)


def test_a_resnet_that_does_not_fit_is_refused() -> None:
    weights = torchvision.models.resnet18().state_dict()
    wrong = {**weights, "layer1.0.conv1.weight": torch.zeros(64, 64, 1, 1)}
    with pytest.raises(RuntimeError, match=r"layer1\.0\.conv1\.weight"):
        resnet18.load_trunk(resnet18_mse(), wrong)
    del weights["layer2.0.bn1.running_mean"]
    with pytest.raises(KeyError, match=r"layer2\.0\.bn1\.running_mean"):
        resnet18.load_trunk(resnet18_mse(), weights)


# Paper 000: classes


def prior_of(*colours: tuple[float, float, float]) -> Tensor:
    """A prior from (a, b, share) of a few colours."""
    prior = torch.zeros(484)
    for a, b, share in colours:
        prior[int((a + 110) // 10) * 22 + int((b + 110) // 10)] = share
    return prior


def test_only_filled_bins_become_classes() -> None:
    target = AbGrid(prior=prior_of((1, 1, 70), (-25, 33, 20), (58, -109, 10)))
    assert target.bins == 3
    assert target.points.tolist() == [[-25, 35], [5, 5], [55, -105]]
    ab = torch.tensor([[-29.9, 30], [0, 9.9], [51, -140], [3, 14], [-110, 110]]).t()
    assert target.encode(ab[None, :, :, None])[0, :, 0].tolist() == [0, 1, 2, 1, 0]


def test_bins_have_their_edges_at_multiples_of_ten() -> None:
    centres = grid_centres()
    assert centres.shape == (484, 2)
    assert centres[0].tolist() == [-105, -105]
    target = AbGrid()
    ab = torch.tensor([[-10.0, -0.01, 0, 9.99, 10], [5.0, 5, 5, 5, 5]])
    assert target.points[target.encode(ab[None, :, :, None])[0, :, 0], 0].tolist() == [
        -5, -5, 5, 5, 15,
    ]  # fmt: skip


def test_counting_gives_the_prior_that_decides_the_classes() -> None:
    _, ab = photograph()
    counts = AbGrid().count(ab)
    assert counts.shape == (AbGrid().classes(),)
    assert counts.sum() == 64 * 64
    expected, _, _ = np.histogram2d(
        ab[0, 0].flatten(), ab[0, 1].flatten(), bins=[np.arange(-110, 111, 10)] * 2
    )
    np.testing.assert_array_equal(counts.reshape(22, 22), expected)
    target = make_target("ab-grid", {}, (counts / counts.sum()).numpy())
    assert isinstance(target, AbGrid)
    assert target.bins == (expected > 0).sum()
    distance = (target.points[target.encode(ab)].permute(0, 3, 1, 2) - ab).abs()
    assert distance.max() <= 5.0001


def test_class_weights_follow_equation_3() -> None:
    share = np.array([0.7, 0.2, 0.1])
    target = AbGrid(rebalance=0.5, prior=prior_of((-95, 0, 7), (0, 0, 2), (95, 0, 1)))
    expected = 1 / (0.5 * share + 0.5 / 3)
    expected /= (share * expected).sum()
    np.testing.assert_allclose(target.class_weight, expected, rtol=1e-5)
    flat = AbGrid(rebalance=1, prior=prior_of((-95, 0, 7), (0, 0, 2)))
    assert flat.class_weight.tolist() == pytest.approx([1, 1])


def test_the_loss_is_equation_4() -> None:
    target = AbGrid(prior=prior_of((-95, 0, 7), (0, 0, 2), (95, 0, 1)))
    logits = torch.randn(2, 3, 4, 6)
    ab = torch.zeros(2, 2, 4, 6)
    ab[0, 0, :2], ab[1, 0, 3] = -95, 95
    terms = target.terms(logits, torch.full((2, 1, 4, 6), 50.0), ab)
    sums = []
    for picture in range(2):
        total = 0.0
        for place in np.ndindex(4, 6):
            wanted = {-95.0: 0, 0.0: 1, 95.0: 2}[float(ab[(picture, 0, *place)])]
            share = torch.softmax(logits[(picture, slice(None), *place)], 0)
            total -= float(target.class_weight[wanted] * share[wanted].log())
        sums.append(total)
    assert float(terms["eq4"]) == pytest.approx(np.mean(sums), rel=1e-4)
    assert float(terms["cross_entropy"]) == pytest.approx(np.mean(sums) / 24, rel=1e-4)


def test_classes_are_decoded_by_annealed_mean() -> None:
    prior, lightness = prior_of((-95, 0, 1), (95, 0, 1)), torch.full((1, 1, 2, 2), 50.0)
    logits = torch.tensor([0.2, 0.8]).log().view(1, 2, 1, 1).expand(1, 2, 2, 2)
    for temperature in (1.0, 0.38, 0.01):
        share = np.array([0.2, 0.8]) ** (1 / temperature)
        ab = AbGrid(temperature, prior=prior).decode(logits, lightness)
        mean = float((share * [-95, 95]).sum() / share.sum())
        torch.testing.assert_close(ab[0, 0], torch.full((2, 2), mean), rtol=1e-4, atol=1e-3)
        torch.testing.assert_close(ab[0, 1], torch.full((2, 2), 5.0), rtol=1e-4, atol=1e-3)


def test_a_network_with_other_outputs_than_bins_is_told_so() -> None:
    target, planes = AbGrid(prior=prior_of((0, 0, 1), (50, 50, 1))), torch.zeros(1, 2, 4, 4)
    with pytest.raises(WrongBins) as error:
        target.terms(torch.zeros(1, 246, 4, 4), planes[:, :1], planes)
    assert "fill 2 colour bins" in sentence(error.value)
    assert "options.bins=2" in sentence(error.value)
    with pytest.raises(WrongBins):
        target.decode(torch.zeros(1, 246, 4, 4), planes[:, :1])


@pytest.mark.parametrize(
    "prior", [np.zeros(484), np.ones(313), np.full(484, np.nan), -np.ones(484)]
)
def test_a_prior_of_something_else_is_refused(prior: np.ndarray) -> None:
    with pytest.raises(UnknownTarget, match="484 shares"):
        make_target("ab-grid", {}, prior)


# Paper 001: network


@pytest.mark.parametrize("cut", ["pool2_pool", "pool2_conv"])
def test_the_densenet_answers_as_torchvisions_does(cut: str) -> None:
    original = torchvision.models.densenet121()
    weights = shaken(original)
    original.load_state_dict(weights)
    network = densenet121(cut)
    densenet.load_trunk(network, weights)
    lightness = torch.rand(1, 1, 64, 64) * 100
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    x = (lightness / 100 - mean.view(1, 3, 1, 1)) / std.view(1, 3, 1, 1)
    seen = []
    last = "transition1" if cut == "pool2_pool" else "transition1.conv"
    network.get_submodule("trunk").register_forward_hook(lambda *call: seen.append(call[2]))
    original.features.get_submodule(last).register_forward_hook(lambda *call: seen.append(call[2]))
    with torch.inference_mode():
        original.eval()(x)
        prediction = network.train()(lightness)  # its trunk keeps its statistics even so
    side = 8 if cut == "pool2_pool" else 16
    assert seen[0].shape == (1, 128, side, side)
    torch.testing.assert_close(seen[1], seen[0], rtol=1e-4, atol=1e-4)
    assert prediction.shape == (1, 2, 64, 64)


def test_the_published_densenet_has_older_names() -> None:
    weights = shaken(torchvision.models.densenet121())
    older = {
        re.sub(r"(denselayer\d+\.(?:norm|conv))([12])", r"\1.\2", name): value
        for name, value in weights.items()
        if "num_batches_tracked" not in name
    }
    assert "features.denseblock1.denselayer1.norm.1.weight" in older
    network = densenet121()
    densenet.load_trunk(network, older)
    assert torch.equal(
        network.get_parameter("trunk.denseblock1.denselayer6.conv2.weight"),
        weights["features.denseblock1.denselayer6.conv2.weight"],
    )
    del older["features.transition1.conv.weight"]
    with pytest.raises(KeyError, match=r"transition1\.conv\.weight"):
        densenet.load_trunk(network, older)


def test_an_unknown_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="pool2_pool or pool2_conv"):
        densenet121("pool3")


# Paper 003: networks


@pytest.mark.parametrize(
    ("norm", "kinds"),
    [
        ("all", ["Linear", "BatchNorm1d", "Tanh", "Linear", "BatchNorm1d", "ReLU"]),
        ("hidden", ["Linear", "BatchNorm1d", "Tanh", "Linear", "ReLU"]),
        ("none", ["Linear", "Tanh", "Linear", "ReLU"]),
    ],
)
def test_norms_stand_where_they_are_wanted(norm: str, kinds: list[str]) -> None:
    layers = mlp([8], "tanh", "relu", norm).get_submodule("layers")
    assert [type(layer).__name__ for layer in layers.children()] == kinds


def test_the_mlp_sees_32_by_32_gray_from_minus_one_to_one() -> None:
    network, seen = mlp([8]).eval(), []
    network.get_submodule("layers").register_forward_hook(lambda *call: seen.append(call[1][0]))
    gray = np.random.default_rng(0).random((32, 32)).astype(np.float32)
    lightness = color.rgb2lab(np.dstack([gray] * 3))[..., 0].astype(np.float32)
    even = torch.full((1, 1, 77, 50), float(lightness[0, 0]))
    with torch.inference_mode():
        network(torch.from_numpy(lightness)[None, None])
        network(even)
    np.testing.assert_allclose(seen[0][0], gray.flatten() * 2 - 1, atol=2e-4)
    np.testing.assert_allclose(seen[1][0], gray[0, 0] * 2 - 1, atol=2e-4)


def test_the_output_is_channel_by_channel() -> None:
    network = mlp([8], norm="none").eval()
    bias = torch.arange(3072.0)
    with torch.no_grad():
        network.get_parameter("layers.2.weight").zero_()
        network.get_parameter("layers.2.bias").copy_(bias)
        rgb = network(torch.full((1, 1, 32, 32), 50.0))
    assert torch.equal(rgb[0], bias.view(3, 32, 32))


@pytest.mark.parametrize(
    "options", [{"activation": "gelu"}, {"last": "softmax"}, {"norm": "layer"}]
)
def test_unknown_layers_are_refused(options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(options))} must be one of"):
        mlp([8], **options)


@pytest.mark.parametrize("swapped", [False, True])
def test_luma_is_the_gray_of_the_papers(*, swapped: bool) -> None:
    lightness, ab = photograph()
    weights = [0.114, 0.587, 0.299] if swapped else [0.299, 0.587, 0.114]
    rgb = rgb_from_lab(lightness, ab)[0].permute(1, 2, 0).numpy()
    gray = np.repeat((rgb @ np.array(weights))[..., None], 3, 2)
    found = lightness_of_luma(lightness, ab, swapped=swapped)
    np.testing.assert_allclose(found[0, 0], color.rgb2lab(gray)[..., 0], atol=0.02)
    neutral = lightness_of_luma(lightness, torch.zeros_like(ab), swapped=swapped)
    torch.testing.assert_close(neutral, lightness, atol=0.02, rtol=0)


# Regression of ab


@pytest.mark.parametrize(("scale", "offset"), [(110, 0), (128, 0), (255, 128)])
def test_regression_decodes_what_is_right(scale: float, offset: float) -> None:
    lightness, ab = photograph()
    target = AbRegression(scale, offset)
    right = (ab + offset) / scale
    torch.testing.assert_close(target.decode(right, lightness), ab, atol=1e-3, rtol=0)
    assert all(float(term) < 1e-5 for term in target.terms(right, lightness, ab).values())


def test_regression_terms_are_what_they_say() -> None:
    target, ab = AbRegression(scale=100), torch.zeros(2, 2, 8, 4)
    prediction = torch.zeros(2, 2, 4, 2)
    prediction[:, 0] = 0.5  # 50 CIELAB units of a, everywhere
    terms = target.terms(prediction, ab[:, :1], ab)
    assert float(terms["mse"]) == pytest.approx(0.125)
    assert float(terms["l1"]) == pytest.approx(0.25)
    assert float(terms["huber"]) == pytest.approx((5 - 0.5) / 2)
    assert float(terms["eq1"]) == pytest.approx(0.5 * 50**2 * 8)


def test_a_scale_of_nothing_is_refused() -> None:
    with pytest.raises(UnknownTarget, match="above 0"):
        make_target("ab", {"scale": 0})


# RGB


@pytest.mark.parametrize("signed", [True, False])
def test_rgb_decodes_what_is_right(*, signed: bool) -> None:
    lightness, ab = photograph()
    target = Rgb(signed=signed)
    rgb = rgb_from_lab(lightness, ab)
    right = rgb * 2 - 1 if signed else rgb
    terms = target.terms(right, lightness, ab)
    assert float(terms["mse"]) < 1e-9
    torch.testing.assert_close(target.decode(right, lightness), ab, atol=0.05, rtol=0)
    off = target.terms(right + 0.1, lightness, ab)
    assert float(off["mse"]) == pytest.approx(0.01, rel=1e-3)
    assert float(off["mse_percent"]) == pytest.approx(1.0 if signed else 4.0, rel=1e-3)


def test_rgb_beyond_its_range_is_clipped_in_use() -> None:
    beyond = torch.tensor([9.0, -9.0, -9.0]).view(1, 3, 1, 1)
    red = color.rgb2lab(np.array([[[1.0, 0, 0]]]))[0, 0, 1:]
    found = Rgb().decode(beyond, torch.zeros(1, 1, 1, 1))[0, :, 0, 0]
    np.testing.assert_allclose(found, red, atol=0.1)


def test_rgb_is_judged_at_the_size_of_the_prediction() -> None:
    lightness, ab = photograph()
    small = nn.functional.avg_pool2d(rgb_from_lab(lightness, ab), 2) * 2 - 1
    assert float(Rgb().terms(small, lightness, ab)["mse"]) < 1e-9
    assert Rgb().decode(small, lightness).shape == ab.shape
