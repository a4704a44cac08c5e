"""ImageNet weights; a random network stands in for the published one."""

from __future__ import annotations

import urllib.error
from pathlib import Path
from typing import Any

import pytest
import torch
import torchvision
from torch import Tensor, nn

from colordesk_training.architectures.colordesk_base import colordesk_base, load_trunk
from colordesk_training.backbones import BackboneUnreachable, imagenet_weights
from colordesk_training.objective import make_objective
from colordesk_training.recipe import read_recipe
from colordesk_training.registry import architectures
from colordesk_training.sentences import sentence
from colordesk_training.start import Start, first_weights


def lively(network: nn.Module) -> nn.Module:
    """Give batch norms statistics as training does; new ones do nothing."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            for values, low in ((module.running_mean, -0.3), (module.weight, 0.6)):
                assert values is not None
                nn.init.uniform_(values, low, low + 0.8)
            assert module.running_var is not None
            nn.init.uniform_(module.running_var, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.3, 0.3)
    return network.eval()


def test_batch_norms_are_folded_into_the_gray_trunk() -> None:
    torch.manual_seed(0)
    published = lively(torchvision.models.resnet18())
    network = colordesk_base(width=32).eval()
    load_trunk(network, published.state_dict())
    lightness = torch.rand(1, 1, 32, 32) * 100
    mean = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
    std = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    coloured = ((lightness / 100).expand(-1, 3, -1, -1) - mean) / std
    stem = nn.Sequential(published.get_submodule("conv1"), published.get_submodule("bn1"))
    expected: Tensor = stem(coloured)
    found = network.get_submodule("stem")((lightness / 100 - 0.449) / 0.226)
    # Around the border the zeros of a gray picture are not those of a red one.
    torch.testing.assert_close(found[..., 2:-2, 2:-2], expected[..., 2:-2, 2:-2], rtol=0, atol=1e-5)
    x = y = torch.rand(1, 64, 16, 16)
    for name in ("layer1", "layer2", "layer3"):
        x, y = published.get_submodule(name)(x), network.get_submodule(name)(y)
        torch.testing.assert_close(y, x, rtol=1e-4, atol=1e-5)


def test_every_trunk_names_its_model() -> None:
    for entry in architectures():
        assert (entry.load_backbone is None) == (entry.backbone == "")
        if entry.backbone:
            assert torchvision.models.get_model_weights(entry.backbone)["IMAGENET1K_V1"]


@pytest.mark.parametrize("recipe", ["resnet18-mse", "densenet121"])
def test_weights_are_fetched_only_when_asked_for(
    recipe: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []
    spec = read_recipe(recipe)
    weights = torchvision.models.get_model_weights(recipe.partition("-")[0])["IMAGENET1K_V1"]
    published = getattr(torchvision.models, recipe.partition("-")[0])()

    def fetch(url: str, **options: Any) -> dict[str, Tensor]:
        assert url == weights.url
        asked.append(options)
        state: dict[str, Tensor] = published.state_dict()
        return state

    monkeypatch.setattr(torchvision.models._api, "load_state_dict_from_url", fetch)
    objective = make_objective(spec)
    first_weights(objective, spec, Start((), tmp_path, random_backbone=True))
    assert not asked
    first_weights(objective, spec, Start((), tmp_path, torchvision_backbone=True))
    (options,) = asked
    assert options["weights_only"]
    assert options["check_hash"]
    own = objective.network.get_submodule("trunk").state_dict()
    first = next(name for name in own if name.startswith("conv"))
    theirs = published.state_dict()
    assert torch.equal(own[first], theirs.get(first, theirs.get(f"features.{first}")))


def test_offline_says_which_file_to_get(monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(url: str, **_options: Any) -> dict[str, Tensor]:
        raise urllib.error.URLError("Name or service not known")

    monkeypatch.setattr(torchvision.models._api, "load_state_dict_from_url", offline)
    with pytest.raises(BackboneUnreachable) as error:
        imagenet_weights("resnet18")
    said = sentence(error.value)
    assert "Name or service not known" in said
    assert "resnet18-f37072fd.pth" in said
    assert "--backbone-weights FILE" in said
