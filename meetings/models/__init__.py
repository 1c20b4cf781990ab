from meetings.models.agenda_item import AgendaItem
from meetings.models.body import Body, BodyNote
from meetings.models.material import Material
from meetings.models.meeting import Meeting, Minutes
from meetings.models.source import Source, Sourced, record_key

__all__ = ["AgendaItem", "Body", "BodyNote", "Material", "Meeting", "Minutes", "Source", "Sourced", "record_key"]
