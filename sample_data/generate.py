"""Write the sample data: the raw extracts of one invented company.

The company sells a subscription product to other businesses, runs a shop and a loyalty programme;
nothing here stems from real people or firms. Every random choice comes from a stream named after
its subject and the customer it serves, so the same seed writes the same rows.

Usage: python sample_data/generate.py [--out DIR]
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from generator import chance, company
from generator.channels import draw_events
from generator.dirt import soil
from generator.tables import as_rows, write_table


def generate(out: Path) -> None:
    """Write all files below the folder `out`."""
    accounts, internal = company.make_accounts(), company.make_internals()
    customers = company.make_customers(accounts)
    people = customers + internal.members
    rows_of = company.draw_exports([internal, *accounts], people) | draw_events(accounts, people)
    tables = soil(rows_of)
    (out / "raw").mkdir(parents=True, exist_ok=True)
    for table, rows in rows_of.items():
        write_table(out / "raw", table, rows)
        print(f"{table:<32}{len(rows):>8} rows")
    truth = [
        (customer.id, monday, customer.archetype, level)
        for customer in customers
        for monday, level in zip(chance.MONDAYS, customer.levels, strict=True)
    ]
    write_table(out, "ground_truth", as_rows("ground_truth", truth))
    archetypes = Counter(customer.archetype for customer in customers)
    manifest = {
        "seed": chance.SEED,
        "first_event_date": str(chance.FIRST_DAY),
        "last_event_date": str(chance.LAST_DAY),
        "last_loaded_at": f"{chance.LAST_LOAD.isoformat()}Z",
        "accounts": len(accounts),
        "customers": len(customers),
        "customers_not_in_crm": sum(not customer.in_crm for customer in customers),
        "silent_customers": archetypes["silent"],
        "archetypes": archetypes,
        "staff": company.STAFF_IDS,
        "test_customers": company.TEST_IDS,
        "erased_customers": company.ERASED_IDS,
        "ground_truth_rows": len(truth),
        "tables": tables,
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, metavar="DIR")
    generate(parser.parse_args().out)
