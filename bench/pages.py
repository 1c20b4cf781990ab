"""The list of issues and the page of an issue against the shortest views that do the same.

    python bench/pages.py [--rounds 300]

Each page has a twin: a view that makes the same queries (their SQL is compared) and fills the values into one flat
template, which is the page itself cut at its values: no loop, tag, filter, include or block. The bytes are compared
too. View and twin are called in turn, straight, without middleware. It fails where the median of a view is more than
BAR times its twin's.

It makes a database of its own, in a cluster of its own or on the server that DATABASE_URL names, and removes it again.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.development"

import django

from config.embedded_postgres import Cluster

BAR = 1.5


@contextmanager
def database() -> Iterator[None]:
    """Django, set up on a new empty database."""
    with tempfile.TemporaryDirectory(prefix="ronten-bench-") as folder:
        cluster = None if os.environ.get("DATABASE_URL") else Cluster(Path(folder) / "pg", settings={"fsync": "off"})
        if cluster:
            cluster.acquire()
            os.environ["DATABASE_URL"] = cluster.url
        django.setup()
        from django.db import connections
        from django.test.utils import setup_databases, setup_test_environment, teardown_databases

        setup_test_environment()
        made = setup_databases(verbosity=0, interactive=False)
        try:
            yield
        finally:
            teardown_databases(made, verbosity=0)
            connections.close_all()
            if cluster:
                cluster.destroy()


def compare(name: str, view: Callable[[], str], twin: Callable[[], list[str]], rounds: int) -> float:
    """Time both in turn, print their medians, and return by how much the view is slower by the clock.

    `twin` returns the values that the page shows, in order.
    """
    from django.db import connection
    from django.template import Context, Template
    from django.test.utils import CaptureQueriesContext
    from django.utils.html import escape

    with CaptureQueriesContext(connection) as asked_by_view:
        page = view()
    with CaptureQueriesContext(connection) as asked_by_twin:
        values = [escape(value) for value in twin()]
    if sorted(q["sql"] for q in asked_by_view) != sorted(q["sql"] for q in asked_by_twin):
        raise SystemExit(f"{name}: the twin does not make the same queries")
    pieces, place = [], 0
    for number, value in enumerate(values):
        start = page.index(value, place)
        pieces += [page[place:start], f"{{{{ v{number} }}}}"]
        place = start + len(value)
    template = Template("".join([*pieces, page[place:]]))
    names = [f"v{number}" for number in range(len(values))]

    def by_hand() -> str:
        return template.render(Context(dict(zip(names, twin(), strict=True))))

    if by_hand() != page:
        raise SystemExit(f"{name}: the twin does not render the same bytes")
    seconds: dict[str, list[tuple[float, float]]] = {"view": [], "twin": []}
    for _ in range(rounds):
        for who, call in (("view", view), ("twin", by_hand)):
            clock, processor = time.perf_counter(), time.process_time()
            call()
            seconds[who].append((time.perf_counter() - clock, time.process_time() - processor))
    clocks = {who: statistics.median(clock for clock, _ in times) for who, times in seconds.items()}
    processors = {who: statistics.median(processor for _, processor in times) for who, times in seconds.items()}
    size = f"{len(asked_by_view):>2} queries {len(page.encode()):>8,} bytes {len(values):>6,} values"
    ratio = f"{1000 * clocks['view']:7.2f} / {1000 * clocks['twin']:7.2f} ms = {clocks['view'] / clocks['twin']:.2f}"
    print(f"{name:<32} {size}   clock {ratio}   processor {processors['view'] / processors['twin']:.2f}")
    return clocks["view"] / clocks["twin"]


def run(rounds: int) -> int:
    """Make the rows, compare each page with its twin, and return how many were too slow."""
    from bench.twins import pages

    ratios = [compare(name, view, twin, rounds) for name, view, twin in pages()]
    return sum(ratio > BAR for ratio in ratios)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=300)
    arguments = parser.parse_args()
    with database():
        too_slow = run(arguments.rounds)
    sys.exit(f"{too_slow} above {BAR}" if too_slow else 0)
