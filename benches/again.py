#!/usr/bin/env python3
"""Measures what a build costs that follows another one.

usage: benches/again.py [--pages N] [--runs N] [--on FOLDER] [--program FILE]

Builds the handbook of N pages into an empty folder, then again: with nothing changed, and after each of a few small edits, of
which every turn makes another. × is against the first build of the same turn. Medians; everything is written below FOLDER
(/dev/shm where there is one), the cache included, and removed at the end.
"""
import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile
import time

import compare


def build(program, source, out, cache):
    """Builds once. CPU and wall time in seconds."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [program, "-q", "build", source, "-o", out],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "JOURNEYBOOK_CACHE": str(cache)},
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"a build ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - begun


def replace(file, pattern, words):
    """Writes words at the end of the first line that fits a pattern."""
    text, count = re.subn(pattern, lambda found: found[0] + words, file.read_text(), count=1, flags=re.MULTILINE)
    if count == 0:
        raise SystemExit(f"nothing to edit in {file}")
    file.write_text(text)


def append(file, words):
    """Writes words at the end of a file."""
    file.write_text(file.read_text() + words)


def edits(source):
    """What is done between two builds, by what it is called; each takes the number of the turn."""
    lessons = sorted(source.glob("training/*/[0-9]*.md"))
    maps = sorted(source.glob("maps/*.yaml"))
    return {
        "nothing changed": lambda _: None,
        "a file touched": lambda turn: lessons[turn].touch(),
        "the text of a lesson": lambda turn: append(lessons[turn + 10], f"\nOnce more, {turn}.\n"),
        "the text of a map": lambda turn: replace(maps[turn + 10], r"^ +- action: .*$|^ +action: .*$", f" once more {turn}"),
        "the title of a lesson": lambda turn: replace(lessons[turn + 20], r"^title: .*$", f" {turn}"),
        "the title of a map": lambda turn: replace(maps[turn + 20], r"^title: .*$", f" {turn}"),
        "one more lesson": lambda turn: shutil.copy(lessons[turn + 30], lessons[turn + 30].with_name(f"99-new-{turn}.md")),
        "one more map": lambda turn: shutil.copy(maps[turn + 30], maps[turn + 30].with_name(f"new-{turn}.yaml")),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10000, help="how many pages [10000]")
    parser.add_argument("--runs", type=int, default=3, help="how many turns [3]")
    parser.add_argument("--on", type=pathlib.Path, help="where to build [/dev/shm]")
    parser.add_argument("--program", type=pathlib.Path, help="what builds [target/release/journeybook, built anew]")
    arguments = parser.parse_args()
    memory = pathlib.Path("/dev/shm")
    on = arguments.on or (memory if memory.is_dir() else pathlib.Path(tempfile.gettempdir()))
    target = compare.ROOT / "target" if arguments.program else compare.tools()
    program = arguments.program or target / "release" / compare.OURS
    rows = {}
    with tempfile.TemporaryDirectory(prefix="journeybook-again-", dir=on) as folder:
        source, out, cache = (pathlib.Path(folder) / name for name in ("source", "out", "cache"))
        subprocess.run([target / "release" / "examples" / "generate", source, str(arguments.pages)], check=True)
        for turn in range(arguments.runs):
            for gone in (out, cache):
                shutil.rmtree(gone, ignore_errors=True)
            first = build(program, source, out, cache)
            rows.setdefault("the first build", []).append((*first, 1.0))
            for name, edit in edits(source).items():
                edit(turn)
                cpu, wall = build(program, source, out, cache)
                rows.setdefault(name, []).append((cpu, wall, cpu / first[0]))
        kept = sum(file.stat().st_size for file in cache.iterdir()) if cache.is_dir() else 0
    print(f"| {arguments.pages:,} pages | CPU s | × | wall s |")
    print("|---|--:|--:|--:|")
    for name, runs in rows.items():
        cpu, wall, ratio = (statistics.median(column) for column in zip(*runs))
        print(f"| {name} | {cpu:.2f} | {ratio:.3f} | {wall:.2f} |")
    print(f"\nThe cache holds {kept / compare.MIB:.1f} MiB.")


if __name__ == "__main__":
    main()
