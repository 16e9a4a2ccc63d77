"""One call over the border, beside the same call in Rust: `scripts/bench_bindings measure`.

    python bench.py FOLDER RUST_PROGRAM LIBRARY COMMAND-OF-KOTLIN…

A space of 60 cards, of which a call lists 50; medians; rounds of the three sides are interleaved, so that a busy
machine slows all. Rows go to FOLDER/rows.json: name, ours, limit, unit.
"""

import gc
import json
import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from types import SimpleNamespace

import chop_wallet as chop
from test_leaks import calls, resident_kib

PASSPHRASE = "correct horse battery staple"
TIMED, ROUNDS = 400, 3
MANY = 100_000
LIMITS = {"Kotlin": 150, "Python": 400}
# What the allocators of a process keep for themselves: a leak of a few bytes a call is far more.
MOST_GROWN_MIB = {"Kotlin": 24, "Python": 16}
MOST_HEAP_KIB = 256
MOST_MIB = 12


def main(folder: Path, rust: str, library: Path, kotlin: list) -> None:
    run = folder / "run"
    make(run)
    took: dict = {"Rust": [], "Kotlin": [], "Python": []}
    for _ in range(ROUNDS):
        given = [str(run / "space"), str(run / "keys"), PASSPHRASE, str(TIMED)]
        took["Rust"].append(int(subprocess.check_output([rust, *given])))
        took["Python"].append(in_python(run))
        took["Kotlin"].append(in_kotlin(run, kotlin, TIMED))
    medians = {name: statistics.median(times) / 1000 for name, times in took.items()}
    for name, median in medians.items():
        print(f"list 50 cards, {name}: {median:.0f} us", file=sys.stderr)
    rows = [
        (f"list 50 cards from {name}, above the same in Rust | limit", medians[name] - medians["Rust"], limit, "us")
        for name, limit in LIMITS.items()
    ]
    grown = {"Kotlin": in_kotlin(run, kotlin, 0) / 1024}
    heap, process = python_leaks(run)
    grown["Python"] = process / 1024
    rows += [
        (f"process grows over 100,000 calls from {name} | limit", grown[name], limit, "MiB")
        for name, limit in MOST_GROWN_MIB.items()
    ]
    rows.append(("Python's heap grows over 100,000 calls | limit", heap / 1024, MOST_HEAP_KIB, "KiB"))
    size = library.stat().st_size / (1 << 20)
    rows.append((f"the library, stripped, {os.uname().machine} | limit", size, MOST_MIB, "MiB"))
    keys = ("name", "ours", "limit", "unit")
    (folder / "rows.json").write_text(json.dumps([dict(zip(keys, row)) for row in rows], indent=1))


def make(folder: Path) -> None:
    (folder / "keys").mkdir(parents=True)
    keys = chop.KeyPlace(folder=str(folder / "keys"))
    new = chop.NewSpace(kind=chop.SpaceType.PERSON, label="bench", place=chop.Place.HK)
    space = chop.create_space(str(folder / "space"), new, PASSPHRASE, keys).space
    for number in range(60):
        fields = {f"field {field}": f"value {field} of {number}" for field in range(10)}
        space.holdings().import_bytes(f"card {number}.json", json.dumps(fields).encode(), f"card {number}")
    space.lock()


def opened(folder: Path) -> chop.Space:
    return chop.open_space(str(folder / "space"), PASSPHRASE, chop.KeyPlace(folder=str(folder / "keys")))


def in_python(folder: Path) -> int:
    space = opened(folder)
    holdings, took = space.holdings(), []
    for _ in range(TIMED):
        start = time.perf_counter_ns()
        cards = holdings.list(None, None, 50)
        took.append(time.perf_counter_ns() - start)
        assert len(cards) == 50
    space.lock()
    return int(statistics.median(took))


def in_kotlin(folder: Path, kotlin: list, timed: int) -> int:
    """Nanoseconds of one call; with none to time, the KiB that the process grew by over many."""
    call = [*kotlin, f"-Dchop.bench={folder}", f"-Dchop.bench.calls={timed}", f"-Dchop.bench.many={MANY}"]
    subprocess.run(call, check=True, stdout=sys.stderr)
    return int((folder / "kotlin").read_text())


def python_leaks(folder: Path) -> tuple:
    """Bytes of Python's heap and KiB of the process that are held after many calls and were not before."""
    world = SimpleNamespace(resident=opened(folder))
    calls(world, MANY // 10)
    tracemalloc.start()
    calls(world, MANY // 10)
    heap, process = tracemalloc.get_traced_memory()[0], resident_kib()
    calls(world, MANY)
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - heap
    tracemalloc.stop()
    return max(grown, 0), max(resident_kib() - process, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4:])
