"""Measures Spikepad and other simulators of spiking networks on one job in one run, and prints the ratios of times.

    python benches/peers/run.py [--seconds S] [--digits N] [--json FILE]

A simulator that is not installed is left out.
"""

import argparse
import importlib.metadata
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time

import job as jobs

THREADS = [1, 2]
BATCHES = [1, 100, 500]

# Brian2 presents this many digits, one at a time.
BRIAN2_DIGITS = 10


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=5, help="for each measurement")
    parser.add_argument("--digits", type=int, default=1000, help="test digits")
    parser.add_argument("--json", metavar="FILE", help="also write the measurements to this file")
    arguments = parser.parse_args()
    if arguments.digits < max(BATCHES):
        parser.error(f"--digits: at least {max(BATCHES)}, the largest batch")

    subprocess.run(
        ["cargo", "build", "--release", "--quiet", "--bin", "spikepad"],
        cwd=jobs.ROOT,
        check=True,
    )
    job = jobs.Job(arguments.digits)
    timed = timer(arguments.seconds)
    results = []
    for threads in THREADS:
        # Spikepad is measured before and after the others, so that other work on the machine disturbs all of them.
        before = spikepad(arguments, threads)
        peers = measure_peers(job, threads, timed)
        after = spikepad(arguments, threads)
        own = min(before, after, key=lambda row: row["us_per_image"])
        results += [own, *peers]
        report(own, peers)
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump({"steps": jobs.STEPS, "results": results}, file, indent=1)
            file.write("\n")


def spikepad(arguments, threads):
    """Measures the evaluation of the digits with `spikepad bench`."""
    with tempfile.TemporaryDirectory() as folder:
        images, labels = jobs.write_idx(folder, arguments.digits)
        command = [
            os.path.join(jobs.ROOT, "target", "release", "spikepad"),
            *["bench", "--json", "--seconds", str(arguments.seconds)],
            *["--steps", str(jobs.STEPS), "--images", images, "--labels", labels],
        ]
        environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
        output = subprocess.run(
            command, env=environment, check=True, capture_output=True
        ).stdout
    measured = json.loads(output)
    assert measured["threads"] == threads
    return {
        "simulator": "Spikepad",
        "threads": threads,
        "way": "a set",
        "batch": arguments.digits,
        "us_per_image": measured["evaluate_us_per_image"],
    }


def measure_peers(job, threads, timed):
    rows = []
    # Brian2 runs before PyTorch is loaded. After that it took twice as long.
    for name, package in [
        ("Brian2", "brian2"),
        ("SpikingJelly", "spikingjelly"),
        ("snnTorch", "snntorch"),
    ]:
        if importlib.util.find_spec(package) is None:
            print(f"{name} is not installed: left out", file=sys.stderr)
            continue
        if package == "brian2":
            import on_brian2

            # It has no threads.
            measured = on_brian2.measure(job, BRIAN2_DIGITS, timed) if threads == 1 else []
        else:
            import on_pytorch

            ways = getattr(on_pytorch, package)
            measured = on_pytorch.measure(job, ways, BATCHES, threads, timed)
        version = importlib.metadata.version(package)
        for row in measured:
            rows.append(
                {"simulator": name, "version": version, "threads": threads, **row}
            )
    return rows


def timer(budget):
    """Returns a function that repeats work for `budget` seconds, and returns the shortest time in s and the result."""

    def timed(work):
        result = work()
        least, start = float("inf"), time.perf_counter()
        while True:
            began = time.perf_counter()
            work()
            ended = time.perf_counter()
            least = min(least, ended - began)
            if ended - start >= budget:
                return least, result

    return timed


def report(own, peers):
    print(f"\n{own['threads']} thread(s), us per image of {jobs.STEPS} steps, with encoding")
    print(f"  {'Spikepad':<14}{own['us_per_image']:>10.1f}")
    for row in peers:
        ratio = row["us_per_image"] / own["us_per_image"]
        print(
            f"  {row['simulator']:<14}{row['us_per_image']:>10.1f}  {ratio:>7.1f} x"
            f"  {100 * row['accuracy']:>5.1f} % right, batches of {row['batch']}, {row['way']}"
        )


if __name__ == "__main__":
    main()
