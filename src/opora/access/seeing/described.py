"""docs/access.md: what each role sees and keeps, from the rules themselves."""

from __future__ import annotations

from opora.access.keeping import KEEPS
from opora.access.roles import PLACE, Role
from opora.access.seeing.concerns import CONCERNS
from opora.access.seeing.sights import SIGHTS

_HEAD = """\
# Кто что видит

Эту страницу пишет сама программа: `python -m opora.access.describe > docs/access.md`. Проверка держит её в согласии с
правилами, а правила — с тем, что видно на деле.

Роль даётся на муниципалитет или регион (тогда и на всё, что внутри), на организацию или объединение и на время. У кого
ролей несколько, видит то, что видит каждая. Что вне её муниципалитетов, того для неё нет: такая страница не
находится (404), и сама база данных таких строк не отдаёт.

Эксперт видит все конкурсные работы, материалы и практики своего муниципалитета, а не только те, что ему поручены: в
наборе данных не сказано, кто какую работу оценивает. «Роли экспертов» говорят, кто в чём эксперт (конкурсы,
аттестация), но не называют ни конкурса, ни работы. Чтобы сузить это, нужна таблица назначений: эксперт, работа, с
какого и по какой день. До тех пор роль эксперта давайте на время конкурса.
"""
_WORDS = {"whole": "все", "own": "свои", "": "—"}


def page() -> str:
    return "\n".join([_HEAD, *_roles(), "", *_tables(), "", *_keepers(), ""])


def _roles() -> list[str]:
    lines = ["| роль | даётся на | «свои» строки |", "|---|---|---|"]
    return lines + [f"| {role.label} | {PLACE[role].value} | {SIGHTS[role].own_words or '—'} |" for role in Role]


def _tables() -> list[str]:
    lines = [
        "## По таблицам",
        "",
        "Все — все строки её муниципалитетов; свои — те, что названы выше. Архив видят только первые три роли.",
        "",
        "| таблица | " + " | ".join(role.label for role in Role) + " |",
        "|---" * (len(Role) + 1) + "|",
    ]
    for model in CONCERNS:
        cells = [_WORDS[SIGHTS[role].of(model)] for role in Role]
        lines.append(f"| {model._meta.verbose_name_plural} | " + " | ".join(cells) + " |")
    return lines


def _keepers() -> list[str]:
    lines = [
        "## Кто что вносит и исправляет",
        "",
        "Внести, исправить, завершить и перенести в архив можно только то, что роль ведёт: служба — всё в своих",
        "муниципалитетах, психолог — все строки названных таблиц, остальные — свои (см. выше). Чтобы строка не ушла",
        "к другим, это проверяется и до правки, и после неё. Прочие роли только читают; педагог предлагает",
        "правку.",
        "",
    ]
    for role, tables in KEEPS.items():
        kept = [str(model._meta.verbose_name_plural) for model in CONCERNS if model in tables]
        lines.append(f"- **{role.label}**: {'все таблицы' if len(kept) == len(CONCERNS) else ', '.join(kept)}")
    return lines
