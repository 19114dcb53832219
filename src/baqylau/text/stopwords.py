"""Words of a question that say nothing about what is sought."""

from typing import Final

_KAZAKH: Final = """
қалай қайда қайдан қай қандай қанша қашан неше нешінші не нені неге кім кімге ше екен
ба бе ма ме па пе ғой да де та те мен менің маған мені менде біз біздің бізге бізде сіз сізге
сіздер сен ол оны оның осы бұл сол мына енді үшін туралы бойынша арқылы дейін кейін деген деп
дейді бар жоқ емес керек бола болады болса бере береді берсе алам аламын аламыз алсам аламыза
алатын ала алып жатыр жүр отыр тұр жатырмын жүрмін отырмын келеді келді едім еді ғана өте тез
"""

_RUSSIAN: Final = """
как что где куда когда кто кого кому чего чем сколько какой какая какие какую какое зачем почему
можно нужно нужна нужен нужны надо хочу хотим могу можем есть ли не ни и а но или на в во с со к
ко по о об обо из за для до от у при без бы же мне меня мной мой моя мое мои моего моей моему
мою я мы нас нам он она они оно его ее их ему ей им это этот эта эти так чтобы если уже еще пока
все всё тоже очень положены положена
"""

# Without "to": its skeleton is that of ТОО (a limited company) and of ТО (a car's inspection).
_ENGLISH: Final = """
a an the of for in on at i my me we how what where when do does can get need want is are be it
"""

STOPWORDS: Final = frozenset(f"{_KAZAKH} {_RUSSIAN} {_ENGLISH}".split())
"""In the spelling of their own script; the analysis compares their skeletons."""
