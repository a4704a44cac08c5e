"""Names for architectures: the one table from which recipes, tests and the command line choose.

Invariant: a name stands for exactly one architecture; a second registration is refused.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from torch import Tensor, nn

from colordesk.errors import ColorDeskError
from colordesk.inference.manifest import Size

Build = Callable[..., nn.Module]
LoadBackbone = Callable[[nn.Module, Mapping[str, Tensor]], None]


class UnknownArchitecture(ColorDeskError):
    """No architecture has this name.

    Args:
        wanted: the name that was asked for.
        known: all names there are.
    """

    def __init__(self, wanted: str, known: tuple[str, ...]) -> None:
        super().__init__(wanted, known)
        self.wanted = wanted
        self.known = known


@dataclass(frozen=True)
class Architecture:
    """One network family that a recipe can name."""

    name: str
    build: Build
    """Makes the network; its keyword arguments are the recipe's `[options]`."""
    title: str
    summary: str
    paper: str
    inputs: tuple[str, ...] = ()
    """Optional inputs beyond lightness that `forward` takes, in order."""
    outputs: tuple[str, ...] = ()
    """Optional outputs that `with_features` gives beyond what `forward` does, in order."""
    size: Size = field(default_factory=Size)
    """Picture sizes that the exported graph accepts."""
    build_critic: Build | None = None
    """Makes the critic of its adversarial game; its keyword arguments are `[critic.options]`."""
    load_backbone: LoadBackbone | None = None
    """Puts ImageNet weights into a new network; None if it starts from nothing."""
    backbone: str = ""
    """torchvision's name of the model whose weights those are."""


_TABLE: dict[str, Architecture] = {}


def register(
    name: str,
    *,
    title: str,
    summary: str,
    paper: str,
    inputs: tuple[str, ...] = (),
    outputs: tuple[str, ...] = (),
    size: Size | None = None,
    build_critic: Build | None = None,
    load_backbone: LoadBackbone | None = None,
    backbone: str = "",
) -> Callable[[Build], Build]:
    """Put the decorated builder into the table under `name`."""

    def add(build: Build) -> Build:
        if name in _TABLE:
            raise ValueError(f"an architecture named {name!r} is already registered")
        _TABLE[name] = Architecture(
            name,
            build,
            title,
            summary,
            paper,
            inputs,
            outputs,
            size or Size(),
            build_critic,
            load_backbone,
            backbone,
        )
        return build

    return add


def architectures() -> tuple[Architecture, ...]:
    """Return every architecture, sorted by name."""
    package = importlib.import_module("colordesk_training.architectures")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return tuple(_TABLE[name] for name in sorted(_TABLE))


def architecture(name: str) -> Architecture:
    """Return one architecture.

    Raises:
        UnknownArchitecture: nothing has this name.
    """
    found = {entry.name: entry for entry in architectures()}
    if name not in found:
        raise UnknownArchitecture(name, tuple(found))
    return found[name]
