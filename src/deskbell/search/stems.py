"""What the dictionaries miss: forms they do not know, forms they place wrongly, and endings of base forms.

`guesses` names words a form may belong to, to be looked up. `stem` takes the ending off a base form, so that
noun and verb of one thing ("оплата", "оплатити") and words no dictionary knows meet in one lexeme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

_SHORTEST = 3  # letters that stay


def _forms(lines: str) -> dict[str, str]:
    """Lines of "base: form form", as form → base."""
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        base, _colon, forms = line.partition(":")
        found |= dict.fromkeys(forms.split(), base.strip())
    return found


# Forms that the dictionaries leave out or give to a word nobody means at a desk.
EXCEPTIONS: Final[dict[str, dict[str, str]]] = {
    "en": _forms(
        """
        break: broke breaking
        write: wrote writing
        person: people peoples
        shelf: shelves
        leave: leaving
        meet: meeting meetings
        build: building buildings built
        set: setting settings
        mean: meaning meant
        feel: felt
        find: found
        bind: bound
        wind: wound
        grind: ground
        lie: lay lain lying
        die: dying
        tie: tying
        see: saw
        """
    ),
    "fi": _forms(
        """
        viesti: viestit viestin viestiin
        lähettää: lähetetty lähetettiin lähetetyt lähetetyn lähetti lähetin lähetit lähetimme
        maksaa: maksettu maksetut maksetun maksettiin
        toimia: toimineet toimineen toimi toimin toimit
        toimittaa: toimitettu toimitettiin toimitetut
        tilata: tilattu tilatut tilatun
        asentaa: asennettu asennetut asennettiin
        avata: avattu avatut
        päivittää: päivitetty päivitettiin
        palauttaa: palautettu palautettiin
        käyttää: käytetty käytettiin
        """
    ),
    "pl": _forms(
        """
        nowy: nowa nowe nowych nowego nowej nowym nowymi nową
        zgłoszenie: zgłoszenie zgłoszeń zgłoszenia zgłoszeniem zgłoszeniu zgłoszeniom zgłoszeniach zgłoszeniami
        zamówienie: zamówienie zamówień zamówienia zamówieniem zamówieniu zamówieniom zamówieniach zamówieniami
        ustawienie: ustawień ustawienia ustawieniach ustawieniami
        połączenie: połączeń połączenia połączeniem połączeniu
        urządzenie: urządzeń urządzenia urządzeniem urządzeniu
        oprogramowanie: oprogramowania oprogramowaniem oprogramowaniu
        """
    ),
    "uk": _forms(
        """
        день: дні днів дням днями днях дня дню днем
        зникнути: зник зникла зникло зникли зникає зникають
        """
    ),
    "ru": _forms(
        """
        день: дни дней дням днями днях дня дню днем
        счёт: счет счета счету счетом счете счетов счетам счетами счетах счёта счёту счётом счёте
        исчезнуть: исчез исчезла исчезло исчезли исчезает исчезают
        """
    ),
}

_FI_ATTACHED = re.compile(r"(?:kin|kaan|kään|han|hän|pa|pä|ko|kö)$")
_FI_OWNED = re.compile(r"(?:ni|si|nsa|nsä|mme|nne)$")
_FI_LONG_OWNED = re.compile(r"(?:[aä]|ks)?(?:ni|si|nsa|nsä|mme|nne)$")
_FI_PASSIVE = re.compile(r"(.+?)(?:ettu|etty|etut|etyt|etun|etyn|ettiin|etaan|etään)$")
_SLAVIC_PARTICIPLE = re.compile(r"(.+?)(?:ено|ен(?:ий|а|е|і|ого|ої|ому|их)|ан(?:о|ий|а|е|і|ого|ої|ому|их))$")
_RU_PARTICIPLE = re.compile(r"(.+?)[еа]нн?(?:ый|ая|ое|ые|ого|ой|ому|ых|а|о|ы)?$")


def guesses(language: str, word: str) -> Iterator[str]:
    """Words that an unknown one may be a form of, the likeliest first."""
    match language:
        case "en":
            yield from _english(word)
        case "fi":
            yield from _finnish(word)
        case "uk":
            if found := _SLAVIC_PARTICIPLE.match(word):
                yield from _verbs(found[1], "ити", "ати", "тити", "сити", "дити")
        case "ru":
            if found := _RU_PARTICIPLE.match(word):
                yield from _verbs(found[1], "ить", "ать", "тить", "сить", "дить")
        case _:
            return


def _verbs(root: str, *endings: str) -> Iterator[str]:
    for ending in endings:
        yield root + ending
        yield root[:-1] + ending  # оплачено, оплатити


def _english(word: str) -> Iterator[str]:
    for ending in ("ing", "ed", "er"):
        if word.endswith(ending) and len(word) > len(ending) + _SHORTEST:
            root = word[: -len(ending)]
            yield from (root, root + "e", root[:-1] if root[-1] == root[-2] else root)
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s"):
        yield word[:-1]


def _finnish(word: str) -> Iterator[str]:
    bare = _FI_ATTACHED.sub("", word)
    if bare != word:
        yield bare
    owned = _FI_OWNED.sub("", bare)
    if owned != bare:
        # "sähköpostiini", "sähköpostini", "salasanani": the case before it loses its n.
        yield from (owned, owned + "n", _FI_LONG_OWNED.sub("", bare))
    if found := _FI_PASSIVE.match(word):
        yield from (found[1] + "aa", found[1] + "ää", found[1] + "taa", found[1] + "tää", found[1] + "ttää")
    if word.endswith(("neet", "neen", "neita", "neitä")):
        root = word[: word.rindex("ne")]
        yield from (root + "nut", root + "nyt", root + "a", root + "ä")


# Endings of base forms, the longest first.
_ENDINGS: Final = {
    "uk": "уватися юватися увати ювати итися атися ятися ітися утися нутися тися ити ати яти іти нути ути ти ення ання "
    "іння ення лий ний ній ість ий ій ої ого ому ою ею ем ом ами ями ів їв ах ях ам ям ові еві єві "
    "а я о е і ї у ю ь й и",
    "ru": "оваться еваться овать евать иться аться яться еться нуться ить ать ять еть нуть уть ть ение ание ение ость "
    "ный ний ой ый ий ая яя ое ее ые ие ого его ому ему ою ею ем ом ами ями ов ев ей ах ях ам ям а я о е ё и у ю ь й ы",
    "pl": "ować ywać iwać ić yć ać eć ąć nąć ienie enie anie ość owy owa owe ny na ne ego emu ych ym ą ę ów ami ach om "
    "em ie owi a e i o u y",
    "fi": "minen inen tta ttä ssa ssä sta stä lla llä lta ltä lle ksi iin een aan ään ien jen den t n a ä",
    "en": "ing ies es ed s e",
}


@cache
def _endings(language: str) -> tuple[str, ...]:
    return tuple(sorted(set(_ENDINGS[language].split()), key=lambda ending: (-len(ending), ending)))


def stem(language: str, word: str, *, known: bool) -> str:
    """The base form without its ending. known: the dictionary has it; then only Slavic endings come off."""
    if known and language in {"en", "fi"}:
        return word
    for ending in _endings(language):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
