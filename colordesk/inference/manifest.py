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
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from colordesk.errors import ColorDeskError

METADATA_KEY = "colordesk.manifest"
SCHEMA = 1
OPTIONAL_INPUTS = ("hints", "temperature")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_METADATA_PROPS = 14  # field number in onnx.ModelProto
_MAX_METADATA_BYTES = 2**20


class ModelError(ColorDeskError):
    """A model file cannot be used.

    Args:
        path: the file.
        problem: one plain clause, e.g. ``"it is not an ONNX file"``.
    """

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem


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
        if not 1 <= self.multiple <= 1024:
            raise ValueError(f"size.multiple must be between 1 and 1024, not {self.multiple}")
        if not 1 <= self.min <= self.preferred <= self.max <= 16384:
            raise ValueError("size must hold 1 <= min <= preferred <= max <= 16384")


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
    size: Size = field(default_factory=Size)
    precision: str = "fp32"
    metrics: tuple[Metrics, ...] = ()
    recipe: str = ""
    """The training recipe, as TOML text."""
    trained: Mapping[str, Any] = field(default_factory=dict)
    """Steps, date, torch version."""

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"id must be lower-case letters, digits and . _ -, not {self.id!r}")
        unknown = set(self.inputs) - set(OPTIONAL_INPUTS)
        if unknown:
            raise ValueError(f"inputs names {sorted(unknown)}, known are {list(OPTIONAL_INPUTS)}")

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


def _metadata(file: BinaryIO, size: int) -> list[tuple[str, str]]:
    """Return the metadata_props of a serialized onnx.ModelProto."""
    found = []
    if size == 0:
        raise ValueError("it is empty")
    while file.tell() < size:
        number, wire = divmod(_varint(file), 8)
        if wire == 0:
            _varint(file)
        elif wire == 2:
            length = _varint(file)
            if file.tell() + length > size:
                raise ValueError("it ends early")
            if number == _METADATA_PROPS and length <= _MAX_METADATA_BYTES:
                found.append(_string_pair(file.read(length)))
            else:
                file.seek(length, 1)
        else:
            raise ValueError("it is not protobuf of the ONNX kind")
    return found


def _string_pair(message: bytes) -> tuple[str, str]:
    """Parse an onnx.StringStringEntryProto (key = 1, value = 2)."""
    file, parts = io.BytesIO(message), {1: "", 2: ""}
    while file.tell() < len(message):
        number, wire = divmod(_varint(file), 8)
        if wire != 2:
            raise ValueError("its metadata is malformed")
        parts[number] = file.read(_varint(file)).decode("utf-8")
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
