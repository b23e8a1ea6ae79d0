"""One month's file of golden returns in the making, and the plain people in it. Everybody is invented."""

from datetime import date, timedelta
from itertools import product

from returns.nccis.record import Record

PERIODS = {"2019-20": date(2019, 6, 30), "2020-21": date(2021, 1, 31), "2026-27": date(2026, 10, 31)}
LEAD, NEIGHBOUR, DATABASE = "886", "887", "886"
GIVEN = ["Amber", "Bryn", "Cora", "Dilys", "Edda", "Fenn", "Gwen", "Hale", "Isla-Mae", "Jory", "Kit", "Lorna"]
FAMILY = ["Ashdown", "Brill", "Cobham", "D'Arcy", "Eltham", "Fordwich", "Goudhurst", "Higham", "Ightham"]
NAMES = list(product(GIVEN, FAMILY))
DAY = timedelta(days=1)


class Month:
    """One month's file in the making: numbers its people and knows its dates."""

    def __init__(self, rule_year: str) -> None:
        self.rule_year = rule_year
        self.period_end = PERIODS[rule_year]
        end = self.period_end
        self.year = end.year if end.month >= 9 else end.year - 1
        self.year_start, self.year_end = date(self.year, 9, 1), date(self.year + 1, 8, 31)
        self.is_summer = 4 <= end.month <= 8
        self._made = 0

    def born(self, year_group: int) -> date:
        """A birth date in the middle of this year group."""
        return date(self.year - year_group - 4, 3, 1) + timedelta(days=self._made % 150)

    def person(self, year_group: int = 12, **changes: object) -> Record:
        """A young person in Year 12 at college with nothing wrong, or with these changes."""
        self._made += 1
        given, family = NAMES[self._made % len(NAMES)]
        plain = Record(
            young_persons_id=f"{DATABASE}{self._made:010d}",
            cohort_status="P",
            given_name=given,
            family_name=family,
            address_line_1=f"{self._made} Orchard Row",
            town="Wealdham",
            county="Kentshire",
            postcode="ZZ99 9ZZ",
            gender="F",
            dob=self.born(year_group).isoformat(),
            ethnicity="WBRI",
            lead_lea=LEAD,
            educated_lea=LEAD,
            lea_code_at_year_11=LEAD,
            unique_learner_no=str(2_000_000_000 + self._made),
            guarantee_status_indicator="N",
            level_of_need_code="3",
            send_flag="N",
            sen_support_flag="N",
            **self.course("230"),
        )
        return plain._replace(**changes)

    def course(self, code: str, **changes: str) -> dict[str, str]:
        """An education or training activity of this academic year, confirmed this month."""
        return {
            "activity_code": code,
            "start_date": self.year_start.isoformat(),
            "date_ascertained": (self.year_start + 10 * DAY).isoformat(),
            "date_verified": (self.period_end - 10 * DAY).isoformat(),
            "review_date": "",
            "due_to_lapse_date": self.year_end.isoformat(),
            "currency_lapsed": "N",
            "establishment_number": f"{LEAD}4001",
            "establishment_name": "Wealdham College",
            "uk_provider_reference_number": "10001234",
            "neet_start_date": "",
            "predicted_end_date": (self.year_end + 300 * DAY).isoformat(),
        } | changes

    def job(self, code: str, **changes: str) -> dict[str, str]:
        """An activity without an end or a place of learning."""
        nowhere = {"establishment_number": "", "establishment_name": "", "uk_provider_reference_number": ""}
        return self.course(code, predicted_end_date="", **nowhere) | changes

    def neet(self, code: str, **changes: str) -> dict[str, str]:
        """A NEET activity that began the day the young person became NEET."""
        return self.job(code, due_to_lapse_date="", neet_start_date=self.year_start.isoformat()) | changes

    def offer(self, block: int, status: str = "110", la: str = LEAD) -> dict[str, str]:
        """A September Guarantee block."""
        return {f"year_{block}_guarantee_status": status, f"year_{block}_lea_code": la}

    def guaranteed_group(self, block: int) -> int:
        """The year group that this block of the guarantee is about in this month."""
        return block if self.is_summer else block + 1

    def pupil(self, **changes: object) -> Record:
        """A Year 11 pupil."""
        offer = self.offer(11) if self.is_summer else {}
        indicator = "Y" if self.is_summer else "N"
        return self.person(
            11,
            **{
                **self.course("110", uk_provider_reference_number=""),
                **offer,
                "guarantee_status_indicator": indicator,
                "intended_destination_yr_11": "121",
                **changes,
            },
        )
