#!/usr/bin/env python3
"""The recorded values API of each chart is what `rhumb values api` prints: a key that is added is recorded, too.

    values_api.py RHUMB
"""
import json
import subprocess
import sys

from cases import ROOT

# What the pipelines write.
PROMISED = {"charts/tms": {f"{part}.image.{key}": "string" for part in ("tmsOdoo", "gpsService")
                           for key in ("repository", "tag")}}


def main():
    complaints = []
    for chart in ("charts/tms", "charts/loomworks"):
        run = subprocess.run([sys.argv[1], "values", "api", chart], cwd=ROOT, capture_output=True, text=True, check=False)
        recorded = (ROOT / chart / "values-api.json").read_text(encoding="utf-8")
        if run.returncode != 0 or run.stdout != recorded:
            complaints.append(f"{chart}/values-api.json: rhumb values api {chart} prints something else; {run.stderr}")
        keys = json.loads(recorded)["keys"]
        complaints += [f"{chart} does not promise {key}" for key, types in PROMISED.get(chart, {}).items()
                       if keys.get(key) != types]
    print("\n".join(complaints) or "both contracts are what the charts have")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
