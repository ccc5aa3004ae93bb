"""Static files under names that carry their content, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise is untyped
    """Also renames what modules import from each other.

    Otherwise a new `deskbell.js` would import yesterday's `core.js` from the browser's cache.
    """

    support_js_module_import_aggregation = True
