"""Export: a checkpoint becomes one ONNX file that says `L -> ab` and carries its manifest.

Invariant: no file is left behind that onnx's checker refuses, or whose answers under onnxruntime
differ from torch's by more than `TOLERANCE`.
"""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from colordesk.errors import ColorDeskError
from colordesk.inference.library import Model
from colordesk.inference.manifest import METADATA_KEY, Manifest, Metrics, Size
from colordesk.inference.session import Session
from colordesk.paths import atomic_write
from colordesk_training.checkpoint import Checkpoint, CheckpointError, load_checkpoint
from colordesk_training.objective import Colorization, make_objective
from colordesk_training.recipe import Recipe, parse_recipe
from colordesk_training.registry import architecture

if TYPE_CHECKING:
    from numpy.typing import NDArray

OPSET = 20
TOLERANCE = 1e-3
"""Largest allowed difference between torch and onnxruntime, in CIELAB units; features, which are
about 1, keep it as well."""
_PARITY_SIZES = ((64, 64), (96, 160), (101, 67))


class ParityError(ColorDeskError):
    """onnxruntime answers otherwise than torch.

    Args:
        difference: largest difference in CIELAB units.
        size: (height, width) at which it was found.
    """

    def __init__(self, difference: float, size: tuple[int, int]) -> None:
        super().__init__(difference, size)
        self.difference = difference
        self.size = size


@dataclass(frozen=True)
class Exported:
    """What was written, and how well it agrees."""

    path: Path
    manifest: Manifest
    difference: float
    """Largest difference between torch and onnxruntime, in CIELAB units."""


def load_objective(
    path: Path, overrides: Sequence[str] = ()
) -> tuple[Recipe, Colorization, Checkpoint]:
    """Rebuild a trained network, with its averaged weights, ready to predict.

    Args:
        path: a checkpoint of `colordesk-train train`.
        overrides: recipe keys to change, e.g. ``["target.options.temperature=0.4"]``.

    Raises:
        ColorDeskError: it is no checkpoint, or belongs to another architecture.
    """
    found = load_checkpoint(path)
    recipe = parse_recipe(found.recipe, str(path), [*found.overrides, *overrides])
    objective = make_objective(recipe, None if found.prior is None else found.prior.numpy())
    try:
        objective.network.load_state_dict(found.averaged)
    except RuntimeError as error:
        raise CheckpointError(path, f"its weights do not fit {recipe.architecture}") from error
    return recipe, objective.eval(), found


def export(
    checkpoint: Path, target: Path, overrides: Sequence[str] = (), metrics: Sequence[Metrics] = ()
) -> Exported:
    """Write a checkpoint as an ONNX model.

    Args:
        checkpoint: file written by `train`.
        target: the `.onnx` file to write.
        overrides: recipe keys to change first.
        metrics: measured quality to put into the manifest.

    Raises:
        ParityError: onnxruntime disagrees with torch; nothing is written.
        ColorDeskError: the checkpoint is of no use.
        OSError: the target cannot be written.
    """
    recipe, objective, found = load_objective(checkpoint, overrides)
    manifest = _manifest(recipe, found, metrics)
    with atomic_write(target) as temporary:
        onnx.save(_with_manifest(_graph(objective, manifest.outputs), manifest), temporary)
        onnx.checker.check_model(str(temporary), full_check=True)
        difference = _check_parity(objective, Model(temporary, manifest))
    return Exported(target, manifest, difference)


class _Contract(nn.Module):
    """`forward(L, *optional inputs) -> ab, *optional outputs`, the graph that is exported."""

    def __init__(self, objective: Colorization, outputs: tuple[str, ...]) -> None:
        super().__init__()
        self.network = objective.network
        self.target = objective.target
        self.outputs = outputs

    def forward(self, L: Tensor, *optional: Tensor) -> tuple[Tensor, ...]:
        if not self.outputs:
            return (self.target.decode(self.network(L, *optional), L),)
        prediction, *more = self.network.with_features(L, *optional)  # type: ignore[operator] # it gives them
        return self.target.decode(prediction, L), *more


def _graph(objective: Colorization, outputs: tuple[str, ...]) -> onnx.ModelProto:
    batch, height, width = "N", "H", "W"  # not Dim: those are tried twice where a graph bounds them
    # Sizes that differ from each other and from any channel count, so that none is specialised.
    names = ("L", *objective.inputs)
    examples = tuple(torch.zeros(2, 1 if name == "L" else 3, 96, 160) for name in names)
    shape = {0: batch, 2: height, 3: width}
    optional = {"optional": (shape,) * len(objective.inputs)} if objective.inputs else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's exporter warns of its own deprecated parts
        program = torch.onnx.export(
            _Contract(objective, outputs).eval(),
            examples,
            dynamo=True,
            opset_version=OPSET,
            input_names=list(names),
            output_names=["ab", *outputs],
            dynamic_shapes={"L": shape, **optional},
            verbose=False,
        )
    if program is None:
        raise RuntimeError("torch.onnx.export returned no program")
    return program.model_proto


def _with_manifest(graph: onnx.ModelProto, manifest: Manifest) -> onnx.ModelProto:
    del graph.metadata_props[:]
    onnx.helper.set_model_props(graph, {METADATA_KEY: manifest.to_json()})
    graph.doc_string = manifest.title
    graph.producer_name = "colordesk-train"
    return graph


def _manifest(recipe: Recipe, found: Checkpoint, metrics: Sequence[Metrics]) -> Manifest:
    known = architecture(recipe.architecture)
    trained: dict[str, Any] = {
        "steps": found.step,
        "images": found.images,
        "minutes": round(found.seconds / 60),
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "torch": torch.__version__,
    }
    size = Size(
        multiple=known.size.multiple,
        min=known.size.min,
        max=known.size.max,
        # `reproduce` makes recipes small, sometimes smaller than what the network takes
        preferred=min(max(recipe.card.preferred_size, known.size.min), known.size.max),
        fixed=known.size.fixed,
    )
    card = recipe.card
    return Manifest(
        id=card.id,
        title=card.title,
        summary=card.summary,
        architecture=recipe.architecture,
        paper=known.paper,
        licence=card.licence,
        training_data=card.training_data,
        inputs=known.inputs,
        outputs=known.outputs,
        size=size,
        metrics=tuple(metrics),
        recipe=recipe.text,
        trained=trained,
    )


def _check_parity(objective: Colorization, model: Model) -> float:
    """Return the largest difference over all sizes, with and without hints."""
    session, worst = Session(model, "cpu"), 0.0
    random = np.random.default_rng(0)
    for size in _PARITY_SIZES:
        lightness = random.uniform(0, 100, size).astype(np.float32)
        for mask in (0, 1) if objective.inputs else (0,):
            hints = random.uniform(-60, 60, (3, *size)).astype(np.float32) * mask
            hints[2] = (random.random(size) < 0.01) * mask
            hints[:2] *= hints[2]
            difference = _difference(objective, session, lightness, hints)
            if not difference <= TOLERANCE:
                raise ParityError(difference, size)
            worst = max(worst, difference)
        if "features" in model.manifest.outputs:
            difference = _difference_of_features(objective, session, lightness)
            if not difference <= TOLERANCE:
                raise ParityError(difference, size)
    return worst


def _difference_of_features(
    objective: Colorization, session: Session, lightness: NDArray[np.float32]
) -> float:
    none = [torch.zeros(1, 3, *lightness.shape) for _ in objective.inputs]
    with torch.inference_mode():
        _, expected = objective.network.with_features(  # type: ignore[operator] # it gives them
            torch.from_numpy(lightness)[None, None], *none
        )
    return float(np.abs(session.features(lightness) - expected[0].numpy()).max())


def _difference(
    objective: Colorization,
    session: Session,
    lightness: NDArray[np.float32],
    hints: NDArray[np.float32],
) -> float:
    optional = [torch.from_numpy(hints)[None] for _ in objective.inputs]
    with torch.inference_mode():
        expected = objective.predict(torch.from_numpy(lightness)[None, None], *optional)[0].numpy()
    found = session.run(lightness, hints if objective.inputs else None)
    return float(np.abs(found - expected).max())
