"""What people show and pass on: presentations, materials, practices, projects, innovation sites, methodical themes."""

from opora.indicators.dataset.schema import Table, Time, Words, choice, date, flag, key, ref, state_dates, text
from opora.indicators.dataset.tables.choices import LEVEL, TOPIC

PRESENTATION = Table(
    "presentation",
    "Представление опыта",
    "Выступления, открытые занятия и мастер-классы, на которых человек показал свой опыт",
    Time.FACT,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        ref("event", "event", "Мероприятие"),
        ref("site", "innovation_site", "В рамках площадки"),
        choice("topic", "Направление", TOPIC),
        choice("level", "Уровень", LEVEL),
        text("title", "Тема"),
        date("date", "Дата", required=True),
    ),
    Words(
        "представление опыта",
        "представлений опыта",
        "представил опыт",
        "не представлял опыта",
        roles=(("site", "представила опыт", "не представляла опыта"),),
    ),
    start="date",
    owner="person",
)

PUBLICATION = Table(
    "publication",
    "Публикации",
    "Публикации педагогов",
    Time.FACT,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        text("title", "Название"),
        text("outlet", "Издание"),
        choice("form", "Форма", {"print": "печатное издание", "online": "интернет-сайт"}),
        choice("topic", "Направление", TOPIC),
        choice("level", "Уровень", LEVEL),
        date("date", "Дата", required=True),
    ),
    Words("публикация", "публикаций", "опубликовал материал", "не публиковал материалов"),
    start="date",
    owner="person",
)

MATERIAL = Table(
    "material",
    "Методические материалы",
    "Методические разработки и программы; кем рекомендованы и каким протоколом",
    Time.FACT,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        ref("person", "person", "Автор", personal=True),
        ref("association", "association", "Кем рекомендован", "Объединение, которое рекомендовало материал"),
        text("title", "Название", required=True),
        choice(
            "kind",
            "Вид",
            {
                "methodical": "методическая разработка",
                "lesson": "сценарий занятия",
                "training_programme": "дополнительная профессиональная программа",
                "recommendations": "методические рекомендации",
                "atlas_practice": "практика регионального атласа",
                "other": "иное",
            },
            required=True,
        ),
        flag("updated", "Обновлён", "Обновление прежнего материала; да / нет"),
        text("outlet", "Где размещён"),
        text("protocol", "Протокол", "Номер протокола, которым рекомендован"),
        date("recommended_on", "Рекомендован"),
        date("date", "Дата", required=True),
    ),
    Words(
        "методический материал",
        "методических материалов",
        "подготовил материал",
        "не готовил материалов",
        roles=(("association", "рекомендовало материалы", "не рекомендовало материалов"),),
    ),
    start="date",
)

PRACTICE = Table(
    "practice",
    "Банк практик",
    "Лучшие практики, открытые для применения",
    Time.STATE,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        ref("organisation", "organisation", "Организация"),
        ref("person", "person", "Автор", personal=True),
        text("title", "Название", required=True),
        choice("topic", "Направление", TOPIC),
        choice("level", "Уровень", LEVEL),
        text("url", "Адрес в сети"),
        *state_dates(),
    ),
    Words(
        "практика",
        "практик",
        "обобщил практику",
        "не обобщал практику",
        roles=(("organisation", "открыла практику", "не открывала практик"),),
    ),
    start="since",
    end="until",
    observed="observed_on",
)

PROJECT = Table(
    "project",
    "Проекты и программы",
    "Проекты и программы муниципалитета, организаций, объединений",
    Time.STATE,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        ref("organisation", "organisation", "Организация"),
        ref("association", "association", "Объединение"),
        text("title", "Название", required=True),
        choice("form", "Форма", {"project": "проект", "programme": "программа"}),
        choice("topic", "Направление", TOPIC),
        choice("level", "Уровень", LEVEL),
        flag("innovative", "Инновационный"),
        ref("document", "document", "Каким документом утверждён"),
        *state_dates(),
    ),
    Words(
        "проект",
        "проектов и программ",
        "реализует проект",
        "не реализует проектов",
        roles=(("association", "реализует проект", "не реализует проектов"),),
    ),
    start="since",
    end="until",
    observed="observed_on",
)

PROJECT_PARTICIPANT = Table(
    "project_participant",
    "Участники проектов",
    "Люди и организации, которые участвуют в проекте",
    Time.STATE,
    (
        key(),
        ref("project", "project", "Проект", required=True),
        ref("person", "person", "Человек", personal=True),
        ref("organisation", "organisation", "Организация"),
        *state_dates(),
    ),
    Words(
        "участие в проекте",
        "участий в проектах",
        "участвует в проекте",
        "не участвует в проектах",
        roles=(("project", "имеет участников", "не имеет участников"),),
    ),
    start="since",
    end="until",
    observed="observed_on",
    owner="project",
)

INNOVATION_SITE = Table(
    "innovation_site",
    "Площадки",
    "Инновационные, стажировочные и другие площадки, творческие лаборатории",
    Time.STATE,
    (
        key(),
        ref("organisation", "organisation", "Организация", required=True),
        choice(
            "kind",
            "Вид",
            {
                "innovation": "инновационная",
                "experimental": "экспериментальная",
                "pilot": "пилотная",
                "base": "базовая",
                "resource": "ресурсная",
                "internship": "стажировочная",
                "problem_methodical": "проблемно-методическая",
                "lab": "творческая лаборатория",
            },
            required=True,
        ),
        choice("level", "Уровень", LEVEL),
        choice("topic", "Направление", TOPIC),
        text("title", "Тема"),
        ref("document", "document", "Каким документом присвоен статус"),
        *state_dates(),
    ),
    Words("площадка", "площадок", "имеет статус площадки", "не имеет статуса площадки"),
    start="since",
    end="until",
    observed="observed_on",
    owner="organisation",
)

METHODICAL_THEME = Table(
    "methodical_theme",
    "Методические темы",
    "Над какой методической темой работает организация или объединение",
    Time.STATE,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        ref("organisation", "organisation", "Организация"),
        ref("association", "association", "Объединение"),
        text("title", "Тема", required=True),
        *state_dates(),
    ),
    Words(
        "методическая тема", "методических тем", "работает над методической темой", "не работает над методической темой"
    ),
    start="since",
    end="until",
    observed="observed_on",
)

TABLES = (
    PRESENTATION,
    PUBLICATION,
    MATERIAL,
    PRACTICE,
    PROJECT,
    PROJECT_PARTICIPANT,
    INNOVATION_SITE,
    METHODICAL_THEME,
)
