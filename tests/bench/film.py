"""The film rows of `make bench`: what colour costs beside the encoder alone, and its memory.

The encoder alone is given the very luma that the export gives it, and the chroma of its result,
with the export's own settings and threads, all of it in memory already. So what is said to be the
cost of all else is decoding, shots, motion, smoothing, painting, the segments on the disk and the
file at the end, as well as the start and the end of the export, when the encoder has nothing to do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench.common import Row, last_line

ROOT = Path(__file__).resolve().parents[2]
FRAMES = 480  # a film of 19 s; the encoder alone holds all of them in memory, 1.5 GB
LARGE, LARGE_FRAMES = (3840, 2160), 60
LONG, LONG_FRAMES = (320, 180), 2000

# Makes a moving film.
SOURCE_SCRIPT = """
import sys, av, numpy as np
from skimage import data
path, count, width, height = sys.argv[1], *map(int, sys.argv[2:])
photo = data.camera()
gray = np.tile(photo, (3 + height // 512, 3 + width // 512))
with av.open(path, "w") as out:
    stream = out.add_stream("libx264", 25, options={"preset": "veryfast", "crf": "20"})
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    for index in range(count):
        frame = av.VideoFrame(width, height, "yuv420p")
        down, right = 2 * index % 512, 3 * index % 512
        part = gray[down : down + height, right : right + width]
        np.frombuffer(frame.planes[0], np.uint8).reshape(height, -1)[:, :width] = part
        for plane in frame.planes[1:]:
            np.frombuffer(plane, np.uint8)[:] = 128
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))
"""

# Encodes the frames of the export again and again with nothing but the encoder at work.
ENCODER_SCRIPT = """
import json, sys, time, av, numpy as np
from pathlib import Path
from colordesk.video.probing import open_clip
from colordesk.video.codecs import ExportSettings
from colordesk.video.encoders import choose_encoder, open_encoder
frames = []
with av.open(sys.argv[1]) as source, av.open(sys.argv[2]) as coloured:
    for gray, frame in zip(source.decode(video=0), coloured.decode(video=0)):
        made = av.VideoFrame(1920, 1080, "yuv420p")
        made.pts, made.time_base = frame.pts, frame.time_base
        for index, origin in enumerate((gray, frame, frame)):
            from_, to = (np.frombuffer(one.planes[index], np.uint8) for one in (origin, made))
            width = min(one.planes[index].line_size for one in (origin, made))
            rows = made.planes[index].height
            to.reshape(rows, -1)[:, :width] = from_.reshape(rows, -1)[:, :width]
        frames.append(made)
best = 1e9
clip = open_clip(Path(sys.argv[1]))
encoder = choose_encoder(clip, ExportSettings("h264", speed="fast"), Path(sys.argv[2]))
for _ in range(2):
    context = open_encoder(encoder, clip, clip.time_base)
    start = time.perf_counter()
    for frame in frames:
        context.encode(frame)
    context.encode(None)
    best = min(best, time.perf_counter() - start)
print(json.dumps(len(frames) / best))
"""

# Decodes the film and does nothing with it.
DECODER_SCRIPT = """
import json, sys, time
from pathlib import Path
from colordesk.video.probing import open_clip
from colordesk.video.reading import Damage, read_frames
clip = open_clip(Path(sys.argv[1]))
start = time.perf_counter()
count = sum(1 for _ in read_frames(clip, Damage()))
print(json.dumps(count / (time.perf_counter() - start)))
"""

# Exports as the program does; says frames a second, frames the model saw, and peak memory: after
# a quarter of the frames and at the end.
EXPORT_SCRIPT = """
import json, resource, sys
from pathlib import Path
from colordesk.edit import Edit
from colordesk.inference.library import Library
from colordesk.settings import Settings
from colordesk.task import Task
from colordesk.video.probing import open_clip
from colordesk.video.codecs import ExportSettings
from colordesk.video.encoders import choose_encoder
from colordesk.video.export import export_film
from colordesk.video.film import whole
from colordesk.video.predicting import Colourist
from colordesk.video.treatment import Treatment
source, output, models, every, smooth = sys.argv[1:]
unit = 1 if sys.platform == "darwin" else 1024
early = []
def peak():
    return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
def progress(share, status):
    if share > 0.25 and not early:
        early.append(peak())
clip = open_clip(Path(source))
encoder = choose_encoder(clip, ExportSettings("h264", speed="fast"), Path(output))
colourist = Colourist(Library([Path(models)]).get(None), Settings(device="cpu"))
treatment = Treatment(Edit(), int(every), int(smooth))
task = Task(progress)
done = export_film(whole(clip), treatment, encoder, colourist, Path(output), task, afresh=True)
print(json.dumps([done.frames / done.seconds, done.predicted, early[0], peak()]))
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
    run(SOURCE_SCRIPT, source, FRAMES, 1920, 1080, home=folder)
    runs, alone = [], []
    for _ in range(3):  # in turns, since other work on the machine comes and goes
        runs.append(json.loads(run(EXPORT_SCRIPT, source, output, models, 4, 50, home=folder)))
        if len(runs) > 1:
            alone.append(json.loads(run(ENCODER_SCRIPT, source, output, home=folder)))
    return {
        "decoder": json.loads(run(DECODER_SCRIPT, source, home=folder)),
        "encoder": max(alone),
        "first": runs[0][0],
        "kept": max(rate for rate, *_ in runs[1:]),
        "peak": max(peak for *_, peak in runs),
    }


def memory(folder: Path, models: Path) -> tuple[float, float, float]:
    """Return the peak memory of 4K film, and that of long film early and at its end, in bytes."""
    found = []
    for name, size, count in (
        ("large", LARGE, LARGE_FRAMES),
        ("long", LONG, LONG_FRAMES),
    ):
        source, output = folder / f"{name}.mp4", folder / f"{name}-color.mp4"
        run(SOURCE_SCRIPT, source, count, *size, home=folder)
        found.append(json.loads(run(EXPORT_SCRIPT, source, output, models, 48, 50, home=folder)))
    large, long = found
    return large[3], long[2], long[3]


def films(folder: Path, models: Path) -> list[Row]:
    """Film of 1080p, x264 veryfast, against that encoder alone, and memory."""
    try:
        rates, (large, early, late) = measure(folder, models), memory(folder, models)
    except subprocess.CalledProcessError as error:
        return [Row("film of 1080p", f"fails: {last_line(error.stderr.encode())}", passed=False)]
    bare = f"{rates['encoder']:.1f} frames/s encoder alone"
    cost = rates["encoder"] / rates["kept"] - 1
    decoding = rates["encoder"] / rates["decoder"]
    share = rates["first"] / rates["encoder"]
    return [
        Row(
            f"film of 1080p, all but model and encoder; decoding alone is {100 * decoding:.0f} %",
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
        _peak("film of 1080p", rates["peak"], 1.2e9),
        _peak("film of 3840 x 2160", large, 2.5e9),
        Row(
            f"peak memory, film of {LONG_FRAMES} frames, after a quarter and at the end",
            f"{late / 1e9:.3f} GB",
            f"{early / 1e9:.3f} GB",
            f"{late / early:.2f}",
            "<= 1.1",
            late <= 1.1 * early,
        ),
    ]


def _peak(what: str, peak: float, limit: float) -> Row:
    return Row(
        f"peak memory, {what}",
        f"{peak / 1e9:.2f} GB",
        target=f"<= {limit / 1e9:.1f} GB",
        passed=peak <= limit,
    )
