"""Commands and views of engineers, their papers, shifts, absences and areas."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)  # fmt: skip

from careloop.crm_core.workforce.roster_models import AbsenceKind, AbsenceState
from careloop.crm_core.workforce.schemas import OfficeHoursView


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is no time zone of the IANA list, such as Asia/Shanghai") from None
    return name


TimeZone = Annotated[str, Field(max_length=60), AfterValidator(_zone)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Skill = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Level = Annotated[int, Field(ge=1, le=9)]
Lat = Annotated[float, Field(ge=-90, le=90)]
Lon = Annotated[float, Field(ge=-180, le=180)]
Version = Annotated[int | None, Field(description="Version the change is based on.")]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]


class EngineerFacts(BaseModel):
    """What is known of an engineer."""

    name: str = Field(min_length=1, max_length=200, description="Full name.")
    email: str = Field("", max_length=254, description="Joined to the login of that address.")
    phone: str = Field("", max_length=20, description="In E.164.")
    base_city: str = Field("", max_length=100, description="Where the engineer lives.")
    lat: Lat | None = Field(None, description="Latitude of where the day begins, degrees.")
    lon: Lon | None = Field(None, description="Longitude of where the day begins, degrees.")
    time_zone: TimeZone = Field("UTC", description="IANA zone of the engineer.")
    skills: list[Skill] = Field(default_factory=list, max_length=100, description="Skills.")
    skill_levels: dict[Skill, Level] = Field(default_factory=dict, description="Where they differ.")
    level: Level = Field(1, description="Level in every other skill, 1 to 9.")
    languages: list[Short] = Field(default_factory=list, max_length=30, description="ISO codes.")
    areas: list[Code] = Field(default_factory=list, max_length=100, description="Codes of areas.")
    tools: list[Short] = Field(default_factory=list, max_length=200, description="Tools carried.")
    van: str = Field("", max_length=80, description="Stock location the engineer drives.")
    daily_limit: int | None = Field(None, ge=1, le=50, description="Visits a day at most.")
    shift: str = Field("", max_length=60, description="Hours as text: Mon-Fri 08:30-17:30.")
    active: bool = Field(True, description="Whether work is given to the engineer.")


class CreateEngineer(EngineerFacts):
    """A new engineer."""

    code: Code = Field(description="The engineer's own code, such as E-07.")


class EngineerChanges(BaseModel):
    """What is left out stays; null empties what may be empty."""

    version: Version = None
    name: str | None = Field(None, min_length=1, max_length=200, description="Name.")
    email: str | None = Field(None, max_length=254, description="Joins a login.")
    phone: str | None = Field(None, max_length=20, description="In E.164.")
    base_city: str | None = Field(None, max_length=100, description="Where the engineer lives.")
    lat: Lat | None = Field(None, description="Latitude, degrees.")
    lon: Lon | None = Field(None, description="Longitude, degrees.")
    time_zone: TimeZone | None = Field(None, description="IANA zone.")
    skills: list[Skill] | None = Field(None, max_length=100, description="Skills.")
    skill_levels: dict[Skill, Level] | None = Field(None, description="Where they differ.")
    level: Level | None = Field(None, description="Level, 1 to 9.")
    languages: list[Short] | None = Field(None, max_length=30, description="ISO codes.")
    areas: list[Code] | None = Field(None, max_length=100, description="Codes of areas.")
    tools: list[Short] | None = Field(None, max_length=200, description="Tools.")
    van: str | None = Field(None, max_length=80, description="Stock location the engineer drives.")
    daily_limit: int | None = Field(None, ge=1, le=50, description="Visits a day at most.")
    shift: str | None = Field(None, max_length=60, description="Hours as text.")
    active: bool | None = Field(None, description="Whether it is in use.")


class PickEngineer(BaseModel):
    """One engineer."""

    engineer: str = Field(max_length=40, description="Engineer's code.")


class ChangeEngineer(EngineerChanges, PickEngineer):
    """Changes of an engineer."""


class CertificateFacts(BaseModel):
    """A paper; without `valid_until` it holds for good."""

    skill: Skill = Field(description="The skill it certifies.")
    number: str = Field(min_length=1, max_length=80, description="Number on the paper.")
    issuer: str = Field("", max_length=200, description="Who gave it.")
    issued_on: date | None = Field(None, description="Day of issue.")
    valid_until: date | None = Field(None, description="Last day on which it holds.")


class AddCertificate(CertificateFacts, PickEngineer):
    """A certificate of an engineer."""


class CertificateChanges(BaseModel):
    """What is left out stays."""

    version: Version = None
    number: str | None = Field(None, min_length=1, max_length=80, description="Number.")
    issuer: str | None = Field(None, max_length=200, description="Who gave it.")
    issued_on: date | None = Field(None, description="Day of issue.")
    valid_until: date | None = Field(None, description="Last day on which it holds.")


class ChangeCertificate(CertificateChanges, PickEngineer):
    """Renew or correct a certificate."""

    certificate_id: str = Field(max_length=26, description="Id of the certificate.")


class PickCertificate(PickEngineer):
    """One certificate of an engineer."""

    certificate_id: str = Field(max_length=26, description="Id of the certificate.")


class ShiftFacts(BaseModel):
    """A week of work. Give `weekly`, or `text` to be read: `Mon-Fri 08:30-12:00, 13:00-17:30`."""

    text: str = Field("", max_length=300, description="The week in words; read into `weekly`.")
    weekly: dict[str, list[tuple[str, str]]] = Field(
        default_factory=dict, description="By weekday."
    )
    time_zone: TimeZone | None = Field(None, description="Left out: the engineer's zone.")
    valid_from: date | None = Field(None, description="First day; left out: today.")
    valid_until: date | None = Field(None, description="Last day; left out: until the next one.")
    note: str = Field("", max_length=300, description="What it is for.")

    @model_validator(mode="after")
    def _fits(self) -> ShiftFacts:
        OfficeHoursView(weekly=self.weekly)
        for day, spans in self.weekly.items():
            ordered = sorted(spans)
            if any(a[1] > b[0] for a, b in itertools.pairwise(ordered)):
                raise ValueError(f"the hours of weekday {day} overlap")
        if self.text and self.weekly:
            raise ValueError("give the week in words or as spans, not both")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until lies before valid_from")
        return self


class AddShift(ShiftFacts, PickEngineer):
    """A week of work of an engineer."""


class PickShift(PickEngineer):
    """One week of work."""

    shift_id: str = Field(max_length=26, description="Id of the week of work.")


class ReplaceShift(ShiftFacts, PickShift):
    """A week of work as it shall be."""

    version: Version = None


class AbsenceFacts(BaseModel):
    """A time in which the engineer does not work."""

    model_config = ConfigDict(populate_by_name=True)

    kind: AbsenceKind = Field(AbsenceKind.LEAVE, description="What it is.")
    from_: AwareDatetime = Field(alias="from", description="Begin.")
    until: AwareDatetime = Field(description="End.")
    note: str = Field("", max_length=1000, description="In words.")

    @model_validator(mode="after")
    def _in_order(self) -> AbsenceFacts:
        if self.until <= self.from_:
            raise ValueError("an absence ends after it begins")
        return self


class AddAbsence(AbsenceFacts, PickEngineer):
    """An absence: of a dispatcher it holds at once; an engineer asks for it, but is ill at once."""


class PickAbsence(PickEngineer):
    """One absence."""

    absence_id: str = Field(max_length=26, description="Id of the absence.")


class AbsenceChanges(BaseModel):
    """What is left out stays."""

    model_config = ConfigDict(populate_by_name=True)

    version: Version = None
    kind: AbsenceKind | None = Field(None, description="What it is.")
    from_: AwareDatetime | None = Field(None, alias="from", description="Begin.")
    until: AwareDatetime | None = Field(None, description="End.")
    note: str | None = Field(None, max_length=1000, description="In words.")


class ChangeAbsence(AbsenceChanges, PickAbsence):
    """Changes of an absence; an engineer changes what is not decided yet."""


class Decision(BaseModel):
    """The answer to a request."""

    approve: bool = Field(description="Whether the engineer may be away.")
    answer: str = Field("", max_length=1000, description="Why, in words.")


class DecideAbsence(Decision, PickAbsence):
    """The answer to an engineer's request."""


class PositionFacts(BaseModel):
    """Where the engineer is."""

    lat: Lat = Field(description="Latitude, degrees.")
    lon: Lon = Field(description="Longitude, degrees.")
    accuracy_m: float | None = Field(None, ge=0, le=1e6, description="Accuracy, metres.")
    at: AwareDatetime | None = Field(None, description="The device's time; left out: now.")


class TellPosition(PositionFacts, PickEngineer):
    """An engineer tells where they are; an older position than the known one changes nothing."""


class Place(BaseModel):
    """A place by its names in any language, with coordinates where they are known."""

    names: list[Short] = Field(min_length=1, max_length=20, description="Shenzhen, 深圳, ...")
    lat: Lat | None = None
    lon: Lon | None = None


class AreaFacts(BaseModel):
    """An area: places, whole countries, or a circle; whatever lies in one of them is in it."""

    name: str = Field("", max_length=120, description="What people call it.")
    countries: list[Short] = Field(default_factory=list, max_length=50, description="ISO codes.")
    places: list[Place] = Field(default_factory=list, max_length=200, description="By names.")
    lat: Lat | None = Field(None, description="Centre of the circle, degrees.")
    lon: Lon | None = Field(None, description="Centre of the circle, degrees.")
    radius_km: float | None = Field(None, gt=0, le=20_000, description="Radius of the circle.")

    @model_validator(mode="after")
    def _whole(self) -> AreaFacts:
        circle = (self.lat, self.lon, self.radius_km)
        if any(one is not None for one in circle) and None in circle:
            raise ValueError("a circle needs lat, lon and radius_km")
        return self


class CreateArea(AreaFacts):
    """A new area."""

    code: Code = Field(description="Short code, such as shenzhen.")


class ReplaceArea(AreaFacts):
    """The area as it shall be."""

    area: str = Field(max_length=40, description="Code of the area.")
    version: Version = None


class PickArea(BaseModel):
    """One area."""

    area: str = Field(max_length=40, description="Code of the area.")


class CertificateView(BaseModel):
    """`state` on the day it is asked: valid, expiring (within 30 days) or expired."""

    id: str
    skill: str
    number: str
    issuer: str
    issued_on: date | None
    valid_until: date | None
    state: Literal["valid", "expiring", "expired"]
    version: int


class ShiftView(BaseModel):
    """A week of work; `source` is text for the hours of the import, which have no row."""

    id: str
    weekly: dict[str, list[tuple[str, str]]]
    text: str
    time_zone: str
    valid_from: date | None
    valid_until: date | None
    note: str
    source: Literal["set", "text"]
    version: int


class AbsenceView(BaseModel):
    """`kind`, `note` and `answer` are shown to the engineer and to dispatchers; others see that
    somebody is away."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    engineer: str
    kind: str
    state: AbsenceState
    from_: str = Field(alias="from")
    until: str
    note: str
    requested_by: str
    decided_by: str
    decided_at: str | None
    answer: str
    own: bool
    version: int


class PositionView(BaseModel):
    lat: float
    lon: float
    accuracy_m: float | None
    source: str
    at: str


class AreaView(BaseModel):
    code: str
    name: str
    countries: list[str]
    places: list[Place]
    lat: float | None
    lon: float | None
    radius_km: float | None
    engineers: list[str]
    version: int


class EngineerView(BaseModel):
    """An engineer as dispatchers see them; `shift_error` says why the text of the hours cannot be
    read, so that the engineer has no shift until it is mended."""

    code: str
    name: str
    email: str
    phone: str
    base_city: str
    lat: float | None
    lon: float | None
    skills: list[str]
    skill_levels: dict[str, int]
    languages: list[str]
    level: int
    areas: list[str]
    tools: list[str]
    van: str
    daily_limit: int | None
    shift: str
    shift_error: str
    time_zone: str
    user_id: str | None
    active: bool
    version: int


class EngineerPage(EngineerView):
    """An engineer with papers, weeks of work, absences (from 30 days ago on) and position."""

    certificates: list[CertificateView]
    shifts: list[ShiftView]
    absences: list[AbsenceView]
    position: PositionView | None
