"""What a person learns: diagnostics, deficits, routes, training, mentoring, adaptation."""

from opora.indicators.dataset.schema import (
    Table,
    Time,
    Words,
    choice,
    date,
    flag,
    key,
    number,
    ref,
    state_dates,
    text,
)
from opora.indicators.dataset.tables.choices import AREA, LEVEL

INSTRUMENT = Table(
    "instrument",
    "Инструменты диагностики",
    "Чем измеряли: методика, кто её проводит, пороги уровней",
    Time.ENTITY,
    (
        key(),
        text("title", "Название", required=True),
        choice(
            "origin",
            "Происхождение",
            {
                "federal": "федеральная диагностика",
                "regional_centre": "региональный центр",
                "own": "своя методика службы",
                "self_rating": "самооценка",
                "visit": "посещение занятий",
            },
        ),
        choice("level", "Уровень", LEVEL),
        flag("independent", "Независимая оценка"),
        text("thresholds", "Пороги уровней"),
    ),
    Words(
        "инструмент диагностики",
        "инструментов диагностики",
        "измерено инструментом",
        "не измерено инструментом",
    ),
)

DIAGNOSTIC_RESULT = Table(
    "diagnostic_result",
    "Результаты диагностики",
    "Результат человека по одной области компетенций",
    Time.FACT,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        ref("instrument", "instrument", "Инструмент"),
        choice("measures", "Что измерено", AREA, personal=True),
        text("subject", "Предмет"),
        number("score", "Балл", personal=True),
        choice(
            "level",
            "Уровень",
            {"low": "низкий", "medium": "средний", "high": "высокий"},
            personal=True,
        ),
        date("date", "Дата", required=True),
    ),
    Words("результат диагностики", "результатов диагностики", "прошёл диагностику", "не проходил диагностику"),
    start="date",
    owner="person",
)

DEFICIT = Table(
    "deficit",
    "Дефициты",
    "Профессиональный дефицит: чего человеку не хватает, когда выявлено и когда устранено",
    Time.STATE,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        ref("diagnostic_result", "diagnostic_result", "Результат диагностики", personal=True),
        choice("area", "Область", AREA, personal=True),
        text("subject", "Предмет"),
        text("topic", "Тема", personal=True),
        date("found_on", "Выявлен", "Дата, когда дефицит выявлен"),
        date("closed_on", "Устранён", "Дата, когда дефицит признан устранённым; пусто — не устранён"),
    ),
    Words(
        "профессиональный дефицит",
        "профессиональных дефицитов",
        "имеет профессиональный дефицит",
        "не имеет профессионального дефицита",
        roles=(("diagnostic_result", "выявил дефицит", "не выявил дефицита"),),
    ),
    start="found_on",
    end="closed_on",
    owner="person",
)

ROUTE = Table(
    "route",
    "ИОМ",
    "Индивидуальный образовательный маршрут",
    Time.STATE,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        choice(
            "basis",
            "На основании",
            {
                "diagnostics": "результатов диагностики",
                "deficits": "выявленных дефицитов",
                "request": "запроса педагога",
            },
        ),
        ref("tutor", "person", "Тьютор", personal=True),
        date("approved_on", "Утверждён"),
        *state_dates(),
    ),
    Words(
        "индивидуальный образовательный маршрут",
        "индивидуальных образовательных маршрутов",
        "имеет ИОМ",
        "не имеет ИОМ",
        roles=(("tutor", "ведёт ИОМ как тьютор", "не ведёт ИОМ как тьютор"),),
    ),
    start="since",
    end="until",
    observed="observed_on",
    owner="person",
)

ROUTE_STEP = Table(
    "route_step",
    "Шаги ИОМ",
    "Что предусмотрено маршрутом и что уже сделано",
    Time.FACT,
    (
        key(),
        ref("route", "route", "ИОМ", required=True),
        ref("deficit", "deficit", "Дефицит"),
        text("title", "Содержание"),
        date("due", "Срок", required=True),
        date("done_on", "Выполнено"),
    ),
    Words("шаг маршрута", "шагов маршрутов", "имеет шаг маршрута", "не имеет шага маршрута"),
    start="due",
    owner="route",
)

SUPPORT = Table(
    "support",
    "Сопровождение",
    "Консультации, адресная помощь, персональное и психологическое сопровождение",
    Time.FACT,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        ref("route", "route", "ИОМ"),
        ref("by", "person", "Кто оказал", personal=True),
        choice(
            "kind",
            "Вид",
            {
                "consultation": "консультация",
                "addressed": "адресная методическая поддержка",
                "personal": "персональное сопровождение",
                "psychological": "психолого-педагогическая поддержка",
            },
            required=True,
            personal=True,
        ),
        text("topic", "Тема"),
        date("date", "Дата", required=True),
    ),
    Words(
        "оказанная поддержка",
        "случаев поддержки",
        "получил поддержку",
        "не получал поддержки",
        roles=(
            ("by", "оказал поддержку", "не оказывал поддержки"),
            ("route", "сопровождался поддержкой", "не сопровождался поддержкой"),
        ),
    ),
    start="date",
    owner="person",
)

TRAINING_PROGRAMME = Table(
    "training_programme",
    "Программы ДПО",
    "Дополнительные профессиональные программы",
    Time.ENTITY,
    (
        key(),
        text("title", "Название", required=True),
        choice("kind", "Вид", {"pk": "повышение квалификации", "pp": "профессиональная переподготовка"}, required=True),
        number("hours", "Часов"),
        choice(
            "topic",
            "Тематика",
            {
                "subject": "предметная",
                "methods": "методика преподавания",
                "updated_standards": "обновлённые ФГОС",
                "functional_literacy": "функциональная грамотность",
                "digital": "цифровая образовательная среда",
                "activity_approach": "деятельностный подход",
                "mentoring": "наставничество",
                "team": "управленческие команды",
                "management": "менеджмент в образовании",
                "methodical_work": "методическая работа",
                "inclusion": "дети с ОВЗ",
                "upbringing": "воспитание",
                "psychology": "психология",
                "pedagogy": "педагогика",
                "other": "иная",
            },
        ),
        text("provider", "Кто обучает"),
        choice(
            "provider_kind",
            "Вид обучающей организации",
            {
                "professional_centre": "центр непрерывного повышения профессионального мастерства",
                "institute": "институт развития образования",
                "university": "вуз",
                "college": "колледж",
                "own": "своя организация",
                "other": "иная",
            },
        ),
        flag("addressed", "Адресная", "Составлена под дефициты; да / нет"),
        choice(
            "register",
            "В реестре",
            {"federal": "федеральный реестр", "regional": "региональный реестр", "none": "не входит"},
        ),
        date("register_since", "В реестре с"),
        date("register_until", "В реестре по (не включая)"),
        text(
            "federal_project",
            "Федеральный проект или программа",
            "Пусто — вне федеральных проектов; «нет» писать не нужно",
        ),
        flag("federal_priority", "Приоритетная федеральная", "В рамках приоритетного федерального проекта; да / нет"),
    ),
    Words("программа ДПО", "программ ДПО", "имеет программу", "не имеет программы"),
)

TRAINING_PLAN = Table(
    "training_plan",
    "Планы курсов",
    "План повышения квалификации муниципалитета или организации",
    Time.STATE,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        ref("organisation", "organisation", "Организация", "Пусто — муниципальный план"),
        text("title", "Название"),
        date("approved_on", "Утверждён"),
        *state_dates(),
    ),
    Words("план повышения квалификации", "планов повышения квалификации", "имеет план курсов", "не имеет плана курсов"),
    start="since",
    end="until",
    observed="observed_on",
)

TRAINING_REQUEST = Table(
    "training_request",
    "Заявки на курсы",
    "Строка плана курсов: кого, чему и когда учить",
    Time.FACT,
    (
        key(),
        ref("plan", "training_plan", "План", required=True),
        ref("person", "person", "Человек", required=True, personal=True),
        ref("programme", "training_programme", "Программа"),
        ref("deficit", "deficit", "Дефицит", "Под какой дефицит запланировано", personal=True),
        date("due", "Плановый срок", required=True),
        flag("withdrawn", "Снята", "Заявка снята; да / нет"),
        text("reason", "Причина снятия"),
    ),
    Words(
        "строка плана курсов",
        "строк плана курсов",
        "включён в план курсов",
        "не включён в план курсов",
        roles=(
            ("plan", "содержит строки", "не содержит строк"),
            ("deficit", "учтён в плане курсов", "не учтён в плане курсов"),
        ),
    ),
    start="due",
    owner="plan",
)

TRAINING = Table(
    "training",
    "Обучение",
    "Освоенные программы повышения квалификации и переподготовки",
    Time.FACT,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        ref("programme", "training_programme", "Программа", required=True),
        ref("request", "training_request", "Строка плана", "Если обучение было в плане"),
        ref("deficit", "deficit", "Дефицит", "Под какой дефицит подобрано", personal=True),
        date("started", "Начато"),
        date("completed", "Завершено", "Дата документа об окончании"),
        flag("passed", "Документ получен", personal=True),
        choice("form", "Форма", {"in_person": "очная", "distance": "дистанционная", "mixed": "смешанная"}),
        text("document_number", "Номер документа", personal=True),
    ),
    Words(
        "обучение",
        "случаев обучения",
        "прошёл обучение",
        "не проходил обучения",
        roles=(
            ("request", "выполнена обучением", "не выполнена обучением"),
            ("deficit", "закрывается обучением", "не закрывается обучением"),
            ("programme", "освоена на обучении", "не освоена на обучении"),
        ),
    ),
    start="completed",
    owner="person",
    unique=(("document_number",),),
)

MENTORSHIP = Table(
    "mentorship",
    "Наставничество",
    "Пара «наставник — наставляемый»",
    Time.STATE,
    (
        key(),
        ref("mentor", "person", "Наставник", required=True, personal=True),
        ref("mentee", "person", "Наставляемый", required=True, personal=True),
        choice(
            "form",
            "Форма",
            {
                "pair": "педагог — педагог",
                "group": "групповая",
                "leader": "руководитель — педагог",
                "reverse": "реверсивная",
                "student": "работодатель — студент",
            },
        ),
        flag("network", "Сетевое", "Наставник из другой организации; да / нет"),
        flag("consent", "Согласие получено", personal=True),
        ref("order", "document", "Приказ"),
        ref("programme", "document", "Персонализированная программа"),
        choice(
            "result",
            "Итог",
            {"achieved": "цели достигнуты", "partly": "достигнуты частично", "not_achieved": "не достигнуты"},
            personal=True,
        ),
        *state_dates(),
    ),
    Words(
        "наставническая пара",
        "наставнических пар",
        "участвует в наставничестве",
        "не участвует в наставничестве",
        roles=(
            ("mentee", "имеет наставника", "не имеет наставника"),
            ("mentor", "является наставником", "не является наставником"),
            ("programme", "реализуется в паре", "не реализуется ни в одной паре"),
        ),
    ),
    start="since",
    end="until",
    observed="observed_on",
    owner="mentee",
)

ADAPTATION = Table(
    "adaptation",
    "Адаптация",
    "Заключение об адаптации молодого педагога",
    Time.FACT,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        ref("organisation", "organisation", "Организация"),
        choice(
            "result",
            "Заключение",
            {"adapted": "адаптация успешна", "partly": "адаптация неполная", "not_adapted": "не адаптирован"},
            required=True,
            personal=True,
        ),
        date("date", "Дата", required=True),
    ),
    Words(
        "заключение об адаптации",
        "заключений об адаптации",
        "получил заключение об адаптации",
        "не получал заключения об адаптации",
    ),
    start="date",
    owner="person",
)

TABLES = (
    INSTRUMENT,
    DIAGNOSTIC_RESULT,
    DEFICIT,
    ROUTE,
    ROUTE_STEP,
    SUPPORT,
    TRAINING_PROGRAMME,
    TRAINING_PLAN,
    TRAINING_REQUEST,
    TRAINING,
    MENTORSHIP,
    ADAPTATION,
)
