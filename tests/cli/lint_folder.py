"""A folder with a chart and its environments, and rhumb running in it. The first argument of the test is the binary."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RHUMB = str(Path(sys.argv.pop(1)).resolve())

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: "web:1.0.0"
"""
PROJECT = """\
charts:
  web:
    environments:
      dev: {tier: development, values: [dev.yaml]}
      staging: {tier: staging, values: [staging.yaml]}
      production: {tier: production, release: shop, values: [production.yaml]}
rules:
  too-few-replicas: error
"""
ONLY = ("--only", "too-few-replicas,render-failed,unreadable-document,unused-ignore,unused-baseline-entry")


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="rhumb-cli-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def chart(self, replicas=1):
        self.write("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n")
        self.write("web/values.yaml", "# how many\nreplicas: 3\n")
        self.write("web/templates/deployment.yaml", DEPLOYMENT)
        self.write("dev.yaml", "replicas: 1\n")
        self.write("staging.yaml", f"replicas: {replicas}\n")
        self.write("production.yaml", f"replicas: {replicas}\n")
        self.write("rhumb.yaml", PROJECT)

    def run_rhumb(self, *arguments, input=None, environment=None):
        return subprocess.run([RHUMB, *arguments], cwd=self.folder, capture_output=True, text=True, input=input,
                              timeout=60, env={**os.environ, "HOME": str(self.folder), **(environment or {})})

    def lint(self, *arguments, **more):
        return self.run_rhumb("lint", *ONLY, *arguments, **more)

    def findings(self, *arguments, **more):
        run = self.lint("--format", "json", *arguments, **more)
        self.assertIn(run.returncode, (0, 1), run.stderr)
        return json.loads(run.stdout)["findings"]

    def rules(self, *arguments, **more):
        return [finding["rule"] for finding in self.findings(*arguments, **more)]

    def git(self, *arguments):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments], cwd=self.folder,
                       check=True, capture_output=True)
