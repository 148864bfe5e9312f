"""Small programmes to spoil, for tests."""

from __future__ import annotations

from opora.programmes.check import examine

GOOD = """\
programme:
  key: example
  title: Программа развития
  municipality: город Пример
  starts: 2021-01-01
  ends: 2025-12-31
reporting_dates: [2021-12-31, 2022-12-31]
definitions:
  person:
    young:
      formula: educator and age < 35
      words: [является молодым, не является молодым]
goals:
  - {code: X-G1, text: Рост мастерства}
tasks:
  - {code: X-T1, text: Обучение}
indicators:
  - code: X-1
    title: Доля молодых
    goals: [X-G1, X-T1]
    unit: "%"
    share: young
    of: educator
    target: at least 5%
  - code: X-2
    title: Число педагогов
    count: educator
    target: {2022: at least 3, 2025: at least 5}
measures:
  - code: X-PM-1
    title: Провести диагностику
    kind: plan_row
    months: [3, 4]
    recurrence: annual
    responsible: методист
    indicators: [X-1, X-2]
"""


def faults(text: str) -> list[tuple[int, int, str]]:
    return [(fault.line, fault.column, fault.message) for fault in examine(text).faults]


def spoiled(old: str, new: str) -> list[tuple[int, int, str]]:
    """The faults of the good programme with one place changed."""
    assert GOOD.count(old) == 1, f"{old!r} must name one place"
    return faults(GOOD.replace(old, new))
