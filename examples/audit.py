"""Answers three questions of an audit from exported files only, using only the standard library. It prints one JSON object.

    export MINGJIAN=http://127.0.0.1:4000 TOKEN=...
    get() { curl --fail --silent --show-error -H "authorization: Bearer $TOKEN" "$MINGJIAN/$2" -o "files/$1"; }
    get budgets-then.csv    "budgets.csv?bom=0&effectiveAt=2023-06-30&knownAt=2023-06-30"
    get budgets-now.csv     "budgets.csv?bom=0&effectiveAt=2023-06-30"
    get indicators-then.csv "indicators.csv?bom=0&effectiveAt=2023-09-30&knownAt=2023-10-10"
    get indicators-now.csv  "indicators.csv?bom=0&effectiveAt=2023-09-30"
    get entries.csv         "entries.csv?bom=0"
    python3 examples/audit.py files 441300-DSJ.2023

With bom=0 the texts in the files are exactly those on record.
"""

import csv
import json
import sys
from decimal import Decimal
from pathlib import Path

# What an entry does to the revised amount of its budget. Other kinds do not touch it.
ON_REVISED = {"OPENING": 1, "SUPPLEMENT": 1, "REDUCTION": -1, "TRANSFER": 0}


def rows(file):
    with open(file, encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def revised_budget(folder, budget):
    """What was the revised budget on 30 June: as it was known then, and as it is known now?"""
    return {
        known: next((row["revised"] for row in rows(folder / f"budgets-{known}.csv") if row["code"] == budget), None)
        for known in ("then", "now")
    }


def bridge(folder, budget):
    """Which steps lead from the opening amount to the revised amount, and what is the sum after each?"""
    opening, steps = Decimal(0), []
    entries = [row for row in rows(folder / "entries.csv") if row["budget"] == budget]
    for entry in entries:
        if entry["kind"] == "OPENING":
            opening += Decimal(entry["amount"])
    revised = opening
    for entry in entries:
        if entry["kind"] == "OPENING" or entry["kind"] not in ON_REVISED:
            continue
        amount = ON_REVISED[entry["kind"]] * Decimal(entry["amount"])
        revised += amount
        steps.append(
            {
                "kind": entry["kind"],
                "effectiveAt": entry["effectiveAt"],
                "documentNo": entry["documentNo"] or None,
                "amount": f"{amount:.2f}",
                "revisedAfter": f"{revised:.2f}",
            }
        )
    return {"opening": f"{opening:.2f}", "steps": steps, "revised": f"{revised:.2f}"}


def observations(folder, department, fiscal_year):
    """What was the value of each indicator on 30 September: as it was known on 10 October, and as it is known now?"""
    found = {}
    for known in ("then", "now"):
        for row in rows(folder / f"indicators-{known}.csv"):
            if (row["department"], row["fiscalYear"]) == (department, fiscal_year):
                observed = {"value": row["latestValue"] or None, "qualifier": row["latestQualifier"] or None}
                found.setdefault(row["code"], {})[known] = observed
    return found


def main(folder, budget):
    folder = Path(folder)
    department, fiscal_year = budget.rsplit(".", 1)
    answers = {
        "revisedBudget": revised_budget(folder, budget),
        "bridge": bridge(folder, budget),
        "observations": observations(folder, department, fiscal_year),
    }
    print(json.dumps(answers, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python3 audit.py FOLDER DEPARTMENT.YEAR")
    main(sys.argv[1], sys.argv[2])
