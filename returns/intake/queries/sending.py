"""What a return must have before it is sent."""

from django.db.models import Q

from returns.intake.models import Intake, IntakeRow

AFTER_THE_NOTICE = ("upn", "uln", "telephone", "mobile", "email", "parent_telephone", "parent_email")


def needs_privacy_notice(intake: Intake) -> bool:
    """Whether it holds numbers or contact details, which only those may be asked for who had the notice (R30). What
    the register itself put on a page is not passed on by anybody, and a list from elsewhere is no school's to give
    notice of."""
    if intake.establishment_id is None:
        return False
    held = Q()
    for name in AFTER_THE_NOTICE:
        held |= Q(**{f"clean__{name}__gt": ""})
    told = intake.rows.filter(held, left_out=False).exclude(found=IntakeRow.Found.PRESET, fixed={})
    return told.exists()
