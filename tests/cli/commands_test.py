#!/usr/bin/env python3
"""The commands why, render, rules and config through the binary, and what --help and --verbose print.

    commands_test.py RHUMB [TEST ...]
"""
import json
import re
import subprocess
import unittest

from lint_folder import DEPLOYMENT, ONLY, PROJECT, RHUMB, Folder


class Why(Folder):
    def why(self, *arguments):
        return self.run_rhumb("why", "web", *arguments)

    def test_a_field(self):
        self.chart()
        run = self.why("Deployment/shop", ".spec.replicas", "--env", "production")
        self.assertEqual(0, run.returncode, run.stderr)
        self.assertIn("production.yaml:1:1: note: Deployment/shop .spec.replicas is 1", run.stdout)
        self.assertIn("web/values.yaml:2", run.stdout)
        self.assertIn("web/templates/deployment.yaml:6", run.stdout)

    def test_environments_that_agree_are_told_together(self):
        self.chart()
        self.write("rhumb.yaml", PROJECT.replace("release: shop, ", ""))
        run = self.why("deployment/release-name", "spec.selector.matchLabels.app")
        self.assertIn("dev, staging, production", run.stdout)
        self.assertEqual(1, run.stdout.count("note:"))

    def test_what_is_not_there(self):
        self.chart()
        run = self.why("Deployment/shop", ".spec.paused", "--env", "production")
        self.assertEqual(0, run.returncode)
        self.assertIn("Deployment/shop has no .spec.paused", run.stdout)
        run = self.why("Deployment/shp", ".spec")
        self.assertEqual(1, run.returncode)
        self.assertIn("web renders no object Deployment/shp; did you mean 'Deployment/shop'?", run.stderr)
        run = self.why("shop", ".spec")
        self.assertIn("'shop' names no object", run.stderr)

    def test_json(self):
        self.chart()
        run = self.why("Deployment/shop", ".spec.replicas", "--env", "production", "--format", "json")
        finding = json.loads(run.stdout)["findings"][0]
        self.assertEqual(".spec.replicas", finding["path"])


class Render(Folder):
    def render(self, *arguments):
        return self.run_rhumb("render", *arguments)

    def names(self, folder):
        return sorted(path.name for path in (self.folder / folder).iterdir())

    def test_one_file_per_object(self):
        self.chart()
        self.write("web/templates/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b}\n")
        run = self.render("--env", "production", "-o", "kube/production")
        self.assertEqual(0, run.returncode, run.stderr)
        self.assertEqual(["deployment-shop.yaml", "service-a.yaml", "service-b.yaml"], self.names("kube/production"))
        text = (self.folder / "kube/production/deployment-shop.yaml").read_text()
        self.assertTrue(text.startswith("# Source: web/templates/deployment.yaml\napiVersion: apps/v1\n"))
        self.assertIn("replicas: 1", text)

    def test_nothing_of_an_earlier_run_stays(self):
        self.chart()
        self.render("--env", "staging", "-o", "out")
        self.assertEqual(["deployment-release-name.yaml"], self.names("out"))
        self.render("--env", "production", "-o", "out")
        self.assertEqual(["deployment-shop.yaml"], self.names("out"))

    def test_all_environments(self):
        self.chart()
        self.render("--all", "-o", "out")
        self.assertEqual(["dev", "production", "staging"], self.names("out"))

    def test_a_failure_leaves_everything_as_it_was(self):
        self.chart()
        self.render("--all", "-o", "out")
        before = {path: path.read_text() for path in (self.folder / "out").rglob("*.yaml")}
        self.write("web/templates/deployment.yaml", DEPLOYMENT + '{{ if eq .Release.Name "shop" }}{{ fail "no" }}{{ end }}')
        run = self.render("--all", "-o", "out")
        self.assertEqual(1, run.returncode)
        self.assertIn("web, production: ", run.stderr)
        self.assertEqual(before, {path: path.read_text() for path in (self.folder / "out").rglob("*.yaml")})
        self.assertEqual(["dev", "production", "staging"], self.names("out"))

    def test_folders_of_others_are_left_alone(self):
        self.chart()
        self.write("mine/notes.txt", "keep\n")
        run = self.render("--env", "production", "-o", "mine")
        self.assertEqual(1, run.returncode)
        self.assertIn("mine holds notes.txt, which rhumb did not write", run.stderr)
        self.assertEqual(["notes.txt"], self.names("mine"))

    def test_what_must_be_named(self):
        self.chart()
        self.assertIn("-o FOLDER", self.render("--all").stderr)
        self.assertIn("--all", self.render("-o", "out").stderr)
        self.assertIn("no chart has an environment 'test'", self.render("-o", "out", "--env", "test").stderr)


class Others(Folder):
    def test_rules(self):
        names = [line.split()[0] for line in self.run_rhumb("rules").stdout.splitlines()]
        self.assertEqual(sorted(names), names)
        self.assertIn("too-few-replicas", names)
        self.assertEqual(len(names), len(json.loads(self.run_rhumb("rules", "--format", "json").stdout)))
        self.assertTrue(self.run_rhumb("rules", "too-few-replicas").stdout.startswith("# too-few-replicas\n"))
        run = self.run_rhumb("rules", "to-few-replicas")
        self.assertEqual(2, run.returncode)
        self.assertIn("did you mean 'too-few-replicas'?", run.stderr)

    def test_config(self):
        self.chart()
        self.assertIn("production", self.run_rhumb("config").stdout)
        self.assertIn("$schema", json.loads(self.run_rhumb("config", "schema").stdout))

    def test_version(self):
        run = self.run_rhumb("version")
        self.assertEqual((0, ""), (run.returncode, run.stderr))
        self.assertEqual(self.run_rhumb("--version").stdout, run.stdout)
        short = self.run_rhumb("version", "--short").stdout
        self.assertRegex(short, r"^\d+\.\d+\.\d+\n$")
        self.assertTrue(run.stdout.startswith(f"rhumb {short.strip()} (as helm "), run.stdout)

    def test_help(self):
        for command in ("lint", "why", "render", "rules", "config", "functions", "version"):
            run = self.run_rhumb(command, "--help")
            self.assertEqual((0, ""), (run.returncode, run.stderr), command)
            self.assertIn("--help", run.stdout)
        run = self.run_rhumb("--help")
        for command in ("template", "lint", "why", "render", "rules", "config", "functions", "version"):
            self.assertIn(command, run.stdout)
        self.assertEqual(2, self.run_rhumb("nothing").returncode)
        self.assertEqual(2, self.run_rhumb().returncode)


class Verbose(Folder):
    """--verbose: an account of the run, beside everything else that is written."""

    LINE = re.compile(r"\[\d\d:\d\d:\d\d\.\d{3}\] \[rhumb\] \[(debug|info|warning|error)\] (.+)")

    def both(self, *arguments):
        return [subprocess.run([RHUMB, *arguments, *more], cwd=self.folder, capture_output=True, text=True, timeout=60)
                for more in ((), ("--verbose",))]

    def account(self, silent, verbose):
        """The lines of the account; the output and what else stands on standard error are those of a silent run."""
        self.assertEqual(silent.stdout, verbose.stdout)
        self.assertEqual(silent.returncode, verbose.returncode)
        self.assertNotIn("[rhumb]", silent.stderr)
        self.assertTrue(verbose.stderr.endswith(silent.stderr), verbose.stderr)
        lines = verbose.stderr[:len(verbose.stderr) - len(silent.stderr)].splitlines()
        found = [self.LINE.fullmatch(line) for line in lines]
        self.assertTrue(all(found), lines)
        return [match.group(2) for match in found]

    def test_lint(self):
        self.chart()
        runs = self.both("lint", "web", "--no-config", *ONLY)
        self.assertEqual(runs[0].stderr, "")
        lines = self.account(*runs)
        self.assertTrue(any(re.fullmatch(r"read path=\S*web/values\.yaml bytes=23", line) for line in lines), lines)
        self.assertIn('rendered chart=web environment="" objects=1', lines)
        self.assertTrue(any(re.fullmatch(r'done stage="run rules" ms=[\d.]+', line) for line in lines), lines)

    def test_what_does_not_render(self):
        self.chart()
        self.write("web/templates/bad.yaml", '{{ fail "no" }}\n')
        lines = self.account(*self.both("lint", "web", "--no-config", *ONLY))
        self.assertIn('does not render chart=web environment="" objects=0', lines)

    def test_template_keeps_the_lines_of_helm(self):
        self.chart()
        runs = self.both("template", "web", "--debug")
        self.assertTrue(runs[0].stderr.startswith("level=DEBUG "), runs[0].stderr)
        lines = self.account(*runs)
        self.assertTrue(any(line.startswith("rendered chart=") for line in lines), lines)
        self.assertTrue(any(line.startswith('done stage="execute templates" ms=') for line in lines), lines)

    def test_a_value_of_that_name_asks_for_nothing(self):
        self.chart()
        run = subprocess.run([RHUMB, "template", "web", "--name-template", "--verbose"], cwd=self.folder,
                             capture_output=True, text=True, timeout=60)
        self.assertNotIn("[rhumb]", run.stderr)

    def test_contents_are_not_told(self):
        self.chart()
        self.write("secret.yaml", "password: hunter2hunter2\n")
        for run in self.both("lint", "web", "--no-config", "-f", "secret.yaml", *ONLY):
            self.assertNotIn("hunter2", run.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=1)
