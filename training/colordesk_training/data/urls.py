"""Pictures from a text file of addresses, as paper 001 gathered its own: fetched once, and kept.

Only giving such a file makes the trainer use the network. Invariant: what was fetched, and what
was found dead, stays so on the next call, so that a run that is resumed sees the same pictures;
whoever deletes `failed.csv` tries the dead ones again.
"""

from __future__ import annotations

import csv
import hashlib
import http.client
import io
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from colordesk.paths import atomic_write
from colordesk.task import Task
from colordesk_training.data.picture import MAX_FILE_BYTES, SUFFIXES, DataError, decode

_THREADS = 8
_TRIES = 3
_PAUSE_S = 1.0  # before a second try; twice as long before the third
_SILENCE_S = 20.0  # longest wait for the next bytes
_TOTAL_S = 120.0  # longest for one picture: a server may send a byte now and then for ever
_FOR_GOOD = {400, 401, 403, 404, 405, 406, 410, 414, 451}
_LONGEST_LIST = 64 * 2**20
_NAMES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "BMP": ".bmp", "TIFF": ".tif"}


@dataclass(frozen=True)
class Fetched:
    """What came of a list of addresses."""

    folder: Path
    """Where the pictures are."""
    pictures: int
    """How many of the list are there now."""
    dead: int
    """How many addresses gave none, now or earlier."""


class _Dead(Exception):
    """An address gives no picture; the text says why."""


def fetch(listed: Path, task: Task) -> Fetched:
    """Fetch the pictures of a list into `NAME_pictures` beside it; those that are there are kept.

    Args:
        listed: a text file with an http or https address a line; empty lines and lines that begin
            with ``#`` are passed over.
        task: progress and cancel.

    Raises:
        DataError: the file cannot be used, or no address gave a picture.
        OSError: a file cannot be written.
        Cancelled: the owner of the task asked to stop; what was fetched stays.
    """
    addresses = _addresses(listed)
    folder = listed.with_name(f"{listed.stem}_pictures")
    folder.mkdir(exist_ok=True)
    dead = {url: problem for url, problem in _dead(folder).items() if url in set(addresses)}
    there = {path.stem for path in folder.iterdir() if path.suffix in SUFFIXES}
    missing = [url for url in addresses if url not in dead and _stem(url) not in there]
    with ThreadPoolExecutor(_THREADS) as pool:
        futures = {pool.submit(_fetch_one, url, folder, task): url for url in missing}
        try:
            for done, future in enumerate(as_completed(futures)):
                task.progress(done / len(missing), f"{done} of {len(missing)} addresses")
                try:
                    future.result()
                except _Dead as error:
                    dead[futures[future]] = str(error)
        finally:
            pool.shutdown(cancel_futures=True)
            _write_dead(folder, dead)
    pictures = len(addresses) - len(dead)
    if not pictures:
        raise DataError(listed, f"none of its {len(addresses)} addresses gave a picture")
    return Fetched(folder, pictures, len(dead))


def _addresses(listed: Path) -> list[str]:
    try:
        if listed.stat().st_size > _LONGEST_LIST:
            raise DataError(listed, "it is too long for a list of addresses")
        lines = listed.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise DataError(listed, "it does not exist") from error
    except UnicodeDecodeError as error:
        raise DataError(listed, "it is not a text file") from error
    found = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    for number, url in enumerate(found):
        if not url.startswith(("http://", "https://")):
            raise DataError(listed, f"entry {number + 1}, {url[:60]!r}, is not a web address")
    if not found:
        raise DataError(listed, "it lists no addresses")
    return list(dict.fromkeys(found))


def _stem(url: str) -> str:
    return hashlib.blake2b(url.encode(), digest_size=10).hexdigest()


def _fetch_one(url: str, folder: Path, task: Task) -> None:
    data = _download(url, task)
    try:
        with Image.open(io.BytesIO(data)) as header:
            suffix = _NAMES.get(header.format or "")
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        suffix = None
    if suffix is None or decode(data) is None:
        raise _Dead("it is not a picture")
    with atomic_write(folder / f"{_stem(url)}{suffix}") as temporary:
        temporary.write_bytes(data)


def _download(url: str, task: Task) -> bytes:
    for attempt in range(_TRIES):
        task.check()
        if attempt:
            time.sleep(_PAUSE_S * 2 ** (attempt - 1))
        try:
            return _download_once(url)
        except urllib.error.HTTPError as error:
            problem = f"the server answers {error.code}"
            error.close()
            if error.code in _FOR_GOOD:
                break
        except (OSError, http.client.HTTPException, ValueError) as error:
            problem = str(error) or type(error).__name__
    raise _Dead(problem)


def _download_once(url: str) -> bytes:
    asked = urllib.request.Request(url, headers={"User-Agent": "colordesk-train"})
    give_up = time.monotonic() + _TOTAL_S
    data = bytearray()
    with urllib.request.urlopen(asked, timeout=_SILENCE_S) as answer:
        expected = answer.headers.get("Content-Length")
        while chunk := answer.read1(2**16):
            data += chunk
            if len(data) > MAX_FILE_BYTES:
                raise _Dead(f"it is larger than {MAX_FILE_BYTES // 2**20} MiB")
            if time.monotonic() > give_up:
                raise TimeoutError("it came too slowly")
    if expected is not None and expected.isdecimal() and len(data) < int(expected):
        raise http.client.IncompleteRead(bytes(data), int(expected) - len(data))
    return bytes(data)


def _dead(folder: Path) -> dict[str, str]:
    try:
        with (folder / "failed.csv").open(newline="", encoding="utf-8") as file:
            return {row["address"]: row["problem"] for row in csv.DictReader(file)}
    except (FileNotFoundError, KeyError, csv.Error):
        return {}


def _write_dead(folder: Path, dead: dict[str, str]) -> None:
    rows: Sequence[tuple[str, str]] = sorted(dead.items())
    target = folder / "failed.csv"
    with atomic_write(target) as temporary, temporary.open("w", newline="", encoding="utf-8") as f:
        writer = csv.writer(f)
        writer.writerow(("address", "problem"))
        writer.writerows(rows)
