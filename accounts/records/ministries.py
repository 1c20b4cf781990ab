"""Ministries and their divisions in record files."""

from collections.abc import Sequence

from accounts.models import Division, Ministry
from accounts.records.plan import Plan
from accounts.records.record import OptionalText, Order, Record, Slug, Text


class DivisionRecord(Record):
    """A division of a ministry, known by its name."""

    name: Text
    name_en: OptionalText = ""


class MinistryRecord(Record):
    """A ministry or agency (担当府省庁)."""

    id: Slug
    name: Text
    name_en: OptionalText = ""
    short_name: OptionalText = ""
    order: Order = 0
    divisions: list[DivisionRecord] = []


class AccountRecords(Record):
    """The sections of a file that this app keeps."""

    ministries: list[MinistryRecord] = []


def plan_accounts(files: Sequence[AccountRecords], plan: Plan) -> None:
    """Plan the ministries of these files."""
    records = [record for file in files for record in file.ministries]
    load_ministries(plan, {record.id for record in records})
    divisions = Division.objects.filter(ministry__slug__in=[record.id for record in records]).select_related("ministry")
    plan.load(divisions, lambda division: (division.ministry.slug, division.name))
    for position, record in enumerate(records, 1):
        if ministry := plan.claim(record, Ministry, record.id, slug=record.id):
            values = record.given("name", "name_en", "short_name", "order")
            plan.put(record, ministry, values, new={"order": position})
            for item in record.divisions:
                if division := plan.claim(item, Division, (record.id, item.name), ministry=ministry, name=item.name):
                    plan.put(item, division, item.given("name_en"))


def load_ministries(plan: Plan, slugs: set[str]) -> None:
    """Know the ministries that records of a file are, or refer to."""
    plan.load(Ministry.objects.filter(slug__in=slugs), lambda ministry: ministry.slug)


def read_ministries() -> list[MinistryRecord]:
    """All ministries as records, in their order."""
    ministries = Ministry.objects.prefetch_related("divisions")
    return [
        MinistryRecord.model_construct(
            id=ministry.slug,
            name=ministry.name,
            name_en=ministry.name_en,
            short_name=ministry.short_name,
            order=ministry.order,
            divisions=[
                DivisionRecord.model_construct(name=division.name, name_en=division.name_en)
                for division in sorted(ministry.divisions.all(), key=lambda division: division.name)
            ],
        )
        for ministry in sorted(ministries, key=lambda ministry: (ministry.order, ministry.slug))
    ]
