"""Datasets to measure on: synthetic, made once, kept under ``var/bench``."""

from __future__ import annotations

from pathlib import Path

from opora.demo.generate import generate_country
from opora.demo.spec import town
from opora.demo.write import write_town

FOLDER = Path("var/bench")
SEED = 2021
PROGRAMME = "strezhevoy"


def town_of(people: int) -> Path:
    folder = FOLDER / f"town-{people}"
    if not folder.exists():
        write_town(town(PROGRAMME), folder, people=people, seed=SEED)
    return folder


def country_of(educators: int, municipalities: int) -> Path:
    folder = FOLDER / ("country" if educators == 1_300_000 else f"country-{educators}")
    if not (folder / "datapackage.json").exists():
        generate_country(municipalities, educators, SEED, folder)
    return folder
