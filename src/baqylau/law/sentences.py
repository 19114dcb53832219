"""Sentences that explain a deadline; whatever is filled in stands in the nominative."""

from baqylau.law.words import Wording

TERM = Wording(
    "«%(name)s» мерзімі: %(amount)s.",
    "Срок «%(name)s»: %(amount)s.",
    "The term “%(name)s”: %(amount)s.",
)
TERM_BACK = Wording(
    "«%(name)s» мерзімі: кемінде %(amount)s бұрын.",
    "Срок «%(name)s»: не позднее чем за %(amount)s.",
    "The term “%(name)s”: at least %(amount)s before.",
)
TERM_SAME_DAY = Wording(
    "«%(name)s» мерзімі: сол күні.",
    "Срок «%(name)s»: в тот же день.",
    "The term “%(name)s”: on the same day.",
)
BASIS = Wording(
    "Негізі: %(act)s, %(article)s-бап.",
    "Основание: %(act)s, статья %(article)s.",
    "Basis: %(act)s, article %(article)s.",
)
BASIS_NO_ARTICLE = Wording(
    "Негізі: %(act)s; бабы анықталмаған.",
    "Основание: %(act)s; статья не установлена.",
    "Basis: %(act)s; the article is not established.",
)
WHO = Wording(
    "Кім орындауға тиіс: %(who)s.",
    "Кто обязан: %(who)s.",
    "Who owes it: %(who)s.",
)
EVENT = Wording("%(trigger)s: %(date)s.", "%(trigger)s: %(date)s.", "%(trigger)s: %(date)s.")
RECEIVED_ON_DAY_OFF = Wording(
    "Ол күн жұмыс күні емес (%(reason)s), сондықтан келесі жұмыс күні түсті деп есептеледі: "
    "%(date)s.",
    "Это нерабочий день (%(reason)s), поэтому днём поступления считается следующий рабочий день: "
    "%(date)s.",
    "That is not a working day (%(reason)s), so the next working day counts as the day of receipt: "
    "%(date)s.",
)
RECEIVED_AFTER_HOURS = Wording(
    "Жұмыс уақыты аяқталғаннан кейін түскендіктен, келесі жұмыс күні түсті деп есептеледі: "
    "%(date)s.",
    "Поступило после окончания рабочего времени, поэтому днём поступления считается следующий "
    "рабочий день: %(date)s.",
    "It came after office hours, so the next working day counts as the day of receipt: %(date)s.",
)
FIRST_DAY = Wording(
    "Есептің бірінші күні: %(date)s.",
    "Первый день отсчёта: %(date)s.",
    "The first day counted: %(date)s.",
)
FIRST_DAY_BACK = Wording(
    "Күндер кері саналады, есептің бірінші күні: %(date)s.",
    "Дни отсчитываются назад, первый день отсчёта: %(date)s.",
    "The days are counted back, the first day counted: %(date)s.",
)
WEEKENDS = Wording(
    "Есепке кірмеген сенбі мен жексенбі: %(count)s күн.",
    "Суббот и воскресений, не вошедших в счёт: %(count)s.",
    "Saturdays and Sundays left out: %(count)s.",
)
DAYS_OFF = Wording(
    "Есепке кірмеген өзге демалыс күндері: %(days)s.",
    "Другие нерабочие дни, не вошедшие в счёт: %(days)s.",
    "Other days off left out: %(days)s.",
)
WORKED = Wording(
    "Демалыс ауыстырылғандықтан, есепке кірген күндер: %(days)s.",
    "Дни, вошедшие в счёт из-за переноса выходного: %(days)s.",
    "Days counted because a day off was moved: %(days)s.",
)
MONTH_CUT = Wording(
    "Соңғы айда ондай күн жоқ, сондықтан айдың соңғы күні алынады: %(date)s.",
    "В последнем месяце нет такого числа, поэтому берётся его последний день: %(date)s.",
    "The last month has no such day, so its last day is taken: %(date)s.",
)
ROLLED = Wording(
    "Мерзімнің соңы жұмыс күніне тура келмейді: %(days)s. Сондықтан мерзім келесі жұмыс күні "
    "аяқталады.",
    "Срок истекает в нерабочий день: %(days)s. Поэтому он заканчивается в следующий рабочий день.",
    "The term ends on a day off: %(days)s. So it ends on the next working day.",
)
ROLLED_BACK = Wording(
    "Мерзімнің соңы жұмыс күніне тура келмейді: %(days)s. Кері саналғандықтан, алдыңғы жұмыс күні "
    "алынады.",
    "Срок приходится на нерабочий день: %(days)s. Счёт идёт назад, поэтому берётся предыдущий "
    "рабочий день.",
    "The term falls on a day off: %(days)s. It is counted back, so the working day before counts.",
)
EXTENDED = Wording(
    "«%(name)s» ережесімен мерзім ұзартылды. Шешім күні: %(decided)s. Бұрынғы мерзім: %(was)s. "
    "Жаңа мерзім: %(until)s.",
    "Срок продлён по правилу «%(name)s». День решения: %(decided)s. Прежний срок: %(was)s. "
    "Новый срок: %(until)s.",
    "The term was extended by the rule “%(name)s”. Decided: %(decided)s. Due before: %(was)s. "
    "Due now: %(until)s.",
)
DUE = Wording(
    "Мерзімнің соңғы күні: %(date)s.",
    "Последний день срока: %(date)s.",
    "The last day of the term: %(date)s.",
)
UNCONFIRMED = Wording(
    "Күнтізбесі әлі бекітілмеген жылдар: %(years)s. Демалыс күндері ауыстырылса, бұл күн өзгеруі "
    "мүмкін.",
    "Годы, календарь которых ещё не утверждён: %(years)s. Если выходные перенесут, дата может "
    "измениться.",
    "Years whose calendar is not confirmed yet: %(years)s. If days off are moved, the date may "
    "change.",
)
BEFORE_ACT = Wording(
    "Бұл есеп тек мысал: акт кейін қабылданған. Акт қабылданған күн: %(date)s.",
    "Этот расчёт только пример: акт принят позже. День принятия акта: %(date)s.",
    "This count is only an example: the act is younger. The act was adopted: %(date)s.",
)
FROM_MEMORY = Wording(
    "Ереже жадтан жазылған, заң мәтінімен салыстырылмаған.",
    "Правило записано по памяти и не сверено с текстом закона.",
    "The rule was written from memory and not compared with the text of the law.",
)
UNVERIFIED = Wording(
    "Заңгер тексермеген.",
    "Не проверено юристом.",
    "Not checked by a lawyer.",
)
DAY_AND_REASON = Wording("%(reason)s (%(date)s)", "%(reason)s (%(date)s)", "%(reason)s (%(date)s)")
RUN_AND_REASON = Wording(
    "%(reason)s (%(first)s – %(last)s)",
    "%(reason)s (%(first)s – %(last)s)",
    "%(reason)s (%(first)s – %(last)s)",
)
LEFT = Wording("Қалғаны: %(amount)s.", "Осталось: %(amount)s.", "Left: %(amount)s.")
DUE_TODAY = Wording(
    "Мерзім бүгін аяқталады.",
    "Срок истекает сегодня.",
    "The term ends today.",
)
OVERDUE = Wording(
    "Мерзімі өтті: %(amount)s.",
    "Просрочено: %(amount)s.",
    "Overdue: %(amount)s.",
)
OVERDUE_NO_WORKING_DAY = Wording(
    "Мерзімі өтті, содан бері жұмыс күні болған жоқ.",
    "Срок истёк, рабочих дней с тех пор не было.",
    "The term has ended; there has been no working day since.",
)
