"""Longitude and latitude turned into metres of the British National Grid, so that files of either kind make one map."""

from math import radians

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes A to C: the ellipsoids of GPS (WGS84) and
# of the grid (Airy 1830), the grid's projection, and the seven steps from one datum to the other, good to five metres.
WGS84, AIRY = (6378137.0, 6356752.3141), (6377563.396, 6356256.909)
SCALE, ORIGIN_LATITUDE, ORIGIN_LONGITUDE = 0.9996012717, radians(49), radians(-2)
FALSE_EAST, FALSE_NORTH = 400_000.0, -100_000.0
MOVED = (-446.448, 125.157, -542.060)
TURNED = tuple(radians(seconds / 3600) for seconds in (-0.1502, -0.2470, -0.8421))
STRETCHED = 20.4894e-6


def to_grid(points: Numbers) -> Numbers:
    """Eastings and northings in metres of points given as longitude and latitude in degrees."""
    longitude, latitude = _on_airy(np.radians(points[:, 0]), np.radians(points[:, 1]))
    return projected(longitude, latitude)


def _on_airy(longitude: Numbers, latitude: Numbers) -> tuple[Numbers, Numbers]:
    """The same places as the older survey measures them."""
    x, y, z = _in_space(longitude, latitude, WGS84)
    turn_x, turn_y, turn_z = TURNED
    grown = 1 + STRETCHED
    moved = (
        MOVED[0] + grown * x - turn_z * y + turn_y * z,
        MOVED[1] + turn_z * x + grown * y - turn_x * z,
        MOVED[2] - turn_y * x + turn_x * y + grown * z,
    )
    return _on_the_ground(*moved, AIRY)


def _in_space(
    longitude: Numbers, latitude: Numbers, ellipsoid: tuple[float, float]
) -> tuple[Numbers, Numbers, Numbers]:
    a, b = ellipsoid
    flat = 1 - (b / a) ** 2
    across = a / np.sqrt(1 - flat * np.sin(latitude) ** 2)
    return (
        across * np.cos(latitude) * np.cos(longitude),
        across * np.cos(latitude) * np.sin(longitude),
        across * (1 - flat) * np.sin(latitude),
    )


def _on_the_ground(
    x: Numbers, y: Numbers, z: Numbers, ellipsoid: tuple[float, float]
) -> tuple[Numbers, Numbers]:
    a, b = ellipsoid
    flat = 1 - (b / a) ** 2
    wide = np.hypot(x, y)
    latitude = np.arctan2(z, wide * (1 - flat))
    for _ in range(5):  # by then it stands still below a millimetre
        across = a / np.sqrt(1 - flat * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + flat * across * np.sin(latitude), wide)
    return np.arctan2(y, x), latitude


def projected(longitude: Numbers, latitude: Numbers) -> Numbers:
    """Grid metres of radians on the Airy ellipsoid (the guide's annex C, terms I to VI)."""
    a, b = AIRY
    flat = 1 - (b / a) ** 2
    sine, cosine, tangent = np.sin(latitude), np.cos(latitude), np.tan(latitude)
    across = a * SCALE / np.sqrt(1 - flat * sine**2)
    along = a * SCALE * (1 - flat) / (1 - flat * sine**2) ** 1.5
    more = across / along - 1
    east = longitude - ORIGIN_LONGITUDE
    north = _meridian(latitude) + FALSE_NORTH
    north += across / 2 * sine * cosine * east**2
    north += across / 24 * sine * cosine**3 * (5 - tangent**2 + 9 * more) * east**4
    north += across / 720 * sine * cosine**5 * (61 - 58 * tangent**2 + tangent**4) * east**6
    right = FALSE_EAST + across * cosine * east
    right += across / 6 * cosine**3 * (across / along - tangent**2) * east**3
    quintic = 5 - 18 * tangent**2 + tangent**4 + 14 * more - 58 * tangent**2 * more
    right += across / 120 * cosine**5 * quintic * east**5
    return np.column_stack((right, north))


def _meridian(latitude: Numbers) -> Numbers:
    """How far along the meridian from the grid's origin."""
    a, b = AIRY
    n = (a - b) / (a + b)
    less, total = latitude - ORIGIN_LATITUDE, latitude + ORIGIN_LATITUDE
    terms = (
        (1 + n + 5 / 4 * (n**2 + n**3)) * less
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(less) * np.cos(total)
        + 15 / 8 * (n**2 + n**3) * np.sin(2 * less) * np.cos(2 * total)
        - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * total)
    )
    return np.asarray(b * SCALE * terms)
