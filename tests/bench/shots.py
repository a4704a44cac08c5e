"""How well shots are found in films made of real clips: `python tests/bench/shots.py FOLDER`.

Each film joins scenes of the clips, cropped and mirrored so that no two are alike, by cuts, fades
through black and dissolves of 6 to 19 frames, and then suffers what film suffers: flicker, shake,
flashes, dirt, scratches and grain. What `colordesk.video.dissolves` weighs was fitted to other
films of this kind and to photographs over which a camera moves; none of these was among them.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from colordesk.video.shots import find_shots

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Frames = list[NDArray[np.float32]]
    Marks = list[tuple[int, int, str]]

SIZE = (160, 120)
SEEDS = range(20)
SCENES, SHORTEST, LONGEST = 8, 30, 70
SLACK = 2  # frames by which an answer may lie beside a fade or a dissolve


def scenes(folder: Path) -> list[Frames]:
    """Return the scenes of all clips of a folder, as L* in [0, 100]."""
    found = []
    for path in sorted(folder.glob("*.mp4")):
        with av.open(str(path)) as container:
            clip = [small(frame) for frame in container.decode(video=0)]
        shots = [clip[shot.start : shot.stop] for shot in find_shots(clip)]
        found += [shot for shot in shots if len(shot) > SHORTEST]
    return found


def small(frame: av.VideoFrame) -> NDArray[np.float32]:
    """Return L* of a frame at the size of the films."""
    rgb = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
    shrunk = cv2.resize(rgb, SIZE, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return np.asarray(cv2.cvtColor(shrunk, cv2.COLOR_RGB2Lab)[..., 0], np.float32)


def varied(rng: np.random.Generator, scene: Frames) -> Frames:
    """Return a part of a scene that looks like a scene of its own."""
    count = int(rng.integers(SHORTEST, LONGEST))
    start = int(rng.integers(0, max(len(scene) - count, 1)))
    width, height = (round(side * rng.uniform(0.5, 1)) for side in SIZE)
    x, y = rng.integers(SIZE[0] - width + 1), rng.integers(SIZE[1] - height + 1)
    step = -1 if rng.random() < 0.5 else 1
    gain, shift = rng.uniform(0.7, 1.1), rng.uniform(-8, 8)
    parts = (frame[y : y + height, x : x + width][:, ::step] for frame in scene[start:])
    enlarged = (cv2.resize(np.ascontiguousarray(part), SIZE) for part in parts)
    frames = [np.clip((frame - 50) * gain + 50 + shift, 0, 100) for frame in enlarged]
    return [np.asarray(frame, np.float32) for frame in frames[:count]]


def joined(rng: np.random.Generator, sources: list[Frames]) -> tuple[Frames, Marks]:
    """Return a film, and where it changes from scene to scene: first frame, last, and how."""
    film: Frames = []
    marks: Marks = []
    last = -1
    for _ in range(SCENES):
        last = int(rng.choice([n for n in range(len(sources)) if n != last]))
        scene = varied(rng, sources[last])
        if not film:
            film = scene
            continue
        kind = str(rng.choice(["cut", "fade", "dissolve"]))
        length = {"cut": 0, "fade": int(rng.integers(5, 12)), "dissolve": int(rng.integers(6, 20))}
        count, begin = length[kind], len(film) - length[kind]
        shares = [np.float32(n / (count + (kind == "dissolve"))) for n in range(1, count + 1)]
        if kind == "fade":
            black = [np.zeros_like(film[0])] * int(rng.integers(0, 6))
            down = [frame * (1 - share) for frame, share in zip(film[begin:], shares, strict=True)]
            up = [frame * share for frame, share in zip(scene, shares, strict=False)]
            film[begin:] = [*down, *black, *up, *scene[count:]]
            marks.append((begin, begin + 2 * count + len(black), kind))
        else:
            pairs = zip(film[begin:], scene, shares, strict=False)
            film[begin:] = [a * (1 - share) + b * share for a, b, share in pairs] + scene[count:]
            marks.append((begin, begin + count, kind))
    return film, marks


def spoiled(rng: np.random.Generator, film: Frames, marks: Marks) -> Frames:
    """Return a film with what happens to film."""
    film = [frame * np.float32(1 + rng.normal(0, 0.05)) for frame in film]
    start = int(rng.integers(0, len(film) - 40))
    for n in range(start, start + 40):
        move = np.array([[1, 0, rng.normal(0, 4)], [0, 1, rng.normal(0, 4)]], np.float32)
        shaken = cv2.warpAffine(film[n], move, SIZE, borderMode=cv2.BORDER_REFLECT)
        film[n] = np.asarray(shaken, np.float32)
    for _ in range(4):
        at, length = int(rng.integers(10, len(film) - 10)), int(rng.integers(1, 4))
        if not any(first - 8 <= at <= last + 8 for first, last, _ in marks):
            for n in range(at, at + length):
                film[n] = film[n] * np.float32(0.3) + np.float32(70 * rng.uniform(0.6, 1))
    for n in rng.integers(0, len(film), len(film) // 4).tolist():
        centre = (int(rng.integers(SIZE[0])), int(rng.integers(SIZE[1])))
        film[n] = film[n].copy()
        cv2.circle(film[n], centre, int(rng.integers(2, 14)), float(rng.choice([0, 100])), -1)
    for n in rng.integers(0, len(film), len(film) // 10).tolist():
        film[n][:, int(rng.integers(SIZE[0]))] = 95
    grain = rng.uniform(1, 6)
    grainy = (frame + rng.normal(0, grain, frame.shape) for frame in film)
    return [np.clip(frame, 0, 100).astype(np.float32) for frame in grainy]


def measure(folder: Path, seeds: range) -> None:
    """Print precision, recall and cost."""
    sources = scenes(folder)
    there, found = Counter[str](), Counter[str]()
    wrong, frames, seconds = 0, 0, 0.0
    for seed in seeds:
        rng = np.random.default_rng(seed)
        film, marks = joined(rng, sources)
        film = spoiled(rng, film, marks)
        begin = time.process_time()
        starts = [shot.start for shot in find_shots(film)][1:]
        seconds += time.process_time() - begin
        frames += len(film)
        left = list(marks)
        for start in starts:
            hit = next((m for m in left if m[0] - SLACK <= start <= m[1] + SLACK), None)
            if hit is None:
                wrong += 1
            else:
                left.remove(hit)
                found[hit[2]] += 1
        there.update(kind for _, _, kind in marks)
    right = sum(found.values())
    print(f"precision {right / max(right + wrong, 1):.3f}: {wrong} of {right + wrong} wrong")
    for kind, count in sorted(there.items()):
        print(f"recall of {kind:<9} {found[kind] / count:.3f}: {found[kind]} of {count}")
    print(f"{1000 * seconds / frames:.2f} ms of CPU a frame, motion and all")


if __name__ == "__main__":
    measure(Path(sys.argv[1]), SEEDS)
