"""The answer to too many tries: a page that says how long to wait."""

from __future__ import annotations

import math
import time

from allauth.account import app_settings as account_settings
from allauth.core.internal import ratelimit
from allauth.mfa import app_settings as mfa_settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE = 60


def too_many_requests(request: HttpRequest, key: str | None = None) -> HttpResponse:
    """429 with Retry-After in seconds. key: what else was counted beside the machine, as in a mail address.

    `handler429` of the addresses: django-allauth looks it up there.
    """
    seconds = seconds_left(request, key)
    if seconds > MINUTE:
        minutes = math.ceil(seconds / MINUTE)
        wait = ngettext("Wait %(num)s minute, then try again.", "Wait %(num)s minutes, then try again.", minutes) % {
            "num": minutes
        }
    else:
        wait = ngettext("Wait %(num)s second, then try again.", "Wait %(num)s seconds, then try again.", seconds) % {
            "num": seconds
        }
    context = {"title": _("Too many tries"), "advice": wait, "status": 429}
    response = render(request, "errors/429.html", context, status=429, using="jinja2")
    response["Retry-After"] = str(seconds)
    return response


def limited(request: HttpRequest, action: str) -> HttpResponse | None:
    """Count one use of an allauth limit by this machine or person; the 429 page when it is used up."""
    answer: HttpResponse | None = ratelimit.consume_or_429(request, app="allauth.account", action=action)
    return answer


def seconds_left(request: HttpRequest, key: str | None = None) -> int:
    """How long until the fullest limit of this machine, person or key has room again; at least a second."""
    now = time.time()
    longest = 1.0
    for app, limits in (
        ("allauth.account", account_settings.RATE_LIMITS),
        ("allauth.mfa", mfa_settings.RATE_LIMITS),
    ):
        for action in limits:
            for rate in ratelimit.get_rates(app=app, action=action):
                if (rate.per == "key" and key is None) or (rate.per == "user" and not request.user.is_authenticated):
                    continue
                cache_key = ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key)
                # Newest first; the limit has room again when its `amount`-th newest hit is too old to count.
                hits = cache.get(cache_key, [])
                if len(hits) >= rate.amount:
                    longest = max(longest, hits[rate.amount - 1] + rate.duration - now)
    return math.ceil(longest)
