"""Time and memory of a piece of work, and the rows of the table that tells of them."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``held`` is None where there is no target."""

    what: str
    measured: str
    target: str = ""
    held: bool | None = None
    note: str = ""


def seconds(work: Callable[[], object], repeats: int = 5) -> tuple[float, float]:
    """Median and spread (largest less smallest) of so many runs."""
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken), max(taken) - min(taken)


def in_fresh_process(task: str, **arguments: Any) -> dict[str, Any]:
    """What ``benchmarks.tasks.<task>`` returns in a process of its own, with its peak memory in ``peak_mb``."""
    command = [sys.executable, "-m", "benchmarks.tasks", task, json.dumps(arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONWARNINGS": "ignore"}
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def median_of(runs: Sequence[Mapping[str, Any]], name: str) -> float:
    return float(statistics.median(float(run[name]) for run in runs))


def shown(taken: float, spread: float | None = None) -> str:
    return f"{taken:.2f} s" if spread is None else f"{taken:.2f} s (±{spread / 2:.2f})"
