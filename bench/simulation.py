"""Simulation of many channels: jonbar beside general stochastic simulators, in alternation.

All pairs of states open relations at one constant rate and break them at another, so that each pair has two channels of which one is
open. Checks first that each program gives the number of events that theory does, then prints how many events a second each simulates
and the ratio with its spread.
usage: python3 bench/simulation.py [--rounds N]    (needs: pip install rebop gillespy2)
"""

import argparse
import json
import math
import pathlib
import statistics
import subprocess
import time

import rebop

parser = argparse.ArgumentParser()
parser.add_argument("--rounds", type=int, default=5)
options = parser.parse_args()

root = pathlib.Path(__file__).parent.parent
subprocess.run(
    ["cargo", "build", "--release", "--quiet", "-p", "jonbar-counterfactual", "--example", "simulate"], cwd=root, check=True
)
metadata = subprocess.run(
    ["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=root, check=True, capture_output=True
)
binary = f"{json.loads(metadata.stdout)['target_directory']}/release/examples/simulate"

OPENED, BROKEN = 0.004, 0.002


def expected(pairs, days):
    """Mean number of openings and breaks of pairs that begin related: a two-state chain."""
    total = OPENED + BROKEN
    related = OPENED / total
    # Share of the time related, from related at the start.
    time_related = related * days + (1 - related) * (1 - math.exp(-total * days)) / total
    return pairs * OPENED * (days - time_related), pairs * BROKEN * time_related


def jonbar(states, days, runs):
    out = subprocess.run(
        [binary, str(states), str(days), str(runs), str(OPENED), str(BROKEN)], check=True, capture_output=True, text=True
    )
    told = json.loads(out.stdout)
    return told["opened"], told["broken"], told["seconds"]


def with_rebop(states, days, runs):
    model = rebop.Gillespie()
    for pair in range(states * (states - 1) // 2):
        model.add_reaction(BROKEN, [f"R{pair}"], [f"S{pair}", "broken"])
        model.add_reaction(OPENED, [f"S{pair}"], [f"R{pair}", "opened"])
    begin = {f"R{pair}": 1 for pair in range(states * (states - 1) // 2)}
    opened, broken = [], []
    begun = time.perf_counter()
    for seed in range(runs):
        result = model.run(begin, tmax=days, nb_steps=1, rng=seed, var_names=["opened", "broken"])
        opened.append(int(result["opened"][-1]))
        broken.append(int(result["broken"][-1]))
    return opened, broken, time.perf_counter() - begun


def with_gillespy2(states, days, runs):
    import gillespy2

    model = gillespy2.Model(name="relations")
    model.add_parameter([gillespy2.Parameter(name="a", expression=OPENED), gillespy2.Parameter(name="b", expression=BROKEN)])
    counters = [gillespy2.Species(name=name, initial_value=0) for name in ("opened", "broken")]
    species, reactions = list(counters), []
    for pair in range(states * (states - 1) // 2):
        related = gillespy2.Species(name=f"R{pair}", initial_value=1)
        apart = gillespy2.Species(name=f"S{pair}", initial_value=0)
        species += [related, apart]
        reactions.append(gillespy2.Reaction(name=f"break{pair}", reactants={related: 1}, products={apart: 1, counters[1]: 1}, rate="b"))
        reactions.append(gillespy2.Reaction(name=f"open{pair}", reactants={apart: 1}, products={related: 1, counters[0]: 1}, rate="a"))
    model.add_species(species)
    model.add_reaction(reactions)
    model.timespan(gillespy2.TimeSpan.linspace(t=days, num_points=2))
    solver = gillespy2.NumPySSASolver(model=model)
    begun = time.perf_counter()
    results = model.run(solver=solver, number_of_trajectories=runs, seed=1)
    seconds = time.perf_counter() - begun
    return [int(r["opened"][-1]) for r in results], [int(r["broken"][-1]) for r in results], seconds


def check(name, told, pairs, days):
    for kind, counts, mean in zip(("opened", "broken"), told, expected(pairs, days)):
        # Counts of independent pairs vary less than Poisson counts do.
        error = math.sqrt(mean / len(counts))
        assert abs(statistics.fmean(counts) - mean) < 4 * error, f"{name}: {statistics.fmean(counts)} {kind}, expected {mean}"


def events_a_second(told):
    opened, broken, seconds = told
    return (sum(opened) + sum(broken)) / seconds


print(f"{'states':>6} {'channels':>8}  {'program':<10} {'events a second':>16}  jonbar is faster by (range)")
# States, and the days and runs for jonbar and for the others, such that each simulates for about as long.
for states, ours, others in [(20, (40_000, 1), (2_000, 1)), (110, (2_000, 1), (20, 1))]:
    pairs = states * (states - 1) // 2
    channels = 2 * pairs
    peers = [("rebop", with_rebop)] + ([("GillesPy2", with_gillespy2)] if states == 20 else [])
    check("jonbar", jonbar(states, 400, 20)[:2], pairs, 400)
    for name, peer in peers:
        check(name, peer(states, others[0], 3)[:2], pairs, others[0])
    speeds = {name: [] for name, _ in [("jonbar", None)] + peers}
    for _ in range(options.rounds):
        speeds["jonbar"].append(events_a_second(jonbar(states, *ours)))
        for name, peer in peers:
            speeds[name].append(events_a_second(peer(states, *others)))
    for name, rates in speeds.items():
        ratios = [a / b for a, b in zip(speeds["jonbar"], rates)]
        told = "" if name == "jonbar" else f"{statistics.median(ratios):,.0f} ({min(ratios):,.0f} to {max(ratios):,.0f})"
        print(f"{states:>6} {channels:>8}  {name:<10} {statistics.median(rates):>16,.0f}  {told}")
