from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from colordesk_training import registry
from colordesk_training.architectures.colordesk_base import ColorDeskBase, load_trunk
from colordesk_training.registry import UnknownArchitecture, architecture, architectures, register
from colordesk_training.targets.ab_bins import AbBins, calmed

PARAMETERS = {
    "autoencoder": 2_107_904,
    "cnn4-hsl": 3_279,
    "cnn4-rgb": 3_279,
    "colordesk-base": 9_080_377,
    "conv-autoencoder": 265_923,
    "cwgan": 8_216_194,
    "densenet121": 655_586,
    "eccv16": 32_236_011,
    "gray": 0,
    "hog-svr": 76,
    "mlf": 43_223_754,
    "mlp": 4_206_592,
    "residual-encoder": 8_139_165,
    "resnet18-bins": 1_231_670,
    "resnet18-mse": 1_081_090,
    "siggraph17": 34_187_027,
    "stylization": 1_671_458,
    "unet256": 54_409_858,
}


def test_every_architecture_is_counted() -> None:
    with torch.device("meta"):
        counted = {
            entry.name: sum(parameter.numel() for parameter in entry.build().parameters())
            for entry in architectures()
        }
    assert counted == PARAMETERS


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(UnknownArchitecture, match="colordesk-base"):
        architecture("resnet-9000")


def test_a_name_is_registered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_TABLE", {})
    add = register("twice", title="t", summary="s", paper="p")
    add(nn.Identity)
    with pytest.raises(ValueError, match="already registered"):
        add(nn.Identity)


@pytest.mark.parametrize("size", [(64, 96), (101, 67), (32, 32)])
def test_base_gives_logits_at_a_quarter_of_any_size(size: tuple[int, int]) -> None:
    network = ColorDeskBase(bins=313, width=32).eval()
    height, width = size
    with torch.inference_mode():
        logits = network(torch.full((2, 1, *size), 50.0), torch.zeros(2, 3, *size))
    assert logits.shape == (2, 313, -(-height // 4), -(-width // 4))
    assert torch.isfinite(logits).all()


def test_gradients_reach_all_that_may_learn_and_nothing_else() -> None:
    network = ColorDeskBase(width=32)
    for layer in (network.hint4, network.hint32, network.hint_out):
        nn.init.ones_(layer.weight)
    for module in network.attention:
        nn.init.ones_(module.out.weight)  # type: ignore[arg-type,union-attr]
    hints = torch.zeros(2, 3, 64, 64)
    hints[:, :, 8:12, 8:12] = 1
    network(torch.rand(2, 1, 64, 64) * 100, hints).square().mean().backward()
    for name, parameter in network.named_parameters():
        frozen = name.startswith(("stem", "layer1"))
        assert (parameter.grad is None) == frozen, name


def test_hints_change_the_answer_only_once_they_are_given() -> None:
    torch.manual_seed(0)
    network = ColorDeskBase(width=32).eval()
    for layer in (network.hint4, network.hint32, network.hint_out):
        nn.init.normal_(layer.weight, std=0.05)
    lightness = torch.rand(1, 1, 64, 64) * 100
    none, some = torch.zeros(1, 3, 64, 64), torch.zeros(1, 3, 64, 64)
    none[:, :2] = 30  # without a mask, colour counts for nothing
    some[:, :, 10:14, 10:14] = torch.tensor([30.0, 30.0, 1.0]).view(1, 3, 1, 1)
    with torch.inference_mode():
        plain = network(lightness, torch.zeros_like(none))
        torch.testing.assert_close(network(lightness, none), plain)
        assert not torch.equal(network(lightness, some), plain)


def folded_trunk() -> dict[str, Tensor]:
    network = ColorDeskBase()
    weights = {
        f"{stage}.{name}": torch.randn_like(value)
        for stage in ("layer1", "layer2", "layer3")
        for name, value in network.get_submodule(stage).state_dict().items()
    }
    return {**weights, "conv1.weight": torch.randn(64, 3, 7, 7), "conv1.bias": torch.randn(64)}


def test_the_gray_stem_answers_as_the_rgb_stem_does_to_gray() -> None:
    weights, network = folded_trunk(), ColorDeskBase()
    load_trunk(network, weights)
    lightness = torch.rand(1, 1, 40, 40) * 100
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    rgb = (lightness / 100 - mean.view(1, 3, 1, 1)) / std.view(1, 3, 1, 1)
    rgb_answer = nn.functional.conv2d(rgb, weights["conv1.weight"], weights["conv1.bias"], 2)
    gray_answer = nn.functional.conv2d(
        (lightness / 100 - 0.449) / 0.226, network.stem.weight, network.stem.bias, 2
    )
    torch.testing.assert_close(gray_answer, rgb_answer, atol=1e-3, rtol=1e-4)
    assert torch.equal(network.layer3[0].conv1.weight, weights["layer3.0.conv1.weight"])  # type: ignore[union-attr,arg-type]


def test_a_trunk_that_lacks_a_weight_is_refused() -> None:
    weights = folded_trunk()
    del weights["layer2.1.conv2.bias"]
    with pytest.raises(KeyError, match=r"layer2\.1\.conv2\.bias"):
        load_trunk(ColorDeskBase(), weights)


def test_bins_decode_what_they_encode() -> None:
    target = AbBins(temperature=1.0)
    ab = torch.tensor([[3.0, -7.0], [40.0, 22.0], [-31.0, 18.0], [0.0, 0.0]]).t()[None, :, :, None]
    index, weight = target.encode(ab)
    torch.testing.assert_close(weight.sum(1), torch.ones(1, 4, 1))
    logits = torch.full((1, 313, 4, 1), -30.0).scatter(1, index, weight.log())
    torch.testing.assert_close(target.mean(logits, 1.0), ab, atol=1.5, rtol=0)


def test_low_temperature_goes_to_the_mode() -> None:
    target = AbBins()
    logits = torch.zeros(1, 313, 1, 1)
    logits[0, 100] = 1.0
    cold = target.mean(logits, 0.01)[0, :, 0, 0]
    torch.testing.assert_close(cold, target.points[100], atol=1e-2, rtol=0)
    warm = target.mean(logits, 1.0)[0, :, 0, 0]
    share = torch.softmax(logits, 1)[0, :, 0, 0]
    torch.testing.assert_close(warm, share @ target.points)


def test_rebalancing_favours_rare_classes_and_keeps_the_mean_weight() -> None:
    prior = torch.full((313,), 0.2 / 312)
    prior[5] = 0.8
    weights = AbBins(rebalance=0.5, prior=prior).class_weight
    assert weights[5] < weights[6]
    torch.testing.assert_close((weights * prior).sum(), torch.tensor(1.0))


def test_the_exact_answer_has_the_lowest_loss() -> None:
    target = AbBins()
    ab = torch.zeros(1, 2, 8, 8)
    ab[:, 0], ab[:, 1] = 42, -13
    index, weight = target.encode(nn.functional.interpolate(ab, size=(2, 2), mode="area"))
    exact = torch.full((1, 313, 2, 2), -20.0).scatter(1, index, (weight + 1e-9).log())
    lightness = torch.full((1, 1, 8, 8), 50.0)
    right = target.terms(exact, lightness, ab)
    wrong = target.terms(exact.roll(40, 1), lightness, ab)
    assert right["cross_entropy"] < wrong["cross_entropy"]
    assert right["huber"] < 0.1 < wrong["huber"]


def test_unbiasing_divides_the_class_weights_out() -> None:
    prior = torch.full((313,), 0.2 / 312)
    prior[5] = 0.8
    biased = AbBins(temperature=1.0, rebalance=0.5, prior=prior)
    plain = AbBins(temperature=1.0, rebalance=0.5, unbias=1.0, vividness=2.0, prior=prior)
    odds = torch.randn(1, 313, 1, 1)
    learned = odds + biased.class_weight.log()[None, :, None, None]
    lightness = torch.full((1, 1, 4, 4), 50.0)
    expected = 2 * torch.softmax(odds, 1)[0, :, 0, 0] @ plain.points
    torch.testing.assert_close(plain.decode(learned, lightness)[0, :, 0, 0], expected)


def test_an_unsure_place_takes_the_colour_of_surer_ones_around_it() -> None:
    target = AbBins(temperature=0.38)
    ab = torch.zeros(1, 2, 9, 9)
    ab[0, 0] = 30.0
    ab[:, :, 4, 4] = torch.tensor([-20.0, 60.0])
    odds = torch.full((1, 313, 9, 9), -8.0)
    odds[:, 0] = 8.0
    lightness = torch.full((1, 1, 36, 36), 50.0)
    assert torch.allclose(calmed(ab, odds, lightness, 3), ab, atol=0.05)  # all are sure
    odds[:, :, 4, 4] = 0.0  # this one knows nothing
    mended = calmed(ab, odds, lightness, 3)
    torch.testing.assert_close(mended[0, :, 4, 4], torch.tensor([30.0, 0.0]), atol=1.0, rtol=0)
    mended[:, :, 4, 4] = ab[:, :, 4, 4]
    assert torch.allclose(mended, ab, atol=0.05)
    # what is darker is another thing, however near it is
    lightness[:, :, 16:20, 16:20] = 10.0
    odds[:, 5, 4, 4] = 4.0  # the likeliest of many, by 0.15
    assert (calmed(ab, odds, lightness, 3) - ab)[:, :, 4, 4].abs().max() < 8
    lightness[:] = 50.0
    assert (calmed(ab, odds, lightness, 3) - ab)[:, :, 4, 4].abs().max() > 25
    with pytest.raises(ValueError, match="odd"):
        AbBins(calm=4)
    # the decoding of a target that calms is the one that the bundled model is exported with
    lightness[:] = 50.0
    plain = target.decode(odds, lightness)
    calm = AbBins(temperature=0.38, calm=3).decode(odds, lightness)
    assert (calm - plain)[:, :, 18, 18].abs().max() > 1
