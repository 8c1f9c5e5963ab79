"""Cox regression: jonbar beside R's survival on the same simulated spells, in alternation.

Checks first that both give the same numbers, then prints the ratio of their times with its spread.
usage: python3 bench/cox.py [rows] [rounds]
"""

import csv
import json
import math
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
here = pathlib.Path(__file__).parent
root = here.parent

subprocess.run(
    ["cargo", "build", "--release", "--quiet", "-p", "jonbar-survival", "--example", "cox"], cwd=root, check=True
)
target = json.loads(
    subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=root, check=True, capture_output=True
    ).stdout
)["target_directory"]

rng = random.Random(1)
slopes = [-0.5 + i / 9 for i in range(10)]
with tempfile.TemporaryDirectory() as folder:
    data = pathlib.Path(folder) / "spells.csv"
    with data.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["time", "status"] + [f"x{i}" for i in range(10)])
        for _ in range(rows):
            x = [round(rng.gauss(0, 1), 6) for _ in slopes]
            rate = math.exp(sum(b * v for b, v in zip(slopes, x)))
            event, end = rng.expovariate(rate), rng.expovariate(0.5)
            # Rounded up to thousandths, so that many events are tied.
            writer.writerow([math.ceil(1000 * min(event, end)) / 1000, int(event <= end)] + x)

    def run(command):
        return json.loads(subprocess.run(command + [str(data)], check=True, capture_output=True, text=True).stdout)

    ours, theirs = [f"{target}/release/examples/cox"], ["Rscript", str(here / "cox.R")]
    a, b = run(ours), run(theirs)
    for key in ("coef", "se"):
        for x, y in zip(a[key], b[key]):
            assert abs(x - y) <= 1e-6 * abs(y) + 1e-9, f"{key}: {x} and {y}"
    assert abs(a["loglik"] - b["loglik"]) <= 1e-8 * abs(b["loglik"]), (a["loglik"], b["loglik"])
    print(f"{rows} spells, 10 covariates, Efron ties: same coefficients and errors to 6 digits, same likelihood to 8")
    ratios = []
    for _ in range(rounds):
        a, b = run(ours), run(theirs)
        ratios.append(b["seconds"] / a["seconds"])
        print(f"  jonbar {a['seconds']:.3f} s, R survival {b['seconds']:.3f} s, ratio {ratios[-1]:.2f}")
    print(f"R takes {statistics.median(ratios):.2f} times as long (median of {rounds}; {min(ratios):.2f} to {max(ratios):.2f})")
