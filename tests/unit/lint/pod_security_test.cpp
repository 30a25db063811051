// The rules of the preset "restricted" against the Pod Security Standards: pod_security.tsv, recorded by
// tests/oracle/podsecurity.
#include <algorithm>
#include <map>
#include <set>

#include "rhumb/base/strings.h"
#include "rhumb/lint/lint.h"
#include "unit/tsv.h"

namespace rhumb::lint {
namespace {

using Names = std::set<std::string, std::less<>>;

/// Checks of the standard, and the rules that together say the same.
struct Pair {
  Names checks;
  Names rules;
};

const std::vector<Pair> pairs{
    {{"allowPrivilegeEscalation"}, {"privilege-escalation-allowed"}},
    {{"appArmorProfile"}, {"apparmor-unconfined"}},
    {{"capabilities_baseline"}, {"dangerous-capability"}},
    {{"capabilities_baseline", "capabilities_restricted"},
     {"dangerous-capability", "capabilities-added", "capabilities-not-dropped"}},
    {{"hostNamespaces"}, {"host-namespace"}},
    {{"hostPathVolumes"}, {"host-path"}},
    {{"hostPathVolumes", "restrictedVolumes"}, {"host-path", "volume-type-forbidden"}},
    {{"hostPorts"}, {"host-port"}},
    {{"hostProbesAndHostLifecycle"}, {"probe-host"}},
    {{"privileged"}, {"privileged-container"}},
    {{"procMount", "procMount_restricted"}, {"proc-mount"}},
    {{"runAsNonRoot", "runAsUser"}, {"root-user", "non-root-not-enforced"}},
    {{"seLinuxOptions"}, {"selinux-options"}},
    {{"seccompProfile_baseline"}, {"seccomp-unconfined"}},
    {{"seccompProfile_baseline", "seccompProfile_restricted"}, {"seccomp-unconfined", "seccomp-missing"}},
    {{"sysctls"}, {"unsafe-sysctl"}},
    {{"windowsHostProcess"}, {"host-process"}},
};

Names words(std::string_view text) {
  Names all;
  for (const std::string_view word : strings::fields(text)) all.emplace(word);
  return all;
}

struct Table {
  Names checks;
  std::vector<std::string> versions;
  std::map<std::string, std::string> pods;  // manifests by name
  /// By pod and version: the checks that forbid it.
  std::map<std::pair<std::string, std::string>, Names> verdicts;
};

Table read_table() {
  Table table;
  std::map<std::pair<std::string, std::string>, Names> changes;
  for (const test::TsvLine& line : test::read_tsv("lint/pod_security.tsv")) {
    if (line.name() == "checks") table.checks = words(line[1]);
    if (line.name() == "versions") {
      for (const std::string_view version : strings::fields(line[1])) table.versions.emplace_back(version);
    }
    if (line.name() == "pod") table.pods[line[1]] = line[2];
    if (line.name() == "verdict") changes[{line[1], line[2]}] = words(line[3]);
  }
  for (const auto& [name, manifest] : table.pods) {
    Names holds;
    for (const std::string& version : table.versions) {
      const auto change = changes.find({name, version});
      if (change != changes.end()) holds = change->second;
      table.verdicts[{name, version}] = holds;
    }
  }
  return table;
}

/// What the preset says: rules by pod and version.
std::map<std::pair<std::string, std::string>, Names> lint_all(const Table& table) {
  MemoryFileSystem files;
  std::string text;
  for (const auto& [name, manifest] : table.pods) text += "---\n" + manifest + "\n";
  files.add("/pods.yaml", text);
  Target target;
  target.kind = Target::Kind::manifests;
  target.path = "/pods.yaml";
  target.configuration.presets = {"restricted"};
  for (const std::string& version : table.versions) {
    Environment& environment = target.environments.emplace_back();
    environment.name = version;
    environment.kube_version = version;
  }
  Sources sources;
  const auto host = make_deterministic_host();
  KeptLog log;
  const Limits limits;
  std::map<std::pair<std::string, std::string>, Names> said;
  const auto outcome = lint({target}, {sources, files, *host, log, limits, nullptr, 1, "2026-11-26"});
  EXPECT_TRUE(outcome);
  if (!outcome) return said;
  for (const Finding& finding : outcome->findings) {
    if ((finding.rule->presets & preset_restricted) == 0) continue;
    for (const std::string& version : finding.environments) {
      said[{finding.object.name, version}].emplace(finding.rule->name);
    }
  }
  return said;
}

bool meet(const Names& a, const Names& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& name) { return b.contains(name); });
}

std::string show(const Names& names) {
  return strings::join(std::vector<std::string>(names.begin(), names.end()), " ");
}

TEST(PodSecurity, RulesSayWhatTheStandardSays) {
  const Table table = read_table();
  const auto said = lint_all(table);
  std::size_t compared = 0;
  for (const auto& [key, verdict] : table.verdicts) {
    const auto found = said.find(key);
    const Names rules = found == said.end() ? Names() : found->second;
    for (const Pair& pair : pairs) {
      EXPECT_EQ(meet(verdict, pair.checks), meet(rules, pair.rules))
          << key.first << " in " << key.second << ": " << show(pair.checks) << "\n  standard: " << show(verdict)
          << "\n  rhumb: " << show(rules) << "\n  " << table.pods.at(key.first);
    }
    EXPECT_EQ(verdict.contains("restricted"), !rules.empty()) << key.first << " in " << key.second;
    ++compared;
  }
  EXPECT_GE(compared, 8000U);
}

TEST(PodSecurity, EveryCheckHasItsRules) {
  Names checks;
  Names rules_of_pairs;
  for (const Pair& pair : pairs) {
    checks.insert(pair.checks.begin(), pair.checks.end());
    rules_of_pairs.insert(pair.rules.begin(), pair.rules.end());
  }
  EXPECT_EQ(read_table().checks, checks);
  Names of_preset;
  for (const Rule* rule : rules()) {
    if ((rule->presets & preset_restricted) != 0) of_preset.emplace(rule->name);
  }
  EXPECT_EQ(of_preset, rules_of_pairs);
}

}  // namespace
}  // namespace rhumb::lint
