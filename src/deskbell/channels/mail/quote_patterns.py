"""What mail programs write above a quoted message: six languages of the desk, and its neighbours' best known.

Samples of each stand in tests/test_quotes.py.
"""

from __future__ import annotations

import re

HEADER_LABELS: dict[str, str] = {
    # English
    "from": "from", "sent": "date", "date": "date", "to": "to", "cc": "cc", "subject": "subject",
    "sent on": "date", "reply-to": "to",
    # Ukrainian
    "від": "from", "від кого": "from", "надіслано": "date", "відправлено": "date", "дата": "date",
    "кому": "to", "до": "to", "копія": "cc", "тема": "subject",
    # Russian
    "от": "from", "от кого": "from", "отправлено": "date", "отправлен": "date", "копия": "cc",
    # Finnish
    "lähettäjä": "from", "lähetetty": "date", "päiväys": "date", "päivämäärä": "date", "vastaanottaja": "to",
    "vast.ott.": "to", "kopio": "cc", "aihe": "subject", "pvm": "date",
    # Polish
    "od": "from", "wysłano": "date", "wysłane": "date", "data": "date", "do": "to", "dw": "cc", "udw": "cc",
    "temat": "subject",
    # Traditional (and simplified) Chinese
    "寄件者": "from", "寄件人": "from", "發件人": "from", "发件人": "from", "寄件日期": "date", "傳送時間": "date",
    "發送時間": "date", "发送时间": "date", "日期": "date", "收件者": "to", "收件人": "to", "副本": "cc",
    "副本抄送": "cc", "抄送": "cc", "主旨": "subject", "主題": "subject", "主题": "subject",
    # German, French, Spanish, Italian, Swedish
    "von": "from", "gesendet": "date", "datum": "date", "an": "to", "betreff": "subject",
    "de": "from", "envoyé": "date", "à": "to", "objet": "subject",
    "enviado": "date", "enviado el": "date", "fecha": "date", "para": "to", "asunto": "subject",
    "da": "from", "inviato": "date", "a": "to", "oggetto": "subject",
    "från": "from", "skickat": "date", "till": "to", "ämne": "subject",
}  # fmt: skip

_ORIGINAL = (
    r"original message|original appointment|reply message|message d'origine|ursprüngliche nachricht"
    r"|исходное сообщение|первоначальное сообщение|пересылаемое сообщение|"
    r"оригінальне повідомлення|початкове повідомлення|вихідне повідомлення|первинне повідомлення"
    r"|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|originální zpráva"
    r"|原始郵件|原始邮件|原始訊息|原郵件|ursprungligt meddelande|mensaje original|messaggio originale"
)
ORIGINAL_MESSAGE = re.compile(rf"^[\s>]*[-_*]{{2,}}\s*(?:{_ORIGINAL})\s*[-_*]{{2,}}\s*$", re.IGNORECASE)

FORWARD_MARKERS = re.compile(
    r"^[\s>]*(?:-{2,}\s*)?(?:forwarded message|begin forwarded message|пересланное сообщение"
    r"|начало переадресованного сообщения|переслане повідомлення|початок переадресованого повідомлення"
    r"|переадресоване повідомлення|edelleenlähetetty viesti|välitetty viesti|alkaa edelleenlähetetty viesti"
    r"|wiadomość przekazana dalej|przekazana wiadomość|treść przekazanej wiadomości"
    r"|轉寄的郵件|轉寄郵件|開始轉寄郵件|weitergeleitete nachricht|anfang der weitergeleiteten nachricht"
    r"|message transféré)\s*(?:[:：]|-{2,})\s*$",
    re.IGNORECASE,
)
FORWARD_SUBJECT = re.compile(
    r"^(?:\[[^\]]{1,40}\]\s*)?(?:fwd?|fw|wg|tr|vl|pd|i|пересл|переслано|轉寄|转发|轉發|välitys|edelleenlähetys)\s*[:：]",
    re.IGNORECASE,
)

WROTE = re.compile(
    # "On Sat, Nov 21, 2026 at 10:00 AM Anna Kern <anna@example.org> wrote:"
    r"^(?:on\b.{6,}\bwrote\s*[:：]$"
    r"|.{6,}\bwrote\s*[:：]$"
    # "сб, 21 лист. 2026 р. о 10:00 Анна <…> пише:", "21.11.2026 10:00, Анна пише:", "… написав(ла):"
    r"|.{4,}\b(?:пише|написала?|написав|написав\(ла\)|написав \(-ла\)|надсилає|написали)\s*[:：]$"
    # "сб, 21 нояб. 2026 г. в 10:00, Анна <…>:" is a dated attribution; "пишет:", "написал(а):" are these
    r"|.{4,}\b(?:пишет|написал\(а\)|написал|писал\(а\)|писала?|вы писали)\s*[:：]$"
    # "la 21. marrask. 2026 klo 10.00 Anna (anna@…) kirjoitti:"
    r"|.{4,}\bkirjoitti\b.{0,80}[:：]$"
    # "sob., 21 lis 2026 o 10:00 Anna <…> napisał(a):", "W dniu 21.11.2026 o 10:00, Anna pisze:"
    r"|.{4,}\b(?:napisał\(a\)|napisała?|pisze|napisał/a)\s*[:：]$"
    r"|wiadomość napisana przez .{4,}[:：]$"
    # "Anna <…> 於 2026年11月21日 週六 上午10:00寫道：", "在 2026-11-21 10:00:00，"Anna" 写道："
    r"|.{2,}(?:寫道|写道|寫到|已寫入|撰寫)\s*[:：]$"
    # neighbours
    r"|(?:am\b.{6,}\b)?schrieb.{0,200}[:：]$|.{6,}a écrit\s*[:：]$|.{6,}escribió\s*[:：]$|.{6,}ha scritto\s*[:：]$"
    r"|.{6,}skrev\b.{0,200}[:：]$)",
    re.IGNORECASE,
)
# Any language: begins like a date, holds an address in brackets (and little else) and ends in a colon.
DATED_ATTRIBUTION = re.compile(
    r"^(?=.*\d{1,2}[:.]\d{2})(?=.*(?:19|20)\d{2}).{8,200}[<(\[][^<>()\[\]\s]+@[^<>()\[\]\s]+[>)\]]\s*[:：]$"
)
