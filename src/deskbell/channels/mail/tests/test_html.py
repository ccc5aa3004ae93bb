"""Foreign HTML becomes harmless."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbell.channels.mail.html import has_remote_images, html_to_text, linkify, sanitise, text_to_html

PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["<script>", "</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>", "</a>", "<svg",
             " onload=", "<style>", "</style>", "<p title='", "'", '"', ">", "<", '<img src="http://x/', "data:text/html",
             "<math><mtext>", "</", "<!--", "-->", "&lt;script&gt;", "&#106;avascript:", "<iframe srcdoc=", "style=",
             "position:fixed", "<base href=//x>", "<form action=", "<meta http-equiv=refresh>", "\x00", "<noscript>"]
        ),
        st.text(max_size=8),
    ),
    max_size=25,
)  # fmt: skip
TAG = re.compile(r"<[a-z][^<>]*>")


@settings(max_examples=300)
@given(PIECES, st.booleans())
def test_it_never_lets_anything_active_through(pieces: list[str], keep: bool) -> None:
    clean = sanitise("".join(pieces), keep_style=keep)
    for tag in TAG.findall(re.sub(r'="[^"]*"', lambda m: m[0].replace("<", "").replace(">", ""), clean)):
        names = re.findall(r'\s([a-z-]+)="', tag)
        assert not any(name.startswith("on") for name in names)
        assert not re.match(r"<(script|style|iframe|object|embed|svg|math|form|input|base|meta|link)\b", tag)
        assert not re.search(r'="\s*(javascript|vbscript|data:text)', tag, re.IGNORECASE)
        assert not re.search(r'<img[^>]*\ssrc="https?:', tag)
        assert keep or 'style="' not in tag


def test_cleaning_twice_changes_nothing() -> None:
    once = sanitise('<p onclick=x>a<img src="https://x.org/a.png" alt="1 > 0"><a href="https://x.org">l</a></p>')
    assert sanitise(once).replace(' alt="1 &gt; 0"', "") == once.replace(
        ' data-remote-src="https://x.org/a.png"', ""
    ).replace(' alt="1 &gt; 0"', "")


def test_remote_images_wait_until_asked() -> None:
    html = '<img src="https://x.org/a.png?b=1&amp;c=2" alt="chart">'
    held = sanitise(html)
    assert has_remote_images(held)
    assert ' src="' not in held
    assert ' src="https://x.org/a.png?b=1&amp;c=2"' in sanitise(html, remote_images=True)


def test_inline_images_get_our_address() -> None:
    html = '<img src="cid:part1@x"><img src="cid:gone">'
    clean = sanitise(html, cid_url=lambda cid: "/files/7/?a=1&b=2" if cid == "part1@x" else None)
    assert '<img src="/files/7/?a=1&amp;b=2" alt="">' in clean
    assert "cid:" not in clean


def test_links_open_elsewhere_and_tell_nothing() -> None:
    assert 'rel="noopener noreferrer"' in sanitise('<a href="https://x.org" target=_top>x</a>')
    assert 'target="_blank"' in sanitise('<a href="https://x.org">x</a>')
    assert "href" not in sanitise('<a href="/relative">x</a>')


def test_our_own_styles_may_leave_in_mail() -> None:
    styled = sanitise('<p style="color:red;position:fixed">x</p>', keep_style=True)
    assert styled == '<p style="color:red">x</p>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://a.b/c_(d).", "https://a.b/c_(d)"),
        ("(www.example.org)", "https://www.example.org"),
        ("mail anna@example.org, now", "mailto:anna@example.org"),
        ("請看 https://例子.example/頁，謝謝", "https://例子.example/頁"),
    ],
)
def test_it_links_addresses(text: str, expected: str) -> None:
    assert f'href="{expected}"' in linkify(text)


@given(st.text(max_size=300))
def test_text_survives_its_way_through_html(text: str) -> None:
    words = text.replace("\x00", "").split()
    html = text_to_html(text)
    assert "<script" not in html
    if all(word.isalnum() for word in words):
        assert html_to_text(html).split() == words
