"""``opora programmes``: the programmes that Opora brings with it."""

from __future__ import annotations

from opora.cli.options import command
from opora.cli.screen import Screen, steps


@command("programmes", short_help="какие программы встроены")
def programmes() -> None:
    """Показать встроенные программы: ключ, название, сколько показателей, отчётные даты."""
    from opora.papers.words import counted, date
    from opora.programmes.load import available, load_programme

    keys = available()
    with steps(len(keys)) as step:
        found = []
        for key in keys:
            step(f"читаю программу {key}")
            found.append(load_programme(key))
    screen = Screen()
    for programme in found:
        dates = ", ".join(date(day) for day in programme.reporting_dates)
        known = counted(len(programme.indicators), "показатель", "показателя", "показателей")
        screen.say(programme.key, "bold")
        screen.say(programme.title, indent=2)
        screen.say(f"{programme.municipality}; {known}; отчётные даты: {dates}", "dim", indent=2)
