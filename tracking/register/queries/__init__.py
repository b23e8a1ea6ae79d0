"""Reading the register: lists, search, one person's page. Every read asks who is asking."""

from tracking.register.queries.people import NotVisible, visible_person

__all__ = ["NotVisible", "visible_person"]
