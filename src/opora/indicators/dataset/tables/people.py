"""Who works where: territories, organisations, people, jobs, education, attestation, vacancies."""

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
from opora.indicators.dataset.tables.choices import (
    EMPLOYMENT_KIND,
    LEVEL,
    ORGANISATION_KIND,
    POST,
    STAFF_GROUP,
)

TERRITORY = Table(
    "territory",
    "Территории",
    "Страна, регионы и муниципалитеты",
    Time.ENTITY,
    (
        key(),
        text("title", "Название", required=True),
        choice(
            "kind",
            "Вид",
            {"country": "страна", "region": "регион", "municipality": "муниципалитет"},
            required=True,
        ),
        ref("parent", "territory", "Входит в"),
    ),
    Words("территория", "территорий", "имеет территории", "не имеет территорий"),
)

ORGANISATION = Table(
    "organisation",
    "Организации",
    "Образовательные и иные организации; закрытая остаётся в таблице с датой закрытия",
    Time.STATE,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        text("title", "Название", required=True),
        choice("kind", "Вид", ORGANISATION_KIND, required=True),
        *state_dates(),
    ),
    Words("организация", "организаций", "имеет организации", "не имеет организаций"),
    start="since",
    end="until",
    observed="observed_on",
)

ORGANISATION_STATUS = Table(
    "organisation_status",
    "Статусы организаций",
    "Отнесение организации к группе: школа с низкими результатами, школа-лидер и другие",
    Time.STATE,
    (
        key(),
        ref("organisation", "organisation", "Организация", required=True),
        choice(
            "status",
            "Статус",
            {
                "low_results": "школа с низкими результатами",
                "leading": "школа-лидер",
                "supported": "под методическим сопровождением",
                "other": "иной",
            },
            required=True,
        ),
        *state_dates(),
    ),
    Words("статус", "статусов", "имеет статус", "не имеет статуса"),
    start="since",
    end="until",
    observed="observed_on",
    owner="organisation",
)

PERSON = Table(
    "person",
    "Люди",
    "Работники системы образования; человек один, сколько бы мест работы у него ни было",
    Time.ENTITY,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", "Кто ведёт карточку", required=True),
        text("last_name", "Фамилия", personal=True),
        text("first_name", "Имя", personal=True),
        text("patronymic", "Отчество", personal=True),
        date("born", "Дата рождения", personal=True),
        choice("sex", "Пол", {"female": "женский", "male": "мужской"}, personal=True),
        date(
            "career_start",
            "Начало педагогической работы",
            "Дата, от которой считается педагогический стаж",
            personal=True,
        ),
    ),
    Words("человек", "человек", "есть в списке", "нет в списке"),
)

EMPLOYMENT = Table(
    "employment",
    "Работа",
    "Места работы: каждая должность отдельной строкой",
    Time.STATE,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        ref("organisation", "organisation", "Организация", required=True),
        choice("staff_group", "Категория работников", STAFF_GROUP, required=True),
        choice("post", "Должность", POST, required=True),
        text("position", "Должность по штатному расписанию"),
        choice("kind", "Вид работы", EMPLOYMENT_KIND),
        number("rate", "Ставка", "1 — полная ставка"),
        *state_dates(),
    ),
    Words(
        "место работы",
        "мест работы",
        "работает",
        "не работает",
        roles=(("organisation", "имеет работников", "не имеет работников"),),
    ),
    start="since",
    end="until",
    observed="observed_on",
    owner="person",
)

LEAVE = Table(
    "leave",
    "Отпуска",
    "Длительное отсутствие: отпуск по уходу за ребёнком, длительный отпуск до года",
    Time.STATE,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        choice(
            "kind",
            "Вид",
            {"childcare": "по уходу за ребёнком", "long": "длительный отпуск", "other": "иное отсутствие"},
            personal=True,
        ),
        *state_dates(),
    ),
    Words("отпуск", "отпусков", "находится в длительном отпуске", "не находится в длительном отпуске"),
    start="since",
    end="until",
    observed="observed_on",
    owner="person",
)

TEACHING = Table(
    "teaching",
    "Преподавание",
    "Кто какой предмет ведёт: тарификация",
    Time.STATE,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        ref("organisation", "organisation", "Организация", required=True),
        text("subject", "Предмет", required=True),
        text("classes", "Классы"),
        number("hours", "Часов в неделю"),
        *state_dates(),
    ),
    Words("преподаваемый предмет", "преподаваемых предметов", "ведёт предмет", "не ведёт предмета"),
    start="since",
    end="until",
    observed="observed_on",
    owner="person",
)

STAFFING = Table(
    "staffing",
    "Штат",
    "Ставки по штатному расписанию: сколько есть и сколько занято, по должностям и предметам",
    Time.STATE,
    (
        key(),
        ref("organisation", "organisation", "Организация", required=True),
        choice("post", "Должность", POST),
        text("subject", "Предмет"),
        number("planned_rate", "Ставок по штату"),
        number("filled_rate", "Занято ставок"),
        *state_dates(),
    ),
    Words("строка штата", "строк штата", "имеет штат", "не имеет штата"),
    start="since",
    end="until",
    observed="observed_on",
    owner="organisation",
)

VACANCY = Table(
    "vacancy",
    "Вакансии",
    "Открытые вакансии; закрытая остаётся с датой закрытия",
    Time.STATE,
    (
        key(),
        ref("organisation", "organisation", "Организация", required=True),
        choice("post", "Должность", POST, required=True),
        choice("staff_group", "Категория работников", STAFF_GROUP),
        text("subject", "Предмет"),
        number("rate", "Ставка"),
        *state_dates(),
    ),
    Words("вакансия", "вакансий", "имеет вакансии", "не имеет вакансий"),
    start="since",
    end="until",
    observed="observed_on",
    owner="organisation",
)

EXPERIENCE = Table(
    "experience",
    "Стаж",
    "Стаж, как он заявлен на дату (на странице школы, в личном деле)",
    Time.FACT,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        choice(
            "kind",
            "Вид стажа",
            {"total": "общий", "pedagogical": "педагогический", "position": "в должности"},
            required=True,
            personal=True,
        ),
        number("years", "Лет", whole=True, personal=True),
        date("date", "На дату", required=True),
    ),
    Words("запись о стаже", "записей о стаже", "имеет запись о стаже", "не имеет записи о стаже"),
    start="date",
    owner="person",
)

EDUCATION = Table(
    "education",
    "Образование",
    "Документы об образовании; полученное образование остаётся с человеком",
    Time.STATE,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        choice(
            "level",
            "Уровень",
            {
                "secondary": "среднее общее",
                "vocational": "среднее профессиональное",
                "higher": "высшее",
                "degree": "учёная степень",
            },
            personal=True,
        ),
        text("speciality", "Специальность", personal=True),
        text("qualification", "Квалификация", personal=True),
        flag("pedagogical", "Педагогическое", personal=True),
        text("institution", "Учебное заведение", personal=True),
        date("date", "Дата окончания", personal=True),
        date("observed_on", "Подтверждено на", "День, на который документ уже был, если дата окончания неизвестна"),
    ),
    Words("образование", "документов об образовании", "имеет образование", "не имеет образования"),
    start="date",
    observed="observed_on",
    owner="person",
)

PROFILE_MATCH = Table(
    "profile_match",
    "Профиль",
    "Соответствует ли специальность предмету; спорные случаи решает методист",
    Time.ENTITY,
    (
        key(),
        text("speciality", "Специальность", required=True),
        text("subject", "Предмет", required=True),
        flag("fits", "Соответствует"),
        text("ruled_by", "Кем решено"),
    ),
    Words(
        "решение о профиле",
        "решений о профиле",
        "отнесено к профилю решением",
        "не отнесено к профилю решением",
    ),
    unique=(("speciality", "subject"),),
)

ATTESTATION = Table(
    "attestation",
    "Аттестация",
    "Квалификационные категории и соответствие занимаемой должности; с 01.09.2023 категория бессрочна",
    Time.STATE,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        choice("post", "Должность", POST),
        choice(
            "category",
            "Категория",
            {
                "conformity": "соответствие занимаемой должности",
                "nonconformity": "несоответствие занимаемой должности",
                "first": "первая",
                "highest": "высшая",
                "methodist": "педагог-методист",
                "mentor": "педагог-наставник",
            },
            required=True,
            personal=True,
        ),
        *state_dates(),
    ),
    Words("результат аттестации", "результатов аттестации", "аттестован", "не аттестован"),
    start="since",
    end="until",
    observed="observed_on",
    owner="person",
)

TEAM = Table(
    "team",
    "Команды",
    "Управленческие команды, коллективы, проектные и творческие группы",
    Time.STATE,
    (
        key(),
        ref("organisation", "organisation", "Организация", required=True),
        text("title", "Название"),
        choice(
            "kind",
            "Вид",
            {
                "management": "управленческая команда",
                "collective": "коллектив (команда педагогов)",
                "project": "проектная группа",
                "creative": "творческая группа",
                "design": "проектировочная группа",
                "problem": "проблемная группа",
            },
            required=True,
        ),
        text("topic", "Тема"),
        ref("methodical_theme", "methodical_theme", "Методическая тема"),
        *state_dates(),
    ),
    Words("команда", "команд", "имеет команду", "не имеет команды"),
    start="since",
    end="until",
    observed="observed_on",
    owner="organisation",
)

TEAM_MEMBER = Table(
    "team_member",
    "Состав команд",
    "Кто входит в команду",
    Time.STATE,
    (
        key(),
        ref("team", "team", "Команда", required=True),
        ref("person", "person", "Человек", required=True, personal=True),
        text("role", "Роль"),
        *state_dates(),
    ),
    Words(
        "участие в команде",
        "участий в командах",
        "входит в команду",
        "не входит в команду",
        roles=(("team", "имеет в составе людей", "не имеет в составе людей"),),
    ),
    start="since",
    end="until",
    observed="observed_on",
    owner="person",
)

RESPONSIBILITY = Table(
    "responsibility",
    "Ответственные",
    "Кто за что отвечает и каким приказом назначен: кураторы, ответственные от организаций",
    Time.STATE,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        ref("organisation", "organisation", "Организация"),
        choice(
            "area",
            "Направление",
            {
                "methodical_work": "методическая работа",
                "mentoring": "наставничество",
                "young_educators": "молодые педагоги",
                "training": "повышение квалификации",
                "innovation": "инновационная деятельность",
                "attestation": "аттестация",
                "other": "иное",
            },
            required=True,
        ),
        ref("document", "document", "Приказ"),
        *state_dates(),
    ),
    Words(
        "назначение ответственного",
        "назначений ответственных",
        "назначен ответственным",
        "не назначен ответственным",
        roles=(("organisation", "имеет ответственного", "не имеет ответственного"),),
    ),
    start="since",
    end="until",
    observed="observed_on",
    owner="person",
)

EXPERT_ROLE = Table(
    "expert_role",
    "Роли экспертов",
    "Роли на время: эксперт, член жюри, муниципальный тьютор, кадровый резерв",
    Time.STATE,
    (
        key(),
        ref("person", "person", "Человек", required=True, personal=True),
        choice(
            "role",
            "Роль",
            {
                "expert": "эксперт",
                "jury": "член жюри",
                "municipal_tutor": "муниципальный тьютор",
                "mentor_tutor": "наставник-тьютор",
                "lecturer": "преподаватель курсов",
                "reserve": "кадровый резерв",
            },
            required=True,
        ),
        choice(
            "area",
            "Область",
            {
                "final_exams": "ГИА",
                "training": "курсы повышения квалификации",
                "contests": "профессиональные конкурсы",
                "attestation": "аттестация",
                "methodical_work": "методическая работа",
                "other": "иное",
            },
        ),
        choice("level", "Уровень", LEVEL),
        *state_dates(),
    ),
    Words("экспертная роль", "экспертных ролей", "выполняет роль", "не выполняет роли"),
    start="since",
    end="until",
    observed="observed_on",
    owner="person",
)

TABLES = (
    TERRITORY,
    ORGANISATION,
    ORGANISATION_STATUS,
    PERSON,
    EMPLOYMENT,
    LEAVE,
    TEACHING,
    STAFFING,
    VACANCY,
    EXPERIENCE,
    EDUCATION,
    PROFILE_MATCH,
    ATTESTATION,
    TEAM,
    TEAM_MEMBER,
    RESPONSIBILITY,
    EXPERT_ROLE,
)
