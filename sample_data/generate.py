"""Write the sample data: the raw extracts of one invented company.

The company sells a subscription product to other businesses, runs a shop and a loyalty programme.
Nothing here stems from real people or real firms. Every random choice comes from a stream named
after its subject and the customer it serves, so the same seed writes the same rows:
DIR/raw/*.parquet (a file per source table), DIR/ground_truth.parquet (the hidden engagement that
drives the behaviour) and DIR/manifest.json (rows and planted faults per table).

Usage: python sample_data/generate.py [--out DIR]
"""

import argparse
import json
from pathlib import Path

from generator import chance, company
from generator.channels import draw_events
from generator.dirt import soil
from generator.records import draw_records
from generator.tables import as_rows, write_table


def generate(out: Path) -> None:
    """Write all files below the folder `out`."""
    accounts, internal = company.make_accounts(), company.make_internals()
    customers = company.make_customers(accounts)
    known = [customer for customer in customers if customer.in_crm]
    active = [customer for customer in customers if customer.archetype != "silent"]
    rows_of = draw_records([internal, *accounts], known + internal.members)
    rows_of |= draw_events(active + internal.members, rows_of["billing_subscriptions"])
    faults_of = soil(rows_of)
    (out / "raw").mkdir(parents=True, exist_ok=True)
    for table, rows in rows_of.items():
        write_table(out / "raw", table, rows)
        print(f"{table:<32}{len(rows):>8} rows")
    truth = as_rows("ground_truth", company.ground_truth(customers))
    write_table(out, "ground_truth", truth)
    archetypes = [customer.archetype for customer in customers]
    manifest = {
        "seed": chance.SEED,
        "first_event_date": str(chance.FIRST_DAY),
        "last_event_date": str(chance.LAST_DAY),
        "last_loaded_at": f"{chance.LAST_LOAD.isoformat()}Z",
        "accounts": len(accounts),
        "customers": len(customers),
        "customers_not_in_crm": len(customers) - len(known),
        "silent_customers": len(customers) - len(active),
        "archetypes": {name: archetypes.count(name) for name in archetypes},
        "staff": company.STAFF_IDS,
        "test_customers": company.TEST_IDS,
        "erased_customers": company.ERASED_IDS,
        "ground_truth_rows": len(truth),
        "tables": {
            table: {"rows": len(rows), "faults": faults_of[table]}
            for table, rows in rows_of.items()
        },
    }
    text = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
    (out / "manifest.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, metavar="DIR")
    generate(parser.parse_args().out)
