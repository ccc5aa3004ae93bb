"""Where attachments and raw messages are kept: Django's entry for the storage."""

from typing import Any

from deskbell.config.installation.model import DeskbellSettings


def file_storage(settings: DeskbellSettings) -> dict[str, Any]:
    """A folder, or a bucket that several machines share."""
    if settings.storage == "disk":
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": settings.place / "files",
                "file_permissions_mode": 0o640,
                "directory_permissions_mode": 0o750,
            },
        }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": settings.s3_bucket,
            "endpoint_url": settings.s3_endpoint or None,
            "region_name": settings.s3_region or None,
            "access_key": settings.s3_access_key or None,
            "secret_key": settings.s3_secret_key.get_secret_value() or None,
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }
