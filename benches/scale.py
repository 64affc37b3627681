#!/usr/bin/env python3
"""Measures whether a page costs the same in a small handbook and in a large one.

usage: benches/scale.py [--pages N,N,…] [--runs N] [--on FOLDER]

For each size: CPU and bytes a page, and the peak of memory beyond that of a handbook of two pages, a page. × is against
the first size. Medians; everything is written below FOLDER (/dev/shm where there is one) and removed at the end.
"""
import argparse
import pathlib
import shutil
import statistics
import subprocess
import tempfile

import compare

KIB = 1024


def measured(target, folder, pages, runs):
    """CPU in seconds, peak in bytes, bytes of the site."""
    source, out = folder / "source", folder / "out"
    subprocess.run([target / "release" / "examples" / "generate", source, str(pages)], check=True)
    generator = compare.journeybook(target)
    for _ in range(runs):
        generator.run(source, out)
    shutil.rmtree(source)
    shutil.rmtree(out)
    return statistics.median(generator.cpu), statistics.median(generator.peak), generator.bytes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default="250,1000,5000,10000,20000", help="the sizes [250,1000,5000,10000,20000]")
    parser.add_argument("--runs", type=int, default=3, help="how often each is built [3]")
    parser.add_argument("--on", type=pathlib.Path, help="where to build [/dev/shm]")
    arguments = parser.parse_args()
    memory = pathlib.Path("/dev/shm")
    on = arguments.on or (memory if memory.is_dir() else pathlib.Path(tempfile.gettempdir()))
    target = compare.tools()
    print("| pages | CPU s | ms a page | × | peak MiB | KiB a page | × | site MiB | KiB a page | × |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory(prefix="journeybook-scale-", dir=on) as folder:
        folder = pathlib.Path(folder)
        base = measured(target, folder, 2, arguments.runs)
        first = None
        for pages in (int(size) for size in arguments.pages.split(",")):
            cpu, peak, size = measured(target, folder, pages, arguments.runs)
            per = [(part - fixed) / pages for part, fixed in zip((cpu, peak, size), base)]
            first = first or per
            ratios = [one / other for one, other in zip(per, first)]
            print(
                f"| {pages:,} | {cpu:.2f} | {per[0] * 1000:.2f} | {ratios[0]:.2f} | {peak / compare.MIB:.0f} | {per[1] / KIB:.1f} "
                f"| {ratios[1]:.2f} | {size / compare.MIB:.1f} | {per[2] / KIB:.1f} | {ratios[2]:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
