"""Event-history statistics: jonbar beside R on the same simulated spells, in alternation.

Checks first that both give the same numbers, then prints the ratio of their times with its spread.
usage: python3 bench/survival.py [cox|poisson|survival|incidence|fine-gray ...] [--rounds N]
"""

import argparse
import csv
import json
import math
import pathlib
import random
import statistics
import subprocess
import tempfile

# Job: spells, covariates, causes, the other program.
JOBS = {
    "cox": (100_000, 10, 1, "survival::coxph, Efron ties"),
    "poisson": (100_000, 10, 1, "glm with an offset"),
    "survival": (100_000, 1, 1, "survival::survfit (Kaplan and Meier)"),
    "incidence": (5_000, 1, 2, "survival::survfit (Aalen and Johansen)"),
    "fine-gray": (2_000, 3, 2, "cmprsk::crr"),
}

parser = argparse.ArgumentParser()
parser.add_argument("jobs", nargs="*", metavar="JOB")
parser.add_argument("--rounds", type=int, default=5)
options = parser.parse_args()
for job in options.jobs:
    if job not in JOBS:
        parser.error(f"{job} is none of {', '.join(JOBS)}")

here = pathlib.Path(__file__).parent
root = here.parent
subprocess.run(
    ["cargo", "build", "--release", "--quiet", "-p", "jonbar-survival", "--example", "statistics"], cwd=root, check=True
)
metadata = subprocess.run(
    ["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=root, check=True, capture_output=True
)
ours = f"{json.loads(metadata.stdout)['target_directory']}/release/examples/statistics"


def simulate(data, rows, covariates, causes):
    """Exponential times of each cause, censored, rounded up to thousandths so that many are tied."""
    rng = random.Random(1)
    slopes = [-0.5 + i / max(covariates - 1, 1) for i in range(covariates)]
    with data.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["time", "status"] + [f"x{i}" for i in range(covariates)])
        for _ in range(rows):
            x = [round(rng.gauss(0, 1), 6) for _ in slopes]
            rate = math.exp(sum(b * v for b, v in zip(slopes, x)))
            times = [rng.expovariate(0.5)] + [rng.expovariate(rate / causes) for _ in range(causes)]
            first = min(range(len(times)), key=lambda i: times[i])
            writer.writerow([math.ceil(1000 * times[first]) / 1000, first] + x)


def run(command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


for job in options.jobs or JOBS:
    rows, covariates, causes, peer = JOBS[job]
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "spells.csv"
        simulate(data, rows, covariates, causes)
        us = lambda: run([ours, job, str(data)])
        them = lambda: run(["Rscript", str(here / "survival.R"), job, str(data)])
        a, b = us(), them()
        assert len(a["numbers"]) == len(b["numbers"]) > 0
        for x, y in zip(a["numbers"], b["numbers"]):
            assert abs(x - y) <= 1e-6 * abs(y) + 1e-9, f"{job}: {x} and {y}"
        print(f"{job}: {rows} spells, {covariates} covariates, {causes} cause(s); R {peer}: the same to 6 digits")
        ratios = []
        for _ in range(options.rounds):
            a, b = us(), them()
            ratios.append(b["seconds"] / a["seconds"])
            print(f"  jonbar {a['seconds']:.4f} s, R {b['seconds']:.4f} s, ratio {ratios[-1]:.2f}")
        low, high = min(ratios), max(ratios)
        print(f"  R takes {statistics.median(ratios):.2f} times as long (median of {options.rounds}; {low:.2f} to {high:.2f})")
