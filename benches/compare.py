#!/usr/bin/env python3
"""Measures a build against other generators, and against copying the finished site.

usage: benches/compare.py [--pages N] [--runs N] [--corpus NAME] [--on FOLDER] [--only NAME,NAME]

The corpus is the handbook of `generate`, or one of plain texts (`corpora.py`): texts, small, big. Every generator on the
PATH (hugo, zola, mdbook) builds the same pages, each into a new folder, in turns, so that
a busy minute of the machine falls on all of them. Prints medians as a Markdown table. Everything is written below
FOLDER (/dev/shm where there is one) and removed at the end.
"""
import argparse
import datetime
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import corpora

ROOT = pathlib.Path(__file__).resolve().parent.parent
OURS = "journeybook"
COPY = "cp -r"
MIB = 1024 * 1024


class Generator:
    """A program that builds a site: how it is called, and what it took each time."""

    def __init__(self, name, program, version, command):
        self.name, self.program, self.version, self.command = name, program, version, command
        self.cpu, self.wall, self.peak = [], [], []
        self.bytes = self.files = 0

    def run(self, source, out):
        """Builds once into a folder that is not there, and notes what that took."""
        shutil.rmtree(out, ignore_errors=True)
        command = [self.program, *self.command(source, out)]
        with tempfile.TemporaryFile() as said:
            begun = time.perf_counter()
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                said.seek(0)
                sys.exit(f"{self.name} failed:\n{said.read().decode(errors='replace')[-2000:]}")
        self.cpu.append(used.ru_utime + used.ru_stime)
        self.wall.append(wall)
        # Kilobytes on Linux, bytes on macOS.
        self.peak.append(used.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
        if not self.bytes:
            sizes = [file.stat().st_size for file in out.rglob("*") if file.is_file()]
            self.files, self.bytes = len(sizes), sum(sizes)


def journeybook(target):
    program = target / "release" / OURS
    return Generator(OURS, program, version(program, "--version"), lambda source, out: ["-q", "build", source, "-o", out])


def peers():
    """The other generators on the PATH."""
    commands = {
        "hugo": ("version", lambda source, out: ["--quiet", "--source", source, "--destination", out]),
        "zola": ("--version", lambda source, out: ["--root", source, "build", "--output-dir", out]),
        "mdbook": ("--version", lambda source, out: ["build", source, "--dest-dir", out]),
    }
    for name, (flag, command) in commands.items():
        program = shutil.which(name)
        if program:
            program = unwrapped(program, flag)
            yield Generator(name, program, version(program, flag), command)


def unwrapped(program, flag):
    """The program itself, where a Python package stands before it and says so: its start is not the build's."""
    said = subprocess.run([program, flag], capture_output=True, text=True, check=True).stdout
    found = re.search(r" via .* at (/[^\s\x1b]+)", said)
    return found[1] if found else program


def version(program, flag):
    said = subprocess.run([program, flag], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+\.\d+(\.\d+)?", said)
    return found[0] if found else "?"


def tools():
    """Builds the program and the generator of handbooks; the folder they are in."""
    build = ["cargo", "build", "--release", "--quiet", "--bin", OURS, "--example", "generate"]
    subprocess.run(build, cwd=ROOT, check=True)
    return pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))


def measure(generators, corpus, pages, runs, folder, target):
    """Generates the pages for everyone, then lets everyone build them, in turns."""
    for generator in generators:
        writer = target / "release" / "examples" / "generate"
        made = pages if corpus == "handbook" else 1
        subprocess.run([writer, folder / generator.name, str(made), "--for", generator.name], check=True)
        if corpus != "handbook":
            corpora.write(corpus, generator.name, folder / generator.name, pages)
    finished = folder / "finished"
    generators[0].run(folder / OURS, finished)
    copy = Generator(COPY, "cp", "", lambda source, out: ["-r", source, out])
    sources = [(generator, folder / generator.name) for generator in generators] + [(copy, finished)]
    for generator, _ in sources:
        generator.cpu, generator.wall, generator.peak = [], [], []
    for turn in range(runs):
        for generator, source in sources:
            generator.run(source, folder / "out")
            if sys.stderr.isatty():
                print(f"\rturn {turn + 1} of {runs}: {generator.name:12}", end="\r", file=sys.stderr, flush=True)
    for generator, _ in sources:
        if generator.files < (pages // 100 if corpus == "big" else pages):
            sys.exit(f"{generator.name} wrote {generator.files} files for {pages} pages")
    return [generator for generator, _ in sources]


def table(measured):
    ours = measured[0]
    median = statistics.median
    yield "| | CPU s | × | wall s | × | peak MiB | × | site MiB | files |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for one in measured:
        cells = [f"{one.name} {one.version}".strip()]
        for mine, other, unit, digits in (
            (ours.cpu, one.cpu, 1, 2),
            (ours.wall, one.wall, 1, 2),
            (ours.peak, one.peak, MIB, 0),
        ):
            cells += [f"{median(other) / unit:.{digits}f}", f"{median(other) / max(median(mine), 1e-9):.2f}"]
        cells += [f"{one.bytes / MIB:.1f}", f"{one.files}"]
        yield "| " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000, help="how many pages [1000]")
    parser.add_argument("--corpus", default="handbook", choices=("handbook", *corpora.NAMES), help="what is built [handbook]")
    parser.add_argument("--runs", type=int, default=7, help="how often each builds [7]")
    parser.add_argument("--on", type=pathlib.Path, help="where to build [/dev/shm]")
    parser.add_argument("--only", default="", help="these of the others, with commas; `none` for none")
    arguments = parser.parse_args()
    memory = pathlib.Path("/dev/shm")
    on = arguments.on or (memory if memory.is_dir() else pathlib.Path(tempfile.gettempdir()))

    target = tools()
    wanted = [name for name in arguments.only.split(",") if name]
    others = [peer for peer in peers() if not wanted or peer.name in wanted]
    with tempfile.TemporaryDirectory(prefix="journeybook-bench-", dir=on) as folder:
        folder = pathlib.Path(folder)
        os.environ["HUGO_CACHEDIR"] = str(folder / "cache")
        measured = measure([journeybook(target), *others], arguments.corpus, arguments.pages, arguments.runs, folder, target)

    load = f"{os.getloadavg()[0]:.1f}"
    today = datetime.date.today().isoformat()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load} at the end"
    print(f"{today}, {machine}. {arguments.pages} pages ({arguments.corpus}), median of {arguments.runs} turns; × is against journeybook.\n")
    print("\n".join(table(measured)))


if __name__ == "__main__":
    main()
