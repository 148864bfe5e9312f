"""What stands beside the facts: how complete they are, and tables computed from them."""

from opora.indicators.dataset.schema import Table, Time, Words, choice, date, key, number, ref, text

COVERAGE_TABLE = Table(
    "coverage",
    "Полнота",
    "За какое время таблица заполнена полностью: нет строки — значит не было. Без такой записи отсутствие строки "
    "означает «неизвестно»",
    Time.ENTITY,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        text("table", "Таблица", "Название листа или код таблицы", required=True),
        date("since", "С", "Пусто — с самого начала"),
        date("until", "По (не включая)", "Пусто — по сей день и далее"),
        choice("status", "Полнота", {"complete": "полностью", "partial": "частично"}, required=True),
    ),
    Words("запись о полноте", "записей о полноте", "имеет запись о полноте", "не имеет записи о полноте"),
)

SPELL = Table(
    "spell",
    "Работа в организации",
    "Педагогическая работа человека в одной организации, все должности вместе: с первого дня по последний",
    Time.STATE,
    (
        key(),
        ref("person", "person", "Человек", personal=True),
        ref("organisation", "organisation", "Организация"),
        date("since", "С"),
        date("until", "По (не включая)"),
        date("observed_on", "Подтверждено на"),
        date("last_day", "По какой день", "День ухода, а если работает — день подсчёта"),
    ),
    Words(
        "период работы в организации",
        "периодов работы в организациях",
        "работает в организации",
        "не работает в организации",
    ),
    start="since",
    end="until",
    observed="observed_on",
    owner="person",
    derived=True,
)

LAST_ANSWER = Table(
    "last_answer",
    "Последние ответы карт",
    "Последний ответ, который организация (или муниципалитет) дала на вопрос карты за период: за отчётный "
    "и за каждый такой же до него",
    Time.FACT,
    (
        key(),
        ref("collection", "collection", "Сбор данных"),
        ref("organisation", "organisation", "Организация", "Пусто — ответ муниципалитета"),
        text("question", "Вопрос"),
        number("value", "Значение"),
        number("base", "Из скольких"),
        date("date", "Дата ответа"),
    ),
    Words(
        "последний ответ",
        "последних ответов",
        "ответила на карту",
        "не ответила на карту",
        roles=(("collection", "имеет ответы", "не имеет ответов"),),
    ),
    start="date",
    owner="collection",
    derived=True,
)

COVERAGE = (COVERAGE_TABLE,)
DERIVED = (SPELL, LAST_ANSWER)
