"""Compare what the segments say with what the sample company's generator knows.

`sample_data/ground_truth.parquet` has each customer's hidden engagement, a number from 0 to 1 a
week, from which the generator drew the events. A customer's engagement *falls* where its mean over
four weeks is more than a fifth below that of the four weeks before. `make ground-truth` prints how
often and how soon the customers at risk are those, and how often a band flaps before and after
hysteresis.
"""

import sys
from dataclasses import dataclass

import duckdb
from warehouse import ROOT, Stopped, published_warehouse

TRUTH = ROOT / "sample_data" / "ground_truth.parquet"
# Customers with hardly any engagement can't be seen to fall.
LEAST_ENGAGEMENT = 0.1
FALL = 0.8
FLAGGED = """
with truth as (
  select
    customer_id,
    week_start + 6 as as_of_date,
    avg(hidden_engagement) over (four rows between 3 preceding and current row) as engagement,
    avg(hidden_engagement) over (four rows between 7 preceding and 4 preceding) as engagement_before
  from read_parquet($truth)
  window four as (partition by customer_id order by week_start)
),
judged as (
  select
    segments.customer_id,
    segments.as_of_date,
    segments.at_risk,
    engagement_before >= $least and engagement < $fall * engagement_before as falls
  from customer_segments as segments
  inner join truth using (customer_id, as_of_date)
  where segments.band <> 'unscored'
),
begun as (
  select customer_id, min(as_of_date) as begun_on, falls
  from judged
  group by customer_id, falls
),
seen as (
  select
    begun.falls,
    begun.customer_id,
    bool_or(segments.at_risk) as within_four_weeks
  from begun
  inner join customer_segments as segments
    on begun.customer_id = segments.customer_id
    and segments.as_of_date between begun.begun_on and begun.begun_on + 27
  group by begun.falls, begun.customer_id
)
select
  (select count(*) from judged where falls and at_risk),
  (select count(*) from judged where falls),
  (select count(*) from judged where not falls and at_risk),
  (select count(*) from judged where not falls),
  (select avg(cast(within_four_weeks as integer)) from seen where falls),
  (select avg(cast(within_four_weeks as integer)) from seen where not falls)
"""
FLAPS = """
with changes as (
  select customer_id, as_of_date, {band} as band, previous_{band} as band_before
  from customer_segments
  where {band} <> previous_{band}
)
select
  count(*),
  count(case when exists (
    select 1 from changes as later
    where later.customer_id = changes.customer_id
      and later.band = changes.band_before
      and later.as_of_date > changes.as_of_date and later.as_of_date <= changes.as_of_date + 28
  ) then 1 end)
from changes
"""


@dataclass(frozen=True)
class Verdict:
    """How `at_risk` and the bands compare with the truth, in customer-weeks and changes."""

    falling_flagged: int
    falling: int
    others_flagged: int
    others: int
    falling_flagged_in_four_weeks: float
    others_flagged_in_four_weeks: float
    changes: int
    flaps: int
    stable_changes: int
    stable_flaps: int

    @property
    def precision(self) -> float:
        """Share of the flagged whose engagement falls."""
        return self.falling_flagged / (self.falling_flagged + self.others_flagged)

    @property
    def recall(self) -> float:
        """Share of those who fall that are flagged."""
        return self.falling_flagged / self.falling

    @property
    def false_alarms(self) -> float:
        """Share of the others that are flagged."""
        return self.others_flagged / self.others


def verdict(connection: duckdb.DuckDBPyConnection) -> Verdict:
    """Compare a warehouse of the sample company with its truth.

    Args:
        connection: a connection to it.

    Returns:
        The counts.
    """
    connection.execute("set search_path = 'marts'")
    given = {"truth": str(TRUTH), "least": LEAST_ENGAGEMENT, "fall": FALL}
    flagged = connection.execute(FLAGGED, given).fetchone()
    bands = [connection.execute(FLAPS.format(band=x)).fetchone() for x in ("band", "stable_band")]
    return Verdict(*flagged, *bands[0], *bands[1])


def main(warehouse: str | None = None) -> None:
    """Print the verdict on a warehouse.

    Args:
        warehouse: its file; default: the published one.
    """
    with duckdb.connect(str(warehouse or published_warehouse()), read_only=True) as connection:
        found = verdict(connection)
    print(f"Customer-weeks with a score     {found.falling + found.others:>7,}")
    print(f"  engagement falls              {found.falling:>7,}")
    print(f"  of these at risk (recall)     {found.recall:>7.1%}")
    print(f"  of the others at risk         {found.false_alarms:>7.1%}")
    print(f"At risk: falls (precision)      {found.precision:>7.1%}")
    print(f"Flagged within four weeks       {found.falling_flagged_in_four_weeks:>7.1%}")
    print(f"  of the others                 {found.others_flagged_in_four_weeks:>7.1%}")
    print(f"Changes of band                 {found.changes:>7,}")
    print(f"  undone within four weeks      {found.flaps:>7,}")
    print(f"Changes of stable band          {found.stable_changes:>7,}")
    print(f"  undone within four weeks      {found.stable_flaps:>7,}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Stopped as problem:
        sys.exit(str(problem))
