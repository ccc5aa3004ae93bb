"""Which surface answers at which address."""

from django.conf import settings
from django.urls import include, path, re_path

from deskbell.config import api_docs, rest, views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("account/", include("deskbell.account.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    re_path("^api/v1/", rest.for_people),
    path("api/docs/", api_docs.documentation, name="api_docs"),
    path("api/docs/problems", api_docs.problems, name="api_problems"),
    path("portal/", include("deskbell.portal.urls")),
    path("desk/", include("deskbell.agent.urls")),
    path("admin/", include("deskbell.console.urls")),
]
if settings.DEBUG or settings.DESKBELL.demo:
    urlpatterns.append(path("styleguide/", include("deskbell.ui.urls")))

handler400 = "deskbell.config.errors.bad_request"
handler403 = "deskbell.config.errors.permission_denied"
handler404 = "deskbell.config.errors.page_not_found"
handler500 = "deskbell.config.errors.server_error"
# django-allauth looks for this one.
handler429 = "deskbell.account.rate_limits.too_many_requests"
