"""The manifest: what an ONNX model says of itself, as JSON inside the file's own metadata.

It is read without onnxruntime, onnx or the weights: `read_manifest` walks the top level of the
protobuf message and seeks past the graph, so a folder of gigabyte models lists at once.
Invariant: a `Manifest` that exists satisfies the `L -> ab` contract's declarations; whether the
graph keeps them is checked when a session opens it.
"""

from __future__ import annotations

import dataclasses
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from colordesk.errors import FileError

METADATA_KEY = "colordesk.manifest"
SCHEMA = 1
OPTIONAL_INPUTS = ("hints", "temperature")
OPTIONAL_OUTPUTS = ("features",)
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_TEXTS = (
    "id",
    "title",
    "summary",
    "architecture",
    "paper",
    "licence",
    "training_data",
    "precision",
    "recipe",
)
_MAX_METADATA_BYTES = 2**20
# field numbers in onnx.proto
_MODEL_GRAPH = 7
_MODEL_METADATA_PROPS = 14
_GRAPH_INITIALIZER = 5
_TENSOR_DATA_LOCATION = 14


class ModelError(FileError):
    """A model file cannot be used."""


@dataclass(frozen=True)
class Size:
    """Which picture sizes a network accepts, in pixels."""

    multiple: int = 1
    """Both sides must be a multiple of this; the colorizer pads by reflection."""
    min: int = 16
    """Smallest side."""
    max: int = 4096
    """Largest side."""
    preferred: int = 256
    """Short side at which the network does best."""
    fixed: bool = False
    """Whether the graph itself resizes to one size, so that the working size has no effect."""

    def __post_init__(self) -> None:
        for name in ("multiple", "min", "max", "preferred"):
            if type(getattr(self, name)) is not int:
                raise ValueError(f"size.{name} must be a whole number")
        if not 1 <= self.multiple <= 1024:
            raise ValueError(f"size.multiple must be between 1 and 1024, not {self.multiple}")
        if not 1 <= self.min <= self.preferred <= self.max <= 16384:
            raise ValueError("size must hold 1 <= min <= preferred <= max <= 16384")
        if self.multiple > self.max:
            raise ValueError("size.multiple must not be above size.max")


@dataclass(frozen=True)
class Metrics:
    """Measured quality on a named picture set."""

    set: str
    """Name of the set."""
    n: int
    """Number of pictures."""
    values: Mapping[str, float]
    """Measure -> value."""


@dataclass(frozen=True)
class Manifest:
    """What a model says of itself."""

    id: str
    title: str
    summary: str = ""
    architecture: str = ""
    paper: str = ""
    licence: str = ""
    training_data: str = ""
    inputs: tuple[str, ...] = ()
    """Optional inputs beyond `L`: a subset of `OPTIONAL_INPUTS`."""
    outputs: tuple[str, ...] = ()
    """Optional outputs beyond `ab`: a subset of `OPTIONAL_OUTPUTS`. `features` is what the network
    knows of each place, N x F x h x w, with h x w even cells over the picture."""
    size: Size = field(default_factory=Size)
    precision: str = "fp32"
    metrics: tuple[Metrics, ...] = ()
    recipe: str = ""
    """The training recipe, as TOML text."""
    trained: Mapping[str, Any] = field(default_factory=dict)
    """Steps, date, torch version."""

    def __post_init__(self) -> None:
        for name in _TEXTS:
            if not isinstance(getattr(self, name), str):
                raise ValueError(f"{name} must be a text, not {getattr(self, name)!r}")
        if not _ID.fullmatch(self.id):
            raise ValueError(f"id must be lower-case letters, digits and . _ -, not {self.id!r}")
        unknown = set(self.inputs) - set(OPTIONAL_INPUTS)
        if unknown:
            raise ValueError(f"inputs names {sorted(unknown)}, known are {list(OPTIONAL_INPUTS)}")
        unknown = set(self.outputs) - set(OPTIONAL_OUTPUTS)
        if unknown:
            raise ValueError(f"outputs names {sorted(unknown)}, known are {list(OPTIONAL_OUTPUTS)}")

    def to_json(self) -> str:
        """Return the manifest as compact JSON with its schema version."""
        return json.dumps({"schema": SCHEMA, **dataclasses.asdict(self)}, ensure_ascii=False)


def manifest_from_json(text: str) -> Manifest:
    """Parse a manifest.

    Raises:
        ValueError: with one clause that says what is wrong.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"its manifest is not valid JSON ({error})") from error
    if not isinstance(data, dict):
        raise ValueError("its manifest is not a JSON object")
    if data.pop("schema", None) != SCHEMA:
        raise ValueError(f"its manifest is not of schema {SCHEMA}")
    try:
        return Manifest(
            **{
                **data,
                "inputs": tuple(data.get("inputs", ())),
                "outputs": tuple(data.get("outputs", ())),
                "size": Size(**data.get("size", {})),
                "metrics": tuple(Metrics(**entry) for entry in data.get("metrics", ())),
            }
        )
    except (TypeError, AttributeError) as error:
        raise ValueError(f"its manifest has a wrong field ({error})") from error


def read_manifest(path: Path) -> Manifest:
    """Read the manifest of an ONNX file without loading the network.

    Raises:
        ModelError: not an ONNX file, no manifest in it, or a wrong one.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        try:
            texts = dict(_metadata(file, path.stat().st_size))
        except (ValueError, UnicodeDecodeError) as error:
            raise ModelError(path, f"it is not a readable ONNX file ({error})") from error
    if METADATA_KEY not in texts:
        raise ModelError(path, "it carries no ColorDesk manifest, so it was not made for ColorDesk")
    try:
        return manifest_from_json(texts[METADATA_KEY])
    except ValueError as error:
        raise ModelError(path, str(error)) from error


def has_external_data(path: Path) -> bool:
    """Tell whether the weights of an ONNX file lie in other files beside it.

    Raises:
        ModelError: not an ONNX file.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        try:
            for number, end in _fields(file, path.stat().st_size):
                if number == _MODEL_GRAPH and any(_external_tensors(file, end)):
                    return True
        except ValueError as error:
            raise ModelError(path, f"it is not a readable ONNX file ({error})") from error
    return False


def _metadata(file: BinaryIO, size: int) -> list[tuple[str, str]]:
    """Return the metadata_props of a serialized onnx.ModelProto."""
    if size == 0:
        raise ValueError("it is empty")
    return [
        _string_pair(file.read(end - file.tell()))
        for number, end in _fields(file, size)
        if number == _MODEL_METADATA_PROPS and 0 < end - file.tell() <= _MAX_METADATA_BYTES
    ]


def _external_tensors(file: BinaryIO, end: int) -> Iterator[bool]:
    """Tell of each initializer of an onnx.GraphProto whether its data is external."""
    for number, tensor_end in _fields(file, end):
        if number == _GRAPH_INITIALIZER:
            yield any(number == _TENSOR_DATA_LOCATION for number, _ in _fields(file, tensor_end))


def _fields(file: BinaryIO, end: int) -> Iterator[tuple[int, int]]:
    """Walk the fields of a protobuf message that ends at `end`, seeking past what is not read.

    Yields the number of each field and where it ends; the file stands at its content. A field
    that holds a plain number or the default is given as empty.
    """
    while file.tell() < end:
        number, wire = divmod(_varint(file), 8)
        if wire == 0:
            value = _varint(file)
            if value:
                yield number, file.tell()
        elif wire == 2:
            field_end = _varint(file) + file.tell()
            if field_end > end:
                raise ValueError("it ends early")
            yield number, field_end
            file.seek(field_end)
        else:
            raise ValueError("it is not protobuf of the ONNX kind")


def _string_pair(message: bytes) -> tuple[str, str]:
    """Parse an onnx.StringStringEntryProto (key = 1, value = 2)."""
    file, parts = io.BytesIO(message), {1: "", 2: ""}
    for number, end in _fields(file, len(message)):
        parts[number] = file.read(end - file.tell()).decode("utf-8")
    return parts[1], parts[2]


def _varint(file: BinaryIO) -> int:
    value = shift = 0
    while shift < 64:
        byte = file.read(1)
        if not byte:
            raise ValueError("it ends early")
        value |= (byte[0] & 0x7F) << shift
        if not byte[0] & 0x80:
            return value
        shift += 7
    raise ValueError("it is not protobuf of the ONNX kind")
