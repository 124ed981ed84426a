"""The language of a text, by the small words that half of it is made of, or by its script.

A page often says that it is in English whatever it is in, since its template does.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

# Words that are frequent in one language and in none of the others here.
_SMALL: Final = {
    "de": "der die und das den von zu mit sich auf für ist nicht ein eine dem werden wird auch aus",
    "en": "the of and to that was for is with it his has by this will from are which be have its",
    "es": "el los las del que y una por con para su como pero más fue este son ha sus según",
    "fr": "les des et du est dans une pour que qui sur pas plus ce avec il sont au aux cette",
    "id": "yang dan di untuk dari dengan ini pada akan itu tidak dalam ke juga adalah telah bisa",
    "it": "il di che è per un della non sono gli con alla anche delle nel più dei ha si come",
    "nl": "de het een van en dat niet zijn voor met op te aan er maar om wordt heeft ook naar",
    "pt": "o os que não uma com para por mais dos como mas foi ao ele das seu sua ou são em",
}
_OF: Final = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_WORDS: Final = re.compile(r"[^\W\d_]+")
_SCRIPTS: Final = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_SAMPLE: Final = 20_000
_FEWEST: Final = 3
_SHARE: Final = 0.15


def guess_language(text: str) -> str | None:
    """Return the tag of the language that a text is in, or None where that cannot be told.

    >>> guess_language("Der Konzern wird die Fabrik nicht bauen, sagte sie.")
    'de'
    >>> guess_language("小米公司将在印度开设五百家服务中心"), guess_language("Acme 2030")
    ('zh', None)
    """
    sample = text[:_SAMPLE]
    letters = sum(map(len, _WORDS.findall(sample))) or 1
    for language, script in _SCRIPTS:
        # A name in another script, beside a translation, makes no text of that language.
        if len(script.findall(sample)) / letters > _SHARE:
            return language
    counts = Counter(sample.lower().translate(_SPACED).split())
    found = {one: sum(counts[word] for word in words) for one, words in _OF.items()}
    (first, most), (_, next_most) = sorted(found.items(), key=lambda pair: -pair[1])[:2]
    return first if most >= _FEWEST and most > next_most else None


_SPACED: Final = dict.fromkeys(map(ord, ".,;:!?()\"'\u201c\u201d\u2019\u2018"), " ")
