"""The meetings councils usually hold, for one that begins here; each changes them as it likes (R66, R67, R146)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UsualType:
    """One kind of meeting. `service` is the short name of the service it is for, where it is for one."""

    slug: str
    words: str
    scope: str
    about: str
    service: str = ""
    every_months: int = 1
    months: str = ""
    working_day: int = -5
    minutes: int = 120
    has_outsiders: bool = False


DISTRICT_NEET = UsualType("district-neet", "District NEET meeting", "district", "neet")
SIMPLE = (UsualType("neet", "NEET meeting", "authority", "neet"),)
SEVERAL = (
    DISTRICT_NEET,
    UsualType("ehcp", "EHC plan NEET meeting", "authority", "ehcp", "send", working_day=-3),
    UsualType(
        "multi-agency", "Multi-agency NEET meeting", "district", "nominated", every_months=2, working_day=-2,
        has_outsiders=True,
    ),
    UsualType("youth-justice", "Youth justice meeting", "service", "neet", "youth-justice", working_day=10, minutes=60),
    UsualType("virtual-school", "Virtual school meeting", "service", "neet", "virtual-school", working_day=11),
    UsualType("youth-hubs", "Youth hub conversation", "district", "neet", "open-access", working_day=12, minutes=45),
    UsualType(
        "participation", "District participation meeting", "district", "nominated", months="11", has_outsiders=True
    ),
    UsualType("interdependencies", "NEET interdependencies meeting", "authority", "nobody", months="9,12,3,6"),
)  # fmt: skip
