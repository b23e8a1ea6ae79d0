"""How common names, birthdays and postcodes are on a register: two rare names alike say more than two common ones."""

from dataclasses import dataclass

import numpy as np

from tracking.rules.matching.people import Ints, Numbers, People

# So many bearers of a last name are believed to have first names as everybody else does.
USUAL_FIRST_NAMES = 5.0


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How common names, dates of birth and postcodes are on the register; a person does not count themselves."""

    people: int
    surname: Ints
    forename: Ints
    full_name: Ints
    full_names: Ints
    days: Ints
    born: Ints
    postcode: Ints

    @classmethod
    def of(cls, register: People, names: int, postcodes: int) -> "Frequencies":
        """Counted once over the whole register."""
        full_name, full_names = np.unique(register.surname * names + register.forename, return_counts=True)
        days, born = np.unique(register.born, return_counts=True)
        return cls(
            people=max(len(register), 1),
            surname=np.bincount(register.surname, minlength=names),
            forename=np.bincount(register.forename, minlength=names),
            full_name=full_name,
            full_names=full_names,
            days=days,
            born=born,
            postcode=np.bincount(register.postcode, minlength=postcodes),
        )

    def share_of_surname(self, one: People) -> Numbers:
        """How many others of 1 bear this last name, believed to be at least half a person."""
        return np.maximum(self.surname[one.surname] - 1, 0.5) / self.people

    def share_of_forename(self, one: People) -> Numbers:
        """How many others of 1 with this last name bear this first name."""
        common = np.maximum(self.forename[one.forename] - 1, 0.5) / self.people
        of_surname = np.maximum(self.surname[one.surname] - 1, 0)
        both = np.maximum(self._bearers(one) - 1, 0)
        return (both + USUAL_FIRST_NAMES * common) / (of_surname + USUAL_FIRST_NAMES)

    def share_of_day(self, one: People) -> Numbers:
        """How many others of 1 are born that day."""
        place = np.minimum(np.searchsorted(self.days, one.born), len(self.days) - 1)
        return np.maximum(self.born[place] - 1, 0.5) / self.people

    def share_of_postcode(self, one: People) -> Numbers:
        """How many others of 1 live in this postcode."""
        return np.maximum(self.postcode[one.postcode] - 1, 0.5) / self.people

    def namesakes(self, one: People) -> Numbers:
        """How many others of this name and day of birth there may be by chance in a register of this size."""
        return self.people * self.share_of_surname(one) * self.share_of_forename(one) * self.share_of_day(one)

    def _bearers(self, one: People) -> Ints:
        if not len(self.full_name):
            return np.zeros(len(one), dtype=np.int64)
        wanted = one.surname * len(self.surname) + one.forename
        place = np.minimum(np.searchsorted(self.full_name, wanted), len(self.full_name) - 1)
        return np.where(self.full_name[place] == wanted, self.full_names[place], 0)
