"""What whoever runs the installation brings in and takes out as files: the dated tables; nobody's record."""

from tracking.reference import admin as reference_admin

__all__ = ["reference_admin"]
