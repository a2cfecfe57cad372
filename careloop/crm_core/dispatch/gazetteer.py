"""Where places lie, out of the maker's own books: areas name places, engineers live somewhere."""

from __future__ import annotations

from collections.abc import Iterable

from careloop.crm_core.dispatch.geo import NOWHERE, Point, inside
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.roster_models import ServiceArea


def folded(name: str) -> str:
    """A place's name as it is compared: without case and blanks."""
    return "".join(name.casefold().split())


class Gazetteer:
    """Names of places with their coordinates, and the areas they belong to."""

    def __init__(self, areas: Iterable[ServiceArea], engineers: Iterable[Engineer]) -> None:
        self._points: dict[str, Point] = {}
        self._areas_of_name: dict[str, set[str]] = {}
        self._areas_of_country: dict[str, set[str]] = {}
        self._circles: list[tuple[str, Point, float]] = []
        for row in engineers:
            if row.base_city and row.lat is not None and row.lon is not None:
                point = Point(row.lat, row.lon, "city", row.base_city)
                self._points.setdefault(folded(row.base_city), point)
        for area in areas:
            self._take(area)

    def _take(self, area: ServiceArea) -> None:
        for country in area.countries:
            self._areas_of_country.setdefault(country.upper(), set()).add(area.code)
        if area.lat is not None and area.lon is not None and area.radius_km:
            self._circles.append((area.code, Point(area.lat, area.lon), area.radius_km))
        for place in area.places:
            point = None
            if place.get("lat") is not None and place.get("lon") is not None:
                point = Point(place["lat"], place["lon"], "city", place["names"][0])
            else:
                known = (self._points.get(folded(name)) for name in place["names"])
                point = next((one for one in known if one is not None), None)
            for name in place["names"]:
                self._areas_of_name.setdefault(folded(name), set()).add(area.code)
                if point is not None:
                    self._points[folded(name)] = point

    def find(self, name: str) -> Point:
        """The place of that name; `NOWHERE` where the books do not know it."""
        return self._points.get(folded(name), NOWHERE) if name else NOWHERE

    def areas(self, point: Point, city: str, country: str) -> list[str]:
        """Codes of the areas in which a place lies: by its name, its country, or a circle."""
        found = set(self._areas_of_name.get(folded(city), ())) if city else set()
        found |= self._areas_of_country.get(country.upper(), set()) if country else set()
        if point.lat is not None and point.lon is not None:
            for code, centre, radius in self._circles:
                if inside(point.lat, point.lon, centre, radius):
                    found.add(code)
        return sorted(found)

    def resolve(
        self, told: tuple[float | None, float | None], device: tuple[float | None, float | None],
        seen: Point | None, city: str,
    ) -> Point:  # fmt: skip
        """The best place known of a job: told, the device's, of a check-in there, the city."""
        if told[0] is not None and told[1] is not None:
            return Point(told[0], told[1], "told", city)
        if device[0] is not None and device[1] is not None:
            return Point(device[0], device[1], "device", city)
        if seen is not None and seen.known:
            return seen
        found = self.find(city)
        return Point(found.lat, found.lon, "city", city) if found.known else Point(
            None, None, "unknown", city
        )  # fmt: skip
