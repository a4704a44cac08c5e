"""The film rows of `make bench`: what colour costs beside the encoder alone, at 1080p."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench.common import Row, last_line

ROOT = Path(__file__).resolve().parents[2]
FRAMES = 72

# Makes a moving 1080p film, and encodes its decoded luma alone as often as is asked for.
SOURCE_SCRIPT = """
import sys, av, numpy as np
from skimage import data
path, count = sys.argv[1], int(sys.argv[2])
gray = np.tile(data.camera(), (4, 6))
with av.open(path, "w") as out:
    stream = out.add_stream("libx264", 25, options={"preset": "veryfast", "crf": "20"})
    stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuv420p"
    for index in range(count):
        frame = av.VideoFrame(1920, 1080, "yuv420p")
        part = gray[2 * index : 2 * index + 1080, 3 * index : 3 * index + 1920]
        np.frombuffer(frame.planes[0], np.uint8).reshape(1080, -1)[:, :1920] = part
        for plane in frame.planes[1:]:
            np.frombuffer(plane, np.uint8)[:] = 128
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))
"""

# Encodes the film in colour again and again with nothing but the encoder at work.
ENCODER_SCRIPT = """
import json, os, sys, time, av
frames = []
with av.open(sys.argv[1]) as film:
    for frame in film.decode(video=0):
        frames.append(frame)
        if len(frames) == 48:
            break
best = 1e9
for _ in range(3):
    context = av.CodecContext.create("libx264", "w")
    context.width, context.height, context.pix_fmt = 1920, 1080, "yuv420p"
    context.time_base, context.framerate = frames[0].time_base, 25
    context.thread_count = os.cpu_count()
    context.options = {"preset": "veryfast", "crf": "18"}
    start = time.perf_counter()
    for index, frame in enumerate(frames):
        frame.pict_type = 0
        context.encode(frame)
    context.encode(None)
    best = min(best, time.perf_counter() - start)
print(json.dumps(len(frames) / best))
"""

# Exports as the program does; says frames a second, frames the model saw, and peak memory.
EXPORT_SCRIPT = """
import json, resource, sys
from pathlib import Path
from colordesk.edit import Edit
from colordesk.inference.library import Library
from colordesk.settings import Settings
from colordesk.task import Task
from colordesk.video.clip import open_clip
from colordesk.video.codecs import ExportSettings, choose_encoder
from colordesk.video.export import export_film
from colordesk.video.film import whole
from colordesk.video.predicting import Colourist
from colordesk.video.treatment import Treatment
source, output, models, every, smooth = sys.argv[1:]
clip = open_clip(Path(source))
encoder = choose_encoder(clip, ExportSettings("h264", speed="fast"), Path(output))
colourist = Colourist(Library([Path(models)]).get(None), Settings(device="cpu"))
treatment = Treatment(Edit(), int(every), int(smooth))
done = export_film(whole(clip), treatment, encoder, colourist, Path(output), Task(), afresh=True)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps([done.frames / done.seconds, done.predicted, unit * peak]))
"""


def run(script: str, *arguments: object, home: Path) -> str:
    """Run a script in a process of its own, with caches in `home`; return its last line."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(home), "PYTHONPATH": str(ROOT)},
        timeout=1200,
    )
    return (done.stdout.strip().splitlines() or ["null"])[-1]


def measure(folder: Path, models: Path) -> dict[str, float]:
    """Return frames a second of each way, and the peak memory in bytes."""
    source, output = folder / "film.mp4", folder / "film-color.mp4"
    run(SOURCE_SCRIPT, source, FRAMES, home=folder)
    first = json.loads(run(EXPORT_SCRIPT, source, output, models, 4, 50, home=folder))
    again = [
        json.loads(run(EXPORT_SCRIPT, source, output, models, 4, 50, home=folder)) for _ in range(2)
    ]
    encoder = json.loads(run(ENCODER_SCRIPT, output, home=folder))
    return {
        "encoder": encoder,
        "first": first[0],
        "kept": max(rate for rate, _, _ in again),
        "peak": max(first[2], *(peak for _, _, peak in again)),
    }


def films(folder: Path, models: Path) -> list[Row]:
    """Film of 1080p, x264 veryfast, against that encoder alone."""
    try:
        rates = measure(folder, models)
    except subprocess.CalledProcessError as error:
        return [Row("film of 1080p", f"fails: {last_line(error.stderr.encode())}", passed=False)]
    bare = f"{rates['encoder']:.1f} frames/s encoder alone"
    cost = rates["encoder"] / rates["kept"] - 1
    share = rates["first"] / rates["encoder"]
    return [
        Row(
            "film of 1080p, all but model and encoder",
            f"{rates['kept']:.1f} frames/s",
            bare,
            f"+{100 * cost:.0f} %",
            "<= 15 %",
            cost <= 0.15,
        ),
        Row(
            "film of 1080p, the model on every 4th frame",
            f"{rates['first']:.1f} frames/s",
            bare,
            f"{share:.2f}",
            ">= 0.5",
            share >= 0.5,
        ),
        Row(
            "peak memory, film of 1080p",
            f"{rates['peak'] / 1e9:.2f} GB",
            target="<= 1.2 GB",
            passed=rates["peak"] <= 1.2e9,
        ),
    ]
