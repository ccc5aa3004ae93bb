"""The acknowledgement of each language that a new desk begins with, and that stands in for a broken template."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "en": (
        "{{ ticket.number }} {{ ticket.subject }}",
        (
            "Hello {{ person.name }},\n\nyour message has arrived at {{ department.name }} and has the number "
            "{{ ticket.number }}. We answer as soon as we can.\n\nTo add something, answer this mail.\n\n"
            "{{ desk.name }}"
        ),
    ),
    "uk": (
        "{{ ticket.number }} {{ ticket.subject }}",
        (
            "Вітаємо, {{ person.name }}!\n\nВаше повідомлення отримав відділ «{{ department.name }}», його номер — "
            "{{ ticket.number }}. Ми відповімо якнайшвидше.\n\nЩоб щось додати, дайте відповідь на цей лист.\n\n"
            "{{ desk.name }}"
        ),
    ),
    "ru": (
        "{{ ticket.number }} {{ ticket.subject }}",
        (
            "Здравствуйте, {{ person.name }}!\n\nВаше сообщение получил отдел «{{ department.name }}», его номер — "
            "{{ ticket.number }}. Мы ответим как можно скорее.\n\nЧтобы что-то добавить, ответьте на это письмо.\n\n"
            "{{ desk.name }}"
        ),
    ),
    "fi": (
        "{{ ticket.number }} {{ ticket.subject }}",
        (
            "Hei {{ person.name }},\n\nviestisi on saapunut: {{ department.name }}, numero {{ ticket.number }}. "
            "Vastaamme mahdollisimman pian.\n\nJos haluat lisätä jotain, vastaa tähän viestiin.\n\n{{ desk.name }}"
        ),
    ),
    "pl": (
        "{{ ticket.number }} {{ ticket.subject }}",
        (
            "Dzień dobry, {{ person.name }},\n\nPaństwa wiadomość dotarła do działu „{{ department.name }}” i ma numer "
            "{{ ticket.number }}. Odpowiemy najszybciej, jak to możliwe.\n\nAby coś dodać, wystarczy odpowiedzieć na "
            "tę wiadomość.\n\n{{ desk.name }}"
        ),
    ),
    "zh-hant": (
        "{{ ticket.number }} {{ ticket.subject }}",
        (
            "{{ person.name }}，您好：\n\n{{ department.name }}已收到您的來信，編號為 {{ ticket.number }}。"
            "我們會盡快回覆。\n\n如需補充，請直接回覆本郵件。\n\n{{ desk.name }}"
        ),
    ),
}
"""Language → (subject, body), in Liquid; see `acknowledgement.VARIABLES`."""
