"""Records in files: what every kind shares, the plan of an import, and the kinds that this app keeps."""

from accounts.records.files import UnreadableFile, read_text
from accounts.records.ministries import (
    AccountRecords,
    DivisionRecord,
    MinistryRecord,
    load_ministries,
    plan_accounts,
    read_ministries,
)
from accounts.records.plan import Plan, Tally, ids_in, loops
from accounts.records.record import (
    Day,
    Fault,
    FileName,
    Key,
    Keys,
    Moment,
    Node,
    OptionalText,
    Order,
    Ordinal,
    Place,
    Record,
    Slug,
    Slugs,
    Text,
)

__all__ = [
    "AccountRecords",
    "Day",
    "DivisionRecord",
    "Fault",
    "FileName",
    "Key",
    "Keys",
    "MinistryRecord",
    "Moment",
    "Node",
    "OptionalText",
    "Order",
    "Ordinal",
    "Place",
    "Plan",
    "Record",
    "Slug",
    "Slugs",
    "Tally",
    "Text",
    "UnreadableFile",
    "ids_in",
    "load_ministries",
    "loops",
    "plan_accounts",
    "read_ministries",
    "read_text",
]
