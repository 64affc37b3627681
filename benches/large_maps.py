#!/usr/bin/env python3
"""Measures handbooks of 50, 100, 200 and 400 maps of forty steps by twelve lanes: is the work proportional?

usage: benches/large_maps.py [--runs N]

The map is that of tests/handbooks/forty-steps, under many names. Every handbook is built in turns, so that a busy
minute of the machine falls on all of them; below a folder in memory where there is one. Prints a Markdown table.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
HANDBOOK = ROOT / "tests/handbooks/forty-steps"
SIZES = [50, 100, 200, 400]


def handbook(folder, maps):
    """The handbook with this many maps."""
    shutil.copytree(HANDBOOK, folder)
    text = (folder / "maps/forty-steps.yaml").read_text(encoding="utf-8")
    for number in range(1, maps):
        (folder / f"maps/forty-steps-{number}.yaml").write_text(text, encoding="utf-8")
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
        sources = {size: handbook(folder / str(size), size) for size in SIZES}
        taken = {size: [] for size in SIZES}
        for _ in range(runs):
            for size, source in sources.items():
                taken[size].append(build(program, source, folder / "site"))
    print("| maps | CPU s | ms a map | × | peak MiB |\n|--:|--:|--:|--:|--:|")
    middle = {size: [statistics.median(column) for column in zip(*taken[size])] for size in SIZES}
    first = middle[SIZES[0]][0] / SIZES[0]
    for size, (cpu, peak) in middle.items():
        print(f"| {size} | {cpu:.2f} | {1000 * cpu / size:.2f} | {cpu / size / first:.2f} | {peak:.0f} |")


if __name__ == "__main__":
    main()
