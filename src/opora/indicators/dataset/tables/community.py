"""What people do together: associations and their meetings, events, contests."""

from opora.indicators.dataset.schema import (
    Table,
    Time,
    Words,
    choice,
    date,
    flag,
    key,
    ref,
    state_dates,
    text,
)
from opora.indicators.dataset.tables.choices import COMPETITION_RESULT, LEVEL, TOPIC

ASSOCIATION = Table(
    "association",
    "Объединения",
    "Методические объединения и профессиональные сообщества",
    Time.STATE,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        ref("organisation", "organisation", "Организация", "Если объединение внутри организации"),
        text("title", "Название", required=True),
        choice(
            "kind",
            "Вид",
            {
                "subject": "предметное",
                "intersubject": "межпредметное",
                "metasubject": "метапредметное",
                "young_school": "школа молодого педагога",
                "creative_group": "творческая группа",
                "council": "совет, актив",
                "professional_association": "ассоциация",
                "club": "клуб",
                "community": "профессиональное сообщество",
            },
            required=True,
        ),
        choice("level", "Уровень", LEVEL, required=True),
        flag("network", "Сетевое", "Объединяет несколько организаций сетевым договором; да / нет"),
        flag("online", "В сети Интернет"),
        ref("head", "person", "Руководитель", personal=True),
        text("theme", "Тема"),
        *state_dates(),
    ),
    Words(
        "объединение",
        "объединений",
        "имеет объединение",
        "не имеет объединения",
        roles=(("head", "руководит объединением", "не руководит объединением"),),
    ),
    start="since",
    end="until",
    observed="observed_on",
)

MEMBERSHIP = Table(
    "membership",
    "Состав объединений",
    "Кто входит в объединение",
    Time.STATE,
    (
        key(),
        ref("association", "association", "Объединение", required=True),
        ref("person", "person", "Человек", required=True, personal=True),
        *state_dates(),
    ),
    Words(
        "участие в объединении",
        "участий в объединениях",
        "состоит в объединении",
        "не состоит в объединении",
        roles=(("association", "имеет участников", "не имеет участников"),),
    ),
    start="since",
    end="until",
    observed="observed_on",
    owner="person",
)

MEETING = Table(
    "meeting",
    "Заседания",
    "Заседания объединений",
    Time.FACT,
    (
        key(),
        ref("association", "association", "Объединение", required=True),
        text("topic", "Тема"),
        choice("subject_matter", "Направление", TOPIC),
        text("protocol", "Номер протокола"),
        date("date", "Дата", required=True),
    ),
    Words("заседание", "заседаний", "провело заседания", "не проводило заседаний"),
    start="date",
    owner="association",
)

ATTENDANCE = Table(
    "attendance",
    "Посещение",
    "Кто был на заседании",
    Time.FACT,
    (
        key(),
        ref("meeting", "meeting", "Заседание", required=True),
        ref("person", "person", "Человек", required=True, personal=True),
        flag("present", "Присутствовал"),
        date("date", "Дата", required=True),
    ),
    Words(
        "посещение заседания",
        "посещений заседаний",
        "посетил заседание",
        "не посещал заседаний",
        roles=(("meeting", "имеет отметки о явке", "не имеет отметок о явке"),),
    ),
    start="date",
    owner="person",
)

EVENT = Table(
    "event",
    "Мероприятия",
    "Семинары, конференции, мастер-классы, совещания и другие мероприятия",
    Time.FACT,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        ref("organisation", "organisation", "На базе организации"),
        ref("association", "association", "Организовано объединением"),
        ref("project", "project", "В рамках проекта"),
        text("title", "Название", required=True),
        choice(
            "kind",
            "Вид",
            {
                "seminar": "семинар",
                "conference": "конференция",
                "august_conference": "августовская конференция",
                "master_class": "мастер-класс",
                "open_lesson": "открытый урок",
                "meeting_of_heads": "совещание",
                "round_table": "круглый стол",
                "webinar": "вебинар",
                "internship": "стажировка",
                "festival": "фестиваль",
                "methodical_day": "методический день",
                "training_session": "тренинг",
                "other": "иное",
            },
            required=True,
        ),
        choice("topic", "Направление", TOPIC),
        choice("level", "Уровень", LEVEL),
        choice(
            "audience",
            "Для кого",
            {
                "all": "для всех",
                "young": "молодые педагоги",
                "mentors": "наставники",
                "managers": "руководители",
                "methodists": "методисты и кураторы",
            },
        ),
        date("date", "Дата", required=True),
    ),
    Words(
        "мероприятие",
        "мероприятий",
        "провело мероприятие",
        "не проводило мероприятий",
        roles=(
            ("organisation", "проводила мероприятия", "не проводила мероприятий"),
            ("association", "провело мероприятия", "не проводило мероприятий"),
        ),
    ),
    start="date",
)

PARTICIPATION = Table(
    "participation",
    "Участие в мероприятиях",
    "Кто участвовал в мероприятии и в какой роли",
    Time.FACT,
    (
        key(),
        ref("event", "event", "Мероприятие", required=True),
        ref("person", "person", "Человек", required=True, personal=True),
        choice(
            "role",
            "Роль",
            {
                "listener": "слушатель",
                "speaker": "выступающий",
                "organiser": "организатор",
                "expert": "эксперт",
            },
        ),
        date("date", "Дата", required=True),
    ),
    Words(
        "участие в мероприятии",
        "участий в мероприятиях",
        "участвовал в мероприятии",
        "не участвовал в мероприятиях",
        roles=(("event", "имеет участников", "не имеет участников"),),
    ),
    start="date",
    owner="person",
)

CONTEST = Table(
    "contest",
    "Конкурсы",
    "Профессиональные конкурсы и конкурсы на гранты",
    Time.FACT,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", "Кто проводит; пусто — внешний конкурс"),
        text("title", "Название", required=True),
        choice(
            "kind",
            "Вид",
            {
                "skill": "профессионального мастерства",
                "materials": "методических разработок",
                "mentoring": "в области наставничества",
                "grant": "на получение гранта",
                "festival": "фестиваль",
                "other": "иной",
            },
            required=True,
        ),
        choice("level", "Уровень", LEVEL),
        flag("status", "Статусный", "Входит в перечень статусных конкурсов; да / нет"),
        text("award", "Премия", "Какая премия или грант присуждается"),
        date("date", "Дата", required=True),
    ),
    Words("конкурс", "конкурсов", "проводит конкурс", "не проводит конкурсов"),
    start="date",
)

CONTEST_ENTRY = Table(
    "contest_entry",
    "Участие в конкурсах",
    "Заявка человека, команды или организации на конкурс и её итог",
    Time.FACT,
    (
        key(),
        ref("contest", "contest", "Конкурс", required=True),
        ref("person", "person", "Человек", personal=True),
        ref("team", "team", "Команда"),
        ref("organisation", "organisation", "Организация"),
        choice("result", "Итог", COMPETITION_RESULT, personal=True),
        date("date", "Дата", required=True),
    ),
    Words(
        "участие в конкурсе",
        "участий в конкурсах",
        "участвовал в конкурсе",
        "не участвовал в конкурсах",
        roles=(
            ("organisation", "участвовала в конкурсе", "не участвовала в конкурсах"),
            ("team", "участвовала в конкурсе", "не участвовала в конкурсах"),
            ("contest", "имеет участников", "не имеет участников"),
        ),
    ),
    start="date",
    owner="contest",
)

TABLES = (
    ASSOCIATION,
    MEMBERSHIP,
    MEETING,
    ATTENDANCE,
    EVENT,
    PARTICIPATION,
    CONTEST,
    CONTEST_ENTRY,
)
