#!/usr/bin/env python3
"""Measures handbooks of 50, 100, 200 and 400 maps of forty steps by twelve lanes, and single maps of 200 to 1,600
steps: is the work proportional?

usage: benches/large_maps.py [--runs N]

The map is that of tests/handbooks/forty-steps, under many names. Every handbook is built in turns, so that a busy
minute of the machine falls on all of them; below a folder in memory where there is one. Prints a Markdown table.
"""
import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
HANDBOOK = ROOT / "tests/handbooks/forty-steps"
SIZES = [50, 100, 200, 400]
STEPS = [200, 400, 800, 1600]


def handbook(folder, maps):
    """The handbook with this many maps."""
    shutil.copytree(HANDBOOK, folder)
    text = (folder / "maps/forty-steps.yaml").read_text(encoding="utf-8")
    for number in range(1, maps):
        (folder / f"maps/forty-steps-{number}.yaml").write_text(text, encoding="utf-8")
    return folder


def long_map(folder, steps):
    """The handbook with one map of this many steps, the forty again and again."""
    shutil.copytree(HANDBOOK, folder)
    path = folder / "maps/forty-steps.yaml"
    head, stages = path.read_text(encoding="utf-8").split("stages:\n")
    ids = re.compile(r"\bid: |leads-to: \[|, (?=step-)")
    again = [ids.sub(lambda found: f"{found[0]}r{turn}-", stages) for turn in range(steps // 40)]
    path.write_text(head + "stages:\n" + "".join(again).replace("fix-first: true", "fix-first: false"), encoding="utf-8")
    return folder


def build(program, source, out):
    """Builds once; gives CPU seconds and peak MiB."""
    shutil.rmtree(out, ignore_errors=True)
    process = subprocess.Popen([program, "-q", "build", source, "-o", out])
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, source
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="how often each is built [5]")
    runs = parser.parse_args().runs
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    program = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/journeybook"
    memory = pathlib.Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        folder = pathlib.Path(folder)
        tables = {
            "maps": {size: handbook(folder / f"maps-{size}", size) for size in SIZES},
            "steps": {size: long_map(folder / f"steps-{size}", size) for size in STEPS},
        }
        for name, sources in tables.items():
            taken = {size: [] for size in sources}
            for _ in range(runs):
                for size, source in sources.items():
                    taken[size].append(build(program, source, folder / "site"))
            print("\n".join(table(name, taken)), end="\n\n")


def table(name, taken):
    yield f"| {name} | CPU s | ms each | × | peak MiB |\n|--:|--:|--:|--:|--:|"
    middle = {size: [statistics.median(column) for column in zip(*turns)] for size, turns in taken.items()}
    smallest = min(middle)
    first = middle[smallest][0] / smallest
    for size, (cpu, peak) in middle.items():
        yield f"| {size} | {cpu:.2f} | {1000 * cpu / size:.2f} | {cpu / size / first:.2f} | {peak:.0f} |"


if __name__ == "__main__":
    main()
