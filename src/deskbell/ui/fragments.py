"""Answer one view either with the whole page or with just the block a page asked for.

A page's blocks are its fragments: the same view, queries and template serve both, so nothing can drift.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template import loader
from django.utils.cache import patch_vary_headers
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from jinja2 import Template
from markupsafe import Markup

from deskbell.ui import times
from deskbell.ui.jinja import toasts

VARY = ("HX-Request", "HX-Request-Type")


class UnknownBlockError(LookupError):
    """The template and its parents have no such block."""


def is_partial(request: HttpRequest) -> bool:
    """Say whether htmx asks for a part of the page (its target is not the body)."""
    return request.headers.get("HX-Request-Type") == "partial"


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the page, or with one of its blocks if htmx asks for a part and `block` is given.

    Waiting messages (django.contrib.messages) are shown as toasts in both cases. The answer varies on
    htmx's headers, so caches and the back button never show a part as a page.
    Raises `UnknownBlockError` if the block does not exist.
    """
    if block is not None and is_partial(request):
        html: str = render_block(request, template, block, context) + toast_partial(request)
    else:
        backend: Any = loader.get_template(template, using="jinja2")
        with times.drawing():
            html = backend.template.render(_variables(request, backend, context))
    return HttpResponse(html, status=status, headers={"Vary": ", ".join(VARY)})


def render_block(request: HttpRequest, template: str, block: str, context: Mapping[str, Any] | None = None) -> Markup:
    """Return one block of a page as HTML; the block may stand in the template or in a parent of it."""
    backend: Any = loader.get_template(template, using="jinja2")
    page: Template = backend.template
    variables = _variables(request, backend, context)
    jinja_context = page.new_context(variables)
    # A block's function does not run the template's own imports and assignments, which stand above it.
    # Asking for the page's first piece runs them, and collects the blocks of the parents.
    next(iter(page.root_render_func(jinja_context)), None)
    if block not in jinja_context.blocks:
        raise UnknownBlockError(f"{template} has no block {block!r}")
    with times.drawing():
        pieces = list(jinja_context.blocks[block][0](jinja_context))
    return Markup("".join(pieces))  # noqa: S704  the template has escaped what needs it


def partial(target: str, html: Markup, swap: str = "outerMorph") -> Markup:
    """Return a further part for an answer that changes several places: `target` is a CSS selector."""
    return Markup('<hx-partial hx-target="{}" hx-swap="{}">{}</hx-partial>').format(target, swap, html)


def respond(request: HttpRequest, *parts: Markup, status: int = 200, trigger: str | None = None) -> HttpResponse:
    """Answer htmx with several parts (the first may be plain, the others from `partial`) and waiting toasts.

    `trigger` names an event the page fires afterwards, for panels that refetch themselves.
    """
    response = HttpResponse(Markup().join([*parts, toast_partial(request)]), status=status)
    if trigger:
        response["HX-Trigger"] = trigger
    patch_vary_headers(response, VARY)
    return response


def see_other(request: HttpRequest, url: str) -> HttpResponse:
    """Go to another page after a POST that worked: 303, or for htmx a page change done by the browser.

    The fetch of htmx would follow a 303 by itself and put the other page into the target.
    Raises `ValueError` for an address outside the desk.
    """
    if not url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}):
        raise ValueError(f"The address leaves the desk: {url!r}")
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=200)
        response["HX-Redirect"] = url
    else:
        response = HttpResponseRedirect(url)
        response.status_code = 303
    patch_vary_headers(response, VARY)
    return response


def toast_partial(request: HttpRequest) -> Markup:
    """Return the waiting messages as a part that goes into the toast region; nothing if there are none."""
    waiting = toasts(request)
    if not waiting:
        return Markup()
    backend: Any = loader.get_template("ui/surfaces.html", using="jinja2")
    toast = backend.template.module.toast
    html = Markup().join(toast(message.message, level=message.level_tag) for message in waiting)
    return partial("#toasts", html, swap="beforeend")


def _variables(request: HttpRequest, backend: Any, context: Mapping[str, Any] | None) -> dict[str, Any]:
    variables: dict[str, Any] = dict(context or {})
    variables["request"] = request
    variables["csrf_token"] = _token_lazily(request)
    variables["csrf_input"] = _input_lazily(request)
    for processor in backend.backend.template_context_processors:
        variables.update(processor(request))
    return variables


def _token(request: HttpRequest) -> str:
    """Once a page: Django masks each token it is asked for with 32 random letters."""
    known: str | None = getattr(request, "page_token", None)
    if known is None:
        known = request.page_token = get_token(request)  # type: ignore[attr-defined]
    return known


def _input(request: HttpRequest) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', _token(request))


# Only for a page that has a form: asking for the token sets a cookie.
_token_lazily, _input_lazily = lazy(_token, str), lazy(_input, SafeString, str)
