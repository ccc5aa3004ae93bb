"""What was newly written is cut from the history, per mail program and language."""

import pytest

from deskbell.channels.mail.html import html_to_text
from deskbell.channels.mail.html_quotes import split_html
from deskbell.channels.mail.quotes import split_text

NEW = "Kiitos, Дякую, 謝謝 — it works now."
OLD = "The printer on floor 3 was restarted."

ATTRIBUTIONS = {
    "gmail-en": "On Sat, Nov 21, 2026 at 10:00 AM Anna Kern <anna@example.org> wrote:",
    "gmail-en-wrapped": "On Sat, Nov 21, 2026 at 10:00 AM Anna Kern of the Service Desk\n<anna@example.org> wrote:",
    "apple-en": "On 21 Nov 2026, at 10:00, Anna Kern <anna@example.org> wrote:",
    "thunderbird-en": "On 21/11/2026 10:00, Anna Kern wrote:",
    "gmail-uk": "сб, 21 лист. 2026 р. о 10:00 Анна Керн <anna@example.org> пише:",
    "apple-uk": "21 лист. 2026 р. о 10:00 Анна Керн <anna@example.org> написав(ла):",
    "thunderbird-uk": "21.11.26 10:00, Анна Керн пише:",
    "gmail-ru": "сб, 21 нояб. 2026 г. в 10:00, Анна Керн <anna@example.org>:",
    "apple-ru": "21 нояб. 2026 г., в 10:00, Анна Керн <anna@example.org> написал(а):",
    "thunderbird-ru": "21.11.2026 10:00, Анна Керн пишет:",
    "gmail-fi": "la 21. marrask. 2026 klo 10.00 Anna Kern (anna@example.org) kirjoitti:",
    "apple-fi": "Anna Kern <anna@example.org> kirjoitti 21.11.2026 kello 10.00:",
    "thunderbird-fi": "Anna Kern kirjoitti 21.11.2026 klo 10.00:",
    "gmail-pl": "sob., 21 lis 2026 o 10:00 Anna Kern <anna@example.org> napisał(a):",
    "apple-pl": "Wiadomość napisana przez Anna Kern <anna@example.org> w dniu 21 lis 2026, o godz. 10:00:",
    "thunderbird-pl": "W dniu 21.11.2026 o 10:00, Anna Kern pisze:",
    "gmail-zh": "Anna Kern <anna@example.org> 於 2026年11月21日 週六 上午10:00寫道：",
    "apple-zh": "Anna Kern <anna@example.org> 於 2026年11月21日 上午10:00 寫道：",
    "gmail-de": "Am Sa., 21. Nov. 2026 um 10:00 Uhr schrieb Anna Kern <anna@example.org>:",
}

OUTLOOK = {
    "en": ("From", "Sent", "To", "Subject"),
    "uk": ("Від", "Надіслано", "Кому", "Тема"),
    "ru": ("От", "Отправлено", "Кому", "Тема"),
    "fi": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    "pl": ("Od", "Wysłano", "Do", "Temat"),
    "zh": ("寄件者", "寄件日期", "收件者", "主旨"),
}
ORIGINAL = [
    "-----Original Message-----",
    "-----Оригінальне повідомлення-----",
    "-----Исходное сообщение-----",
    "-----Alkuperäinen viesti-----",
    "-----Wiadomość oryginalna-----",
    "-----原始郵件-----",
]
VALUES = ("Anna Kern <anna@example.org>", "21.11.2026 10:00", "Jan Nowak", "Printer")


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_it_cuts_a_quoted_history_below_its_introduction(name: str) -> None:
    found = split_text(f"{NEW}\n\n{ATTRIBUTIONS[name]}\n\n> {OLD}\n> second line\n")
    assert found.visible == NEW
    assert OLD in found.quoted


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_it_cuts_an_html_history_below_its_introduction_without_known_markup(name: str) -> None:
    intro = ATTRIBUTIONS[name].replace("<", "&lt;").replace(">", "&gt;")
    found = split_html(f"<div>{NEW}</div><div>{intro}</div><blockquote>{OLD}</blockquote>")
    assert html_to_text(found.visible) == NEW
    assert OLD in html_to_text(found.quoted)
    assert "Anna" in found.quoted or "Анна" in found.quoted


@pytest.mark.parametrize("language", OUTLOOK)
@pytest.mark.parametrize("rule", ["", "________________________________\n"])
def test_it_cuts_outlook_headers_in_text(language: str, rule: str) -> None:
    head = "\n".join(f"{label}: {value}" for label, value in zip(OUTLOOK[language], VALUES, strict=True))
    found = split_text(f"{NEW}\r\n\r\n{rule}{head}\r\n\r\n{OLD}\r\n")
    assert found.visible == NEW
    assert found.quoted.startswith(rule.strip() or head.split("\n")[0])
    assert OLD in found.quoted


@pytest.mark.parametrize("language", OUTLOOK)
def test_it_cuts_outlook_headers_in_html(language: str) -> None:
    head = "<br>".join(f"<b>{label}:</b> {value}" for label, value in zip(OUTLOOK[language], VALUES, strict=True))
    head = head.replace("<anna@example.org>", "&lt;anna@example.org&gt;")
    style = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"
    body = (
        f'<div class="WordSection1"><p>{NEW}</p><div><div style="{style}"><p>{head}</p></div></div><p>{OLD}</p></div>'
    )
    found = split_html(body)
    assert html_to_text(found.visible) == NEW
    assert OLD in html_to_text(found.quoted)
    without_style = split_html(body.replace(f' style="{style}"', ""))
    assert html_to_text(without_style.visible) == NEW


@pytest.mark.parametrize("line", ORIGINAL)
def test_it_cuts_at_original_message(line: str) -> None:
    found = split_text(f"{NEW}\n\n{line}\nFrom: x\n\n{OLD}")
    assert found.visible == NEW


HTML_CLIENTS = {
    "gmail": f'<div dir="ltr">{NEW}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On … wrote:<br></div><blockquote class="gmail_quote">{OLD}</blockquote></div>',
    "apple": f'<html><body>{NEW}<br><div><br><blockquote type="cite"><div>On 21 Nov 2026, at 10:00, Anna wrote:</div>{OLD}</blockquote></div></body></html>',
    "thunderbird": f'<p>{NEW}</p><div class="moz-cite-prefix">On 21/11/2026 10:00, Anna Kern wrote:<br></div><blockquote type="cite" cite="mid:1">{OLD}</blockquote>',
    "outlook-web": f'<div>{NEW}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Anna</div><div>{OLD}</div>',
    "outlook-forwarding-class": f'<div>{NEW}</div><div id="x_divRplyFwdMsg">From: Anna</div><div>{OLD}</div>',
    "yahoo": f'<div>{NEW}</div><div id="yahoo_quoted" class="yahoo_quoted"><div>On Saturday, Anna wrote:</div>{OLD}</div>',
    "proton": f'<div>{NEW}</div><div class="protonmail_quote">On Saturday … <blockquote>{OLD}</blockquote></div>',
    "new-outlook": f'<div>{NEW}</div><div id="mail-editor-reference-message-container"><div>{OLD}</div></div>',
    "outlook-mac": f'<p>{NEW}</p><span id="OLK_SRC_BODY_SECTION"><div>From: Anna</div><div>{OLD}</div></span>',
    "spark": f'<div name="messageBodySection">{NEW}</div><div name="messageReplySection">On Nov 21, Anna wrote:<blockquote type="cite">{OLD}</blockquote></div>',
}


@pytest.mark.parametrize("client", HTML_CLIENTS)
def test_it_cuts_what_the_mail_program_marked(client: str) -> None:
    found = split_html(HTML_CLIENTS[client])
    assert html_to_text(found.visible).strip() == NEW
    assert OLD in html_to_text(found.quoted)


def test_it_shows_an_answer_below_its_quote() -> None:
    html = f'<blockquote type="cite">{OLD}</blockquote><p>{NEW}</p>'
    found = split_html(html)
    assert html_to_text(found.visible) == NEW
    assert OLD in found.quoted
    text = split_text(f"On 21 Nov 2026 at 10:00, Anna Kern wrote:\n> {OLD}\n\n{NEW}")
    assert text.visible == NEW
    assert OLD in text.quoted


def test_it_leaves_answers_between_the_lines_whole() -> None:
    html = f'<p>On Saturday 10:00, Anna Kern wrote:</p><blockquote type="cite">one?</blockquote><p>{NEW}</p><blockquote type="cite">two?</blockquote><p>yes</p>'
    assert split_html(html).quoted == ""
    text = f"On 21 Nov 2026 at 10:00, Anna Kern wrote:\n> one?\n{NEW}\n> two?\nyes\n"
    assert split_text(text).quoted == ""
    assert split_text(f"Hello\n> one?\n{NEW}\n> two?\n").quoted == ""


def test_it_leaves_a_forward_whole() -> None:
    text = (
        f"see below\n\n---------- Forwarded message ---------\nFrom: A <a@b.org>\nDate: x\nSubject: y\nTo: z\n\n{OLD}"
    )
    assert split_text(text).quoted == ""
    assert split_html(f"<p>see below</p><div id=divRplyFwdMsg>From: a</div>{OLD}", subject="Fwd: Printer").quoted == ""
    assert split_html(f'<p>x</p><div class="moz-forward-container">{OLD}</div>').quoted == ""


def test_it_shows_everything_when_nothing_new_was_written() -> None:
    html = f'<blockquote type="cite">{OLD}</blockquote>'
    assert split_html(html).visible == html
    assert split_text(f"> {OLD}\n").visible == f"> {OLD}\n"


@pytest.mark.parametrize(
    "text",
    [
        "From: the kitchen\nwe need more cups",
        "Here is what I wrote:\nfirst we test\nthen we ship",
        "To: do list\nSubject: none",
        "Meeting 10:30 2026 (see https://example.org):\nbring cups",
    ],
)
def test_it_leaves_ordinary_text_alone(text: str) -> None:
    assert split_text(text + "\n> x\nmore").quoted == "" or text in split_text(text).visible
    assert split_text(text).visible == text
