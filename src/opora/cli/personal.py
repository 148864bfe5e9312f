"""``opora person``: what the law lets a person ask for: all that is held on her, and its destruction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opora.cli.options import command, municipality_option
from opora.cli.registry import whoever_runs_this
from opora.cli.screen import Screen

if TYPE_CHECKING:
    from opora.people.models import Person

GROUNDS = ("retention", "withdrawal", "unlawful")
"""Kept here too, because a help page must not wait for Django to be imported."""


@click.group(
    "person",
    options_metavar="[ПАРАМЕТРЫ]",
    subcommand_metavar="КОМАНДА …",
    short_help="данные о человеке: выгрузить, уничтожить",
)
def person() -> None:
    """Данные о человеке: выгрузить всё, что о нём хранится, или уничтожить с актом."""


_who = click.argument("who", metavar="ЧЕЛОВЕК", help="Номер карточки, её код или фамилия с именем.")


@command("export", short_help="выгрузить всё, что хранится о человеке")
@_who
@municipality_option(required=True)
@click.option("--out", metavar="ПАПКА", required=True, type=click.Path(file_okay=False, path_type=Path))
def export(who: str, municipality: str, out: Path) -> None:
    """Выгрузить всё, что хранится о человеке: книгу Excel для него и JSON для программ.

    В них его строки всех таблиц, кто и что в них менял, кто читал его карточку. Другие люди не названы. Отдавайте файлы
    только самому человеку.

    \b
    opora person export "Иванова Анна" --municipality strezhevoy --out выдача
    """
    from django.utils.timezone import localtime

    from opora.cli.writing import see_that_one_can_write, whole_folder
    from opora.site.setup import start

    see_that_one_can_write(out)
    start()
    from opora.papers.held import write_held_json, write_held_workbook
    from opora.privacy.held import held_on
    from opora.registry.scope import scope

    with scope(_territories(municipality), whoever_runs_this()):
        held = held_on(_found(who).pk, localtime())
    with whole_folder(out) as folder:
        write_held_workbook(held, folder / "персональные данные.xlsx")
        write_held_json(held, folder / "персональные данные.json")
    Screen().say(f"Записано: {out}")


@command("destroy", short_help="уничтожить всё, что хранится о человеке, с актом")
@_who
@municipality_option(required=True)
@click.option(
    "--ground",
    metavar="ОСНОВАНИЕ",
    required=True,
    type=click.Choice(GROUNDS),
    help="retention — истёк срок хранения; withdrawal — отозвано согласие; unlawful — обработка неправомерна.",
)
@click.option(
    "--out", metavar="ПАПКА", required=True, type=click.Path(file_okay=False, path_type=Path), help="Куда записать акт."
)
@click.option("--operator", metavar="НАЗВАНИЕ", help="Оператор, как назвать его в акте; без него — муниципалитет.")
@click.option("--address", metavar="АДРЕС", default="", help="Адрес оператора; без него впишите от руки.")
@click.option(
    "--signer", "signers", metavar="ФИО", multiple=True, help="Кто уничтожил: ФИО и должность; можно несколько."
)
def destroy(
    who: str, municipality: str, ground: str, out: Path, operator: str | None, address: str, signers: tuple[str, ...]
) -> None:
    """Уничтожить всё, что хранится о человеке: строки, учётную запись, содержание журналов. Вернуть нельзя.

    Пишет акт и выгрузку из журнала (приказ Роскомнадзора № 179): распечатайте, подпишите и храните 3 года. Строки о
    других людях остаются, но без него. Числа утверждённых отчётов не меняются.

    \b
    opora person destroy 4711 --municipality strezhevoy --ground retention --out акты
    """
    from opora.cli.trouble import Faulty
    from opora.cli.writing import see_that_one_can_write
    from opora.site.setup import start

    see_that_one_can_write(out)
    start()
    from django.utils.timezone import localdate

    from opora.papers.act import ACT, EXTRACT, Operator, write_act
    from opora.privacy.destruction import Destroyed
    from opora.privacy.destruction import destroy as destroy_person
    from opora.privacy.models.destruction import Ground
    from opora.privacy.sealing import seal, verify
    from opora.registry.scope import scope
    from opora.registry.verbs import Refused
    from opora.snapshot.territories import territory

    by, within = whoever_runs_this(), _territories(municipality)
    with scope(within, by):
        card = _found(who)
    _confirm(card)
    seal()
    answering = Operator(operator or territory(municipality).title, address, signers)
    folder = out / f"карточка {card.pk}"

    def write(destroyed: Destroyed) -> None:
        folder.mkdir(parents=True)
        write_act(destroyed, answering, folder)

    try:
        destroy_person(card.pk, within=within, ground=Ground(ground), by=by, today=localdate(), told=write)
    except Refused as refused:
        raise Faulty("\n".join(f"{fault.message}. {fault.mend}" for fault in refused.faults)) from refused
    _forget_what_may_name_her(within)
    seal()
    screen = Screen()
    screen.say(f"Уничтожено. Подпишите и храните 3 года: {folder / ACT}, {folder / EXTRACT}")
    broken = verify()
    screen.say("Журналы целы." if not broken else "Журналы не целы: opora trail verify")


def _forget_what_may_name_her(within: list[int]) -> None:
    """A snapshot, a breakdown by person, files that wait to be taken in."""
    from django.utils.timezone import now

    from opora.intake.domain.forgetting import forget
    from opora.snapshot.kept import forget_kept
    from opora.snapshot.values import forget_values

    forget_kept()
    forget_values(now())
    forget(now(), within)


def _confirm(card: Person) -> None:
    """The name is typed, so that a slip in a number destroys nobody."""
    from opora.registry.batch.words import described

    asked = card.last_name or str(card.pk)
    click.echo(f"Будет уничтожено всё о человеке: {described(card)}, карточка {card.pk}. Вернуть это нельзя.", err=True)
    typed = click.prompt("Чтобы подтвердить, наберите " + ("фамилию" if card.last_name else "номер карточки"), err=True)
    if typed.strip().casefold() != asked.casefold():
        raise click.UsageError("Не подтверждено: ничего не уничтожено")


def _territories(municipality: str) -> list[int]:
    """The municipality and all in it."""
    from opora.snapshot.territories import territory, with_all_inside

    return [each.pk for each in with_all_inside(territory(municipality))]


def _found(who: str) -> Person:
    """Of the living cards that are seen: by number, by code, by the beginning of the name."""
    from django.db.models import Q, TextField, Value
    from django.db.models.functions import Concat

    from opora.people.models import Person
    from opora.registry.batch.words import described

    named = Concat("last_name", Value(" "), "first_name", Value(" "), "patronymic", output_field=TextField())
    cards = Person.objects.filter(archived_at__isnull=True).alias(named=named)
    asked = Q(named__istartswith=" ".join(who.split())) | Q(key=who)
    if who.isdecimal():
        asked |= Q(pk=int(who))
    found = list(cards.filter(asked).order_by("last_name", "first_name", "pk")[:20])
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.BadParameter(f"Карточки «{who}» нет", param_hint="ЧЕЛОВЕК")
    lines = [f"  {described(card)}: {card.pk}" for card in found]
    raise click.BadParameter(
        "\n".join([f"По «{who}» нашлось: {len(found)}. Назовите номер карточки:", *lines]), param_hint="ЧЕЛОВЕК"
    )


for _command in (export, destroy):
    person.add_command(_command)
