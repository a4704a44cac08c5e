"""Tiny real ONNX models for the tests: a few nodes that answer `L -> ab` with a known formula.

By default ab = constant + slope * (L - 50) at every pixel, so a test can say what colour must
come out. Every breach of the contract that the program must refuse is one argument away.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from colordesk.inference.manifest import METADATA_KEY, Manifest, Size


def make_model(
    path: Path,
    *,
    id: str = "tiny",
    ab: tuple[float, float] = (20.0, -30.0),
    slope: tuple[float, float] = (0.0, 0.0),
    hints: bool = False,
    temperature: bool = False,
    multiple: int = 1,
    size: Size | None = None,
    manifest: Manifest | str | None = None,
    input_name: str = "L",
    input_shape: Sequence[int | str] = ("N", 1, "H", "W"),
    input_type: int = TensorProto.FLOAT,
    output_name: str = "ab",
    output_channels: int = 2,
    declare_hints: bool | None = None,
    external_data: bool = False,
    shrink: int = 1,
    features: bool = False,
    declare_features: bool | None = None,
) -> Path:
    """Write a model file and return its path; folders are made.

    Args:
        path: where to write.
        id: the id in its manifest.
        ab: a and b at L = 50; nan and inf are allowed, for models that misbehave.
        slope: change of a and b per unit of L.
        hints: takes `hints` (a, b, mask); where mask is 1 the output is the hinted colour.
        temperature: takes a scalar `temperature` that multiplies ab.
        multiple: sides that are no multiple of this make the run fail, as in a real U-Net.
        size: the manifest's sizes; by default small ones that suit `multiple`.
        manifest: a whole manifest, JSON text to store as it is, or None to make one. The empty
            text leaves the manifest out.
        input_name: another name than `L` breaks the contract.
        input_shape: another rank breaks the contract.
        input_type: another type than float32 breaks the contract.
        output_name: another name than `ab` breaks the contract.
        output_channels: 1 or 3 break the contract.
        declare_hints: what the manifest says of hints, if it is not the truth.
        external_data: keeps the constants in a second file beside the model.
        shrink: the output is smaller than the input by this factor (a breach if not 1).
        features: gives `features`, 11 channels of 4 x 4 pixels; places as light are alike.
        declare_features: what the manifest says of features, if it is not the truth.
    """
    declared = hints if declare_hints is None else declare_hints
    inputs = tuple(name for name, on in (("hints", declared), ("temperature", temperature)) if on)
    if manifest is None:
        size = size or Size(multiple=multiple, min=16, max=512, preferred=64)
        gives = features if declare_features is None else declare_features
        outputs = ("features",) if gives else ()
        title = f"Tiny model {id}"
        manifest = Manifest(id=id, title=title, inputs=inputs, outputs=outputs, size=size)
    text = manifest if isinstance(manifest, str) else manifest.to_json()

    def constant(name: str, pair: tuple[float, float]) -> onnx.TensorProto:
        values = np.array([*pair, 0.0][:output_channels], np.float32)
        return numpy_helper.from_array(values.reshape(1, output_channels, 1, 1), name)

    initializers = [
        helper.make_tensor("middle", TensorProto.FLOAT, [1], [50.0]),
        constant("base", ab),
        constant("slope", slope),
    ]
    nodes, source = [], input_name
    if input_type != TensorProto.FLOAT:
        nodes.append(helper.make_node("Cast", [source], ["float_L"], to=TensorProto.FLOAT))
        source = "float_L"
    if multiple > 1:  # SpaceToDepth refuses sides that the block does not divide
        nodes.append(helper.make_node("SpaceToDepth", [source], ["deep"], blocksize=multiple))
        nodes.append(helper.make_node("DepthToSpace", ["deep"], ["flat"], blocksize=multiple))
        source = "flat"
    if shrink > 1:
        nodes.append(
            helper.make_node(
                "AveragePool", [source], ["small"], kernel_shape=[shrink] * 2, strides=[shrink] * 2
            )
        )
        source = "small"
    nodes += [
        helper.make_node("Sub", [source, "middle"], ["centred"]),
        helper.make_node("Mul", ["centred", "slope"], ["sloped"]),
        helper.make_node("Add", ["sloped", "base"], ["predicted"]),
    ]
    last = "predicted"
    graph_inputs = [helper.make_tensor_value_info(input_name, input_type, list(input_shape))]
    if hints:
        graph_inputs.append(
            helper.make_tensor_value_info("hints", TensorProto.FLOAT, ["N", 3, "H", "W"])
        )
        initializers.append(helper.make_tensor("split", TensorProto.INT64, [2], [2, 1]))
        initializers.append(helper.make_tensor("one", TensorProto.FLOAT, [1], [1.0]))
        nodes += [
            helper.make_node("Split", ["hints", "split"], ["hint_ab", "mask"], axis=1),
            helper.make_node("Sub", ["one", "mask"], ["free"]),
            helper.make_node("Mul", [last, "free"], ["kept"]),
            helper.make_node("Mul", ["hint_ab", "mask"], ["given"]),
            helper.make_node("Add", ["kept", "given"], ["hinted"]),
        ]
        last = "hinted"
    if temperature:
        graph_inputs.append(helper.make_tensor_value_info("temperature", TensorProto.FLOAT, [1]))
        nodes.append(helper.make_node("Mul", [last, "temperature"], ["heated"]))
        last = "heated"
    nodes.append(helper.make_node("Identity", [last], [output_name]))
    output = helper.make_tensor_value_info(
        output_name, TensorProto.FLOAT, ["N", output_channels, "OH", "OW"]
    )
    graph_outputs = [output]
    if features:
        levels = np.arange(0, 101, 10, dtype=np.float32).reshape(1, 11, 1, 1)
        initializers.append(numpy_helper.from_array(levels, "levels"))
        initializers.append(helper.make_tensor("narrow", TensorProto.FLOAT, [1], [-0.01]))
        nodes += [
            helper.make_node(
                "AveragePool", [input_name], ["cells"], kernel_shape=[4, 4], strides=[4, 4]
            ),
            helper.make_node("Sub", ["cells", "levels"], ["off"]),
            helper.make_node("Mul", ["off", "off"], ["squared"]),
            helper.make_node("Mul", ["squared", "narrow"], ["faded"]),
            helper.make_node("Exp", ["faded"], ["features"]),
        ]
        graph_outputs.append(
            helper.make_tensor_value_info("features", TensorProto.FLOAT, ["N", 11, "FH", "FW"])
        )
    graph = helper.make_graph(nodes, "tiny", graph_inputs, graph_outputs, initializers)
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10, producer_name="tests"
    )
    if text:
        helper.set_model_props(model, {METADATA_KEY: text})
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save_model(
        model,
        str(path),
        save_as_external_data=external_data,
        location=f"{path.stem}.data" if external_data else None,
        size_threshold=0,
    )
    return path
