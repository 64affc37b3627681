#!/usr/bin/env python3
"""Builds a handbook of many items of every noun, and a quarter of it, with the finished program, and tells how the site grows:
the largest pages of each section, whether sections grow in proportion, time and memory.

usage: benches/growth.py [ITEMS]        [10000]

The handbook is `benches/handbook/catalog.rs`; `tests/it/growth.rs` asks the same of smaller ones. Ends with 1 if a page is too
heavy or a section grows out of proportion.
"""
import collections
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
HEAVIEST = 300_000
MOST = 4 * 1.1


def build(folder, items):
    """Builds the handbook of so many items; gives its files' bytes by path, the seconds and the peak MiB."""
    source, out = folder / f"handbook-{items}", folder / f"site-{items}"
    subprocess.run([TARGET / "examples/generate", source, str(items), "--for", "growth"], check=True)
    start = time.monotonic()
    process = subprocess.Popen([TARGET / "journeybook", "-q", "build", source, "-o", out])
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, source
    weights = {str(path.relative_to(out)): path.stat().st_size for path in out.rglob("*") if path.is_file()}
    return weights, time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def section(path):
    """The folder at the top that a file lies in."""
    return path.split("/")[0] if "/" in path else "the top"


def totals(weights):
    """Bytes by section."""
    sums = collections.Counter()
    for path, weight in weights.items():
        if section(path) != "theme":
            sums[section(path)] += weight
    return sums


def main():
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    subprocess.run(["cargo", "build", "--release", "--quiet", "--bins", "--examples"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as folder:
        few, *small = build(pathlib.Path(folder), items // 4)
        many, *large = build(pathlib.Path(folder), items)
    print("| items | files | MiB | wall s | CPU s | peak MiB |\n|--:|--:|--:|--:|--:|--:|")
    for count, weights, (wall, cpu, peak) in ((items // 4, few, small), (items, many, large)):
        print(f"| {count:,} | {len(weights):,} | {sum(weights.values()) / 2**20:.1f} | {wall:.2f} | {cpu:.2f} | {peak:.0f} |")
    print("\n| section | MiB | × for 4 × | heaviest page | KB |\n|---|--:|--:|---|--:|")
    before, wrong = totals(few), False
    for name, total in sorted(totals(many).items()):
        pages = [(weight, path) for path, weight in many.items() if section(path) == name and path.endswith(".html")]
        weight, path = max(pages, default=(0, "none"))
        ratio = total / before[name] if before[name] else 1
        odd = weight > HEAVIEST or ratio > MOST
        wrong |= odd
        print(f"| {name} | {total / 2**20:.1f} | {ratio:.2f} | {path} | {weight / 1e3:.0f}{' **!**' if odd else ''} |")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
