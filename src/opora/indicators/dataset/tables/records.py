"""What the office writes down: documents, cards, measures, recommendations, circulars, visits."""

from opora.indicators.dataset.schema import (
    Table,
    Time,
    Words,
    choice,
    date,
    key,
    number,
    ref,
    state_dates,
    text,
)
from opora.indicators.dataset.tables.choices import LEVEL

DOCUMENT = Table(
    "document",
    "Документы",
    "Положения, приказы, планы, программы, аналитические справки",
    Time.STATE,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        ref("organisation", "organisation", "Организация", "Чей документ; пусто — муниципальный"),
        ref("association", "association", "Объединение", "Если документ об объединении"),
        choice(
            "kind",
            "Вид",
            {
                "regulation": "положение",
                "order": "приказ",
                "plan": "план",
                "programme": "программа",
                "project": "проект",
                "road_map": "дорожная карта",
                "letter": "письмо",
                "analysis": "аналитическая справка",
                "report": "отчёт",
                "report_form": "форма отчёта",
                "monitoring": "программа мониторинга",
                "recommendations": "методические рекомендации",
                "agreement": "соглашение",
                "protocol": "протокол",
                "other": "иной",
            },
            required=True,
        ),
        text("topic", "О чём", "Коротко, одинаковыми словами для одинаковых документов: «методический совет»"),
        text("title", "Название"),
        text("number", "Номер"),
        date("dated", "Дата документа"),
        date("published_on", "Опубликован"),
        text("url", "Адрес в сети"),
        choice(
            "addressees",
            "Кому даны рекомендации",
            {
                "organisations": "организациям",
                "low_results": "школам с низкими результатами",
                "educators": "педагогам",
                "contestants": "участникам конкурсов",
                "associations": "объединениям",
                "nobody": "рекомендаций нет",
            },
        ),
        *state_dates(),
    ),
    Words(
        "документ",
        "документов",
        "имеет документ",
        "не имеет документа",
        roles=(("association", "имеет документ", "не имеет документа"),),
    ),
    start="since",
    end="until",
    observed="observed_on",
)

COLLECTION = Table(
    "collection",
    "Сборы данных",
    "Мониторинги и сборы данных: кто собирает и о чём",
    Time.FACT,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        text("title", "Название", required=True),
        text("topic", "О чём"),
        choice("level", "Уровень", LEVEL),
        date("date", "Срок сдачи", required=True),
    ),
    Words("сбор данных", "сборов данных", "проводит сбор данных", "не проводит сборов данных"),
    start="date",
)

CARD_ANSWER = Table(
    "card_answer",
    "Ответы карт",
    "Ответ организации или муниципалитета на вопрос информационной карты",
    Time.FACT,
    (
        key(),
        ref("collection", "collection", "Сбор данных", required=True),
        ref("organisation", "organisation", "Организация", "Пусто — ответ муниципалитета"),
        text("question", "Вопрос", "Код показателя, на который отвечает карта", required=True),
        number("value", "Значение"),
        number("base", "Из скольких", "Если ответ — часть от целого"),
        text("comment", "Пояснение"),
        date("date", "Дата ответа", required=True),
    ),
    Words(
        "ответ",
        "ответов",
        "ответила на карту",
        "не ответила на карту",
        roles=(("collection", "имеет ответы", "не имеет ответов"),),
    ),
    start="date",
    owner="collection",
)

SURVEY_RESULT = Table(
    "survey_result",
    "Итоги опросов",
    "Сводные итоги анонимных опросов",
    Time.FACT,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        ref("organisation", "organisation", "Организация"),
        text("topic", "О чём опрос", required=True),
        number("respondents", "Опрошено", whole=True),
        number("positive", "Ответили положительно", whole=True),
        date("date", "Дата", required=True),
    ),
    Words("итог опроса", "итогов опросов", "имеет итоги опроса", "не имеет итогов опроса"),
    start="date",
)

MEASURE = Table(
    "measure",
    "Меры",
    "Мероприятия плана или дорожной карты программы на один срок",
    Time.FACT,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        text("programme", "Программа", "Ключ программы"),
        text("code", "Код меры"),
        choice("kind", "Чего часть", {"road_map": "дорожная карта", "plan": "план мероприятий", "other": "иное"}),
        text("title", "Содержание", required=True),
        date("due", "Срок", required=True),
    ),
    Words("мера", "мер", "имеет меру", "не имеет мер"),
    start="due",
)

EXECUTION = Table(
    "execution",
    "Выполнение мер",
    "Отметка о выполнении меры",
    Time.FACT,
    (
        key(),
        ref("measure", "measure", "Мера", required=True),
        choice(
            "result",
            "Итог",
            {"done": "выполнена", "partly": "выполнена частично", "not_done": "не выполнена"},
            required=True,
        ),
        ref("document", "document", "Чем подтверждено"),
        date("date", "Дата", required=True),
    ),
    Words(
        "отметка о выполнении", "отметок о выполнении", "имеет отметку о выполнении", "не имеет отметки о выполнении"
    ),
    start="date",
    owner="measure",
)

RECOMMENDATION = Table(
    "recommendation",
    "Рекомендации",
    "Адресные рекомендации: кому и по итогам чего",
    Time.FACT,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        ref("organisation", "organisation", "Организация"),
        ref("person", "person", "Педагог", personal=True),
        ref("association", "association", "Объединение"),
        choice(
            "staff_category",
            "Категория педагогов",
            {
                "young": "молодые педагоги",
                "mentors": "наставники",
                "subject": "учителя-предметники",
                "managers": "руководители",
                "all": "все педагоги",
            },
        ),
        choice(
            "basis",
            "По итогам чего",
            {
                "monitoring": "мониторинга",
                "diagnostics": "диагностики",
                "association_targets": "показателей объединения",
                "visit": "посещения",
                "exams": "оценочных процедур",
                "contest": "конкурса",
            },
        ),
        text("text", "Содержание"),
        ref("document", "document", "Документ"),
        date("date", "Дата", required=True),
    ),
    Words(
        "рекомендация",
        "рекомендаций",
        "получил рекомендацию",
        "не получал рекомендаций",
        roles=(
            ("organisation", "получила рекомендации", "не получала рекомендаций"),
            ("association", "получило рекомендации", "не получало рекомендаций"),
        ),
    ),
    start="date",
)

CIRCULAR = Table(
    "circular",
    "Информационные письма",
    "Письма, которыми служба информирует организации",
    Time.FACT,
    (
        key(),
        ref("municipality", "territory", "Муниципалитет", required=True),
        text("title", "О чём", required=True),
        date("respond_by", "Ознакомиться до"),
        date("date", "Отправлено", required=True),
    ),
    Words("информационное письмо", "информационных писем", "направляет письма", "не направляет писем"),
    start="date",
)

ACKNOWLEDGEMENT = Table(
    "acknowledgement",
    "Ознакомление с письмами",
    "Когда организация получила письмо и ознакомилась с ним",
    Time.FACT,
    (
        key(),
        ref("circular", "circular", "Письмо", required=True),
        ref("organisation", "organisation", "Организация", required=True),
        date("date", "Дата", required=True),
    ),
    Words(
        "ознакомление с письмом",
        "ознакомлений с письмами",
        "ознакомилась с письмом",
        "не ознакомилась с письмом",
        roles=(("circular", "имеет отметки об ознакомлении", "не имеет отметок об ознакомлении"),),
    ),
    start="date",
    owner="organisation",
)

VISIT = Table(
    "visit",
    "Выезды и проверки",
    "Методические выезды, консультации в организации, аудит",
    Time.FACT,
    (
        key(),
        ref("organisation", "organisation", "Организация", required=True),
        choice(
            "kind",
            "Вид",
            {"visit": "методический выезд", "audit": "аудит", "consultation": "консультация организации"},
            required=True,
        ),
        text("topic", "Тема"),
        date("date", "Дата", required=True),
    ),
    Words("выезд", "выездов и проверок", "принимала выезд службы", "не принимала выездов службы"),
    start="date",
    owner="organisation",
)

ASSESSMENT_RESULT = Table(
    "assessment_result",
    "Оценочные процедуры",
    "Сводные итоги ВПР, ОГЭ, ЕГЭ по школе и предмету; без учеников и без учителей",
    Time.FACT,
    (
        key(),
        ref("organisation", "organisation", "Организация", required=True),
        choice("procedure", "Процедура", {"vpr": "ВПР", "oge": "ОГЭ", "ege": "ЕГЭ"}, required=True),
        text("subject", "Предмет", required=True),
        number("participants", "Участников", whole=True),
        number("below_threshold", "Ниже порога", whole=True),
        number("mean_score", "Средний балл"),
        date("date", "Дата", required=True),
    ),
    Words(
        "итог оценочной процедуры",
        "итогов оценочных процедур",
        "имеет итоги оценочных процедур",
        "не имеет итогов оценочных процедур",
    ),
    start="date",
    owner="organisation",
)

TABLES = (
    DOCUMENT,
    COLLECTION,
    CARD_ANSWER,
    SURVEY_RESULT,
    MEASURE,
    EXECUTION,
    RECOMMENDATION,
    CIRCULAR,
    ACKNOWLEDGEMENT,
    VISIT,
    ASSESSMENT_RESULT,
)
