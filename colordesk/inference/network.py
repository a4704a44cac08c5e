"""Any network that a person gives to measure with, e.g. one that recognizes what pictures show.

Invariant: its answer is finite; it runs on the CPU, so that the same pictures give the same values.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from colordesk.inference.manifest import ModelError, has_external_data
from colordesk.inference.session import FAILURES, clause, options
from colordesk.strips import cpu_threads

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Network:
    """An opened ONNX network with pictures as inputs; the first output is its answer.

    Args:
        path: the file.
        inputs: how many it must take, each float32 N x 3 x H x W.

    Raises:
        ModelError: the file cannot be used, or takes other inputs.
    """

    def __init__(self, path: Path, inputs: int) -> None:
        self._path = path
        try:
            if has_external_data(path):
                raise ModelError(path, "its weights lie in other files, it must be one file")
            self._session = onnxruntime.InferenceSession(
                str(path), options(cpu_threads()), providers=["CPUExecutionProvider"]
            )
        except OSError as error:
            raise ModelError(path, f"it cannot be read ({error.strerror})") from error
        except FAILURES as error:
            raise ModelError(path, f"onnxruntime cannot open it ({clause(error)})") from error
        self._names = [node.name for node in self._session.get_inputs()]
        if len(self._names) != inputs:
            raise ModelError(path, f"it takes {len(self._names)} inputs, not {inputs}")

    def __call__(self, *pictures: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the answer.

        Raises:
            ModelError: the network fails, or its answer is not finite.
        """
        try:
            answer = self._session.run(None, dict(zip(self._names, pictures, strict=True)))[0]
        except FAILURES as error:
            size = " x ".join(map(str, pictures[0].shape))
            raise ModelError(self._path, f"it fails on {size} ({clause(error)})") from error
        found = np.asarray(answer, np.float32)
        if not found.size or not np.isfinite(found).all():
            raise ModelError(self._path, "it answers with numbers that are not finite")
        return found
