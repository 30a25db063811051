#!/usr/bin/env python3
"""rhumb where it is used: as a hook of the real pre-commit program, as a GitHub Action, in the CI examples of docs/.

    places_test.py RHUMB [TEST ...]
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RHUMB = Path(sys.argv.pop(1)).resolve()
PRE_COMMIT = ROOT / "build/python/bin/pre-commit"

GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]


class Repository(unittest.TestCase):
    """A copy of the charts of this repository, under version control."""

    def setUp(self):
        self.base = Path(tempfile.mkdtemp(prefix="rhumb-places-"))
        self.addCleanup(shutil.rmtree, self.base)
        self.folder = self.base / "work"
        self.folder.mkdir()
        for name in ("charts", "values"):
            shutil.copytree(ROOT / name, self.folder / name)
        shutil.copy(ROOT / "rhumb.yaml", self.folder)
        self.bin = self.base / "bin"
        self.bin.mkdir()
        (self.bin / "rhumb").symlink_to(RHUMB)
        self.environment = {**os.environ, "PATH": f"{self.bin}:{os.environ['PATH']}", "HOME": str(self.base),
                            "PRE_COMMIT_HOME": str(self.base / "cache"), "GIT_CONFIG_NOSYSTEM": "1"}
        self.git(self.folder, "init", "-q")
        self.git(self.folder, "add", "-A")
        self.git(self.folder, "commit", "-q", "-m", "first")

    def git(self, folder, *arguments):
        subprocess.run([*GIT, *arguments], cwd=folder, check=True, capture_output=True, env=self.environment)

    def change(self, path, old, new):
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        self.assertIn(old, text)
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def run_in(self, command, **environment):
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=300,
                              env={**self.environment, **environment})


class PreCommit(Repository):
    def setUp(self):
        super().setUp()
        if not PRE_COMMIT.exists():
            self.fail("pre-commit is not there; 'sh cmake/quickstart.sh python' installs it")
        hooks = self.base / "hooks"
        hooks.mkdir()
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
        self.git(hooks, "init", "-q")
        self.git(hooks, "add", "-A")
        self.git(hooks, "commit", "-q", "-m", "hooks")
        revision = subprocess.run([*GIT, "rev-parse", "HEAD"], cwd=hooks, check=True, capture_output=True, text=True,
                                  env=self.environment).stdout.strip()
        config = f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks:\n      - id: rhumb-lint\n        verbose: true\n"
        (self.folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
        self.git(self.folder, "add", "-A")
        self.git(self.folder, "commit", "-q", "-m", "hook")

    def hook(self):
        self.git(self.folder, "add", "-A")
        return self.run_in([str(PRE_COMMIT), "run"])

    def test_a_good_change_passes(self):
        self.change("values/production.yaml", "minReplicas: 3", "minReplicas: 4")
        run = self.hook()
        self.assertEqual(0, run.returncode, run.stdout + run.stderr)
        self.assertIn("no findings in 1 chart, 1 environment", run.stdout)

    def test_a_bad_change_is_refused_with_its_place(self):
        self.change("values/production.yaml", "minReplicas: 3", "minReplicas: 1")
        run = self.hook()
        self.assertEqual(1, run.returncode, run.stdout + run.stderr)
        self.assertRegex(run.stdout, r"values/production\.yaml:\d+:\d+: error: .*\[too-few-replicas\]")

    def test_many_files_lead_to_each_chart_and_environment_once(self):
        for path in sorted((self.folder / "charts").rglob("*.yaml")) + sorted((self.folder / "values").rglob("*.yaml")):
            path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        run = self.hook()
        self.assertEqual(1, run.stdout.count("in 2 charts, 5 environments"), run.stdout + run.stderr)
        self.assertEqual(0, run.returncode, run.stdout + run.stderr)

    def test_other_files_are_passed_over(self):
        (self.folder / "notes.yaml").write_text("just: text\n", encoding="utf-8")
        run = self.hook()
        self.assertEqual(0, run.returncode, run.stdout + run.stderr)


class Action(Repository):
    def steps(self):
        """The scripts of the action's steps by name."""
        text = (ROOT / ".github/actions/lint/action.yml").read_text(encoding="utf-8")
        steps = {}
        for step in re.split(r"\n    - name: ", text)[1:]:
            name, _, rest = step.partition("\n")
            script = re.search(r"      run: \|\n((?:        .*\n|\n)+)", rest + "\n")
            steps[name] = re.sub(r"^        ", "", script.group(1), flags=re.M)
        return steps

    def lint(self, **inputs):
        output, summary = self.base / "output", self.base / "summary"
        output.write_text("")
        summary.write_text("")
        given = {"RHUMB": str(RHUMB), "PATHS": "", "ARGUMENTS": "", "SINCE": "", "SARIF": "", **inputs}
        run = self.run_in(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", self.steps()["Lint"]],
                          GITHUB_OUTPUT=str(output), GITHUB_STEP_SUMMARY=str(summary),
                          GITHUB_ACTION_PATH=str(ROOT / ".github/actions/lint"), **given)
        return run, output.read_text(), summary.read_text()

    def test_findings_are_annotations(self):
        self.change("values/production.yaml", "minReplicas: 3", "minReplicas: 1")
        run, output, summary = self.lint(SARIF="out.sarif")
        self.assertEqual(1, run.returncode, run.stderr)
        self.assertRegex(run.stdout, r"(?m)^::error .*file=values/production\.yaml,line=\d+")
        self.assertEqual("status=1\n", output)
        self.assertIn("too-few-replicas", summary)
        self.assertEqual("2.1.0", json.loads((self.folder / "out.sarif").read_text())["version"])

    def test_a_clean_run(self):
        run, output, _ = self.lint(PATHS="charts/tms", ARGUMENTS="--env production --fail-on error")
        self.assertEqual((0, "status=0\n"), (run.returncode, output), run.stderr)

    def test_only_what_changed(self):
        run, _, _ = self.lint(SINCE="main")
        self.assertEqual((0, ""), (run.returncode, run.stdout), run.stderr)

    def test_what_cannot_run(self):
        run, output, _ = self.lint(PATHS="charts/nothing")
        self.assertEqual((2, "status=2\n"), (run.returncode, output))

    def test_inputs_and_outputs_are_used(self):
        text = (ROOT / ".github/actions/lint/action.yml").read_text(encoding="utf-8")
        for name in re.findall(r"(?m)^  ([a-z]+):$", text.partition("outputs:")[0]):
            if name not in ("inputs",):
                self.assertIn("inputs." + name, text)


class Examples(Repository):
    def commands(self, name):
        text = (ROOT / "docs/examples" / name).read_text(encoding="utf-8")
        return [line.group(1) for line in re.finditer(r"(?m)(?:run:|-) (build/release/rhumb .*)$", text)]

    def test_the_commands_run(self):
        release = self.folder / "build/release"
        release.mkdir(parents=True)
        (release / "rhumb").symlink_to(RHUMB)
        for name in ("github-actions.yml", "gitlab-ci.yml"):
            commands = self.commands(name)
            self.assertTrue(commands, name)
            for command in commands:
                run = self.run_in(["bash", "-c", command])
                self.assertEqual(0, run.returncode, f"{command}: {run.stdout}{run.stderr}")
        self.assertTrue((self.folder / "rendered/tms/production/deployment-tms-odoo.yaml").exists())
        self.assertTrue((self.folder / "gl-code-quality-report.json").exists())


if __name__ == "__main__":
    unittest.main()
