"""How the values of choices are written in sheets."""

from __future__ import annotations

from opora.intake.sheets.values import Choice

SEX: Choice = ((r"^ж", "female"), (r"^м", "male"))
JOB_KIND: Choice = (
    (r"внутр", "internal"),
    (r"внешн|\bсовм|^с$", "external"),
    (r"осн|постоян|штат|^о$", "main"),
)
LEAVE: Choice = (
    (r"по уходу|декрет|беременн|\bд/?о\b|до 3|до 1,5|до полутора|до трех", "childcare"),
    (r"длительн|до (?:одного )?года|методич", "long"),
    (r"без сохран|болезн|нетрудоспос|творческ|служб|мобилиз|командир|ин(?:ое|ой)|отсутств", "other"),
)
LEVEL: Choice = (
    (r"междунар", "international"),
    (r"всеросс|федерал|россий", "federal"),
    (r"межмуницип|зональн|кустов", "intermunicipal"),
    (r"регион|област|краев|республ|окруж", "regional"),
    (r"муницип|городск|районн", "municipal"),
    (r"школьн|организац|учрежд|внутри", "organisation"),
)
RESULT: Choice = (
    (r"побед|гран-?при|^(?:диплом )?(?:1|i)(?:\b|-)|1 место|перв\w+ место", "winner"),
    (r"призер|^(?:диплом )?(?:2|3|ii|iii)(?:\b|-)|[23] место|(?:втор|трет)\w+ место", "prize"),
    (r"лауреат|дипломант", "laureate"),
    (r"участ|сертиф", "participant"),
)
SCORE_LEVEL: Choice = (
    (r"низк|ниже|недостат|критич", "low"),
    (r"средн|базов|допустим|достаточ", "medium"),
    (r"высок|повышен|выше|оптимал", "high"),
)
MEASURES: Choice = (
    (r"психол", "psychological"),
    (r"предмет", "subject"),
    (r"методич", "methodical"),
    (r"коммуник", "communicative"),
    (r"цифр|\bикт\b", "digital"),
    (r"управлен", "managerial"),
    (r"мотив", "motivation"),
    (r"инновац", "innovation"),
    (r"выгор", "burnout"),
)
FORM: Choice = (
    (r"смеш|очно-?\s?(?:заоч|дист)|очно с", "mixed"),
    (r"дист|заоч|онлайн|удален", "distance"),
    (r"очн", "in_person"),
)
COURSE_KIND: Choice = ((r"перепод|^пп$", "pp"), (r"повыш|^п?пк$|^кпк|курс|стажир|квалиф", "pk"))
HEAD = r"руковод|председат|^глав"
