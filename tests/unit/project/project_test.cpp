// What rhumb.yaml says, taken apart and merged.
#include <gtest/gtest.h>

#include "unit/project/world.h"

namespace rhumb {
namespace {

struct DescriptionRow {
  const char* name;
  const char* text;
  const char* description;  // without the lines that every description has
};

project::Project read(const std::string& text, const std::string& path = "rhumb.yaml") {
  MemoryFileSystem files;
  test::add_charts(files);
  files.add(path, text);
  Sources sources;
  const auto project = project::read_project(path, files, sources, test::catalogue());
  EXPECT_TRUE(project) << (project ? "" : project.error().message);
  return project ? *project : project::Project{};
}

/// Settings that stand in every configuration at their defaults say nothing about a row.
std::string telling_lines(const std::string& description) {
  std::string out;
  std::size_t skipped_at = std::string::npos;
  for (std::size_t from = 0; from < description.size();) {
    const std::size_t end = description.find('\n', from);
    const std::string line = description.substr(from, end - from);
    const std::size_t indent = line.find_first_not_of(' ');
    const std::string key = line.substr(indent);
    from = end + 1;
    if (key.starts_with("- ") && indent == skipped_at) continue;
    skipped_at = std::string::npos;
    if (key == "presets:" || key == "productionTiers:") skipped_at = indent;
    if (skipped_at == std::string::npos && key != "closedWorld: false" && key != "version: 1") out += line + "\n";
  }
  return out;
}

const DescriptionRow description_rows[] = {
    {"nothing", "", "charts: {}\n"},
    {"comments only", "# nothing\n", "charts: {}\n"},
    {"version in any form", "version: '1'\n", "charts: {}\n"},
    {"empty parts", "charts:\nrules:\nignores:\ndefaults:\nexclude:\n", "charts: {}\n"},
    {"a chart in a list, with what it brings", "charts: [charts/shop]\n",
     "charts:\n"
     "  charts/shop:\n"
     "    environments:\n"
     "      \"\":\n"
     "        namespace: default\n"
     "        release: release-name\n"
     "      bare:\n"
     "        namespace: default\n"
     "        release: release-name\n"
     "        values:\n"
     "        - charts/shop/ci/bare-values.yaml\n"
     "      tls:\n"
     "        namespace: default\n"
     "        release: release-name\n"
     "        values:\n"
     "        - charts/shop/ci/tls-values.yaml\n"},
    {"an archive", "charts:\n  charts/packed-1.0.0.tgz:\n    defaults: {release: packed}\n",
     "charts:\n"
     "  charts/packed-1.0.0.tgz:\n"
     "    environments:\n"
     "      \"\":\n"
     "        namespace: default\n"
     "        release: packed\n"},
    {"everything of an environment",
     "charts:\n"
     "  - path: charts/tms\n"
     "    environments:\n"
     "      - name: production\n"
     "        release: tms\n"
     "        namespace: tms-prod\n"
     "        tier: production\n"
     "        profile: tms\n"
     "        kubeVersion: 1.30\n"
     "        apiVersions: [monitoring.coreos.com/v1]\n"
     "        region: us-gov-west-1\n"
     "        account: 012345678901\n"
     "        values: [values/common.yaml, ./values/../values/production.yaml]\n"
     "        set: [a.b=1, c=d]\n"
     "        setString: [e=5]\n"
     "        rules: {plaintext-secret: warning}\n",
     "charts:\n"
     "  charts/tms:\n"
     "    environments:\n"
     "      production:\n"
     "        account: \"012345678901\"\n"
     "        apiVersions:\n"
     "        - monitoring.coreos.com/v1\n"
     "        kubeVersion: \"1.30\"\n"
     "        namespace: tms-prod\n"
     "        profile: tms\n"
     "        region: us-gov-west-1\n"
     "        release: tms\n"
     "        rules:\n"
     "          plaintext-secret: warning\n"
     "        set:\n"
     "        - a.b=1\n"
     "        - c=d\n"
     "        setString:\n"
     "        - e=5\n"
     "        tier: production\n"
     "        values:\n"
     "        - values/common.yaml\n"
     "        - values/production.yaml\n"},
    {"defaults of both levels: texts are replaced, lists grow, rules are overlaid",
     "defaults:\n"
     "  release: all\n"
     "  kubeVersion: '1.31'\n"
     "  values: [values/common.yaml]\n"
     "  set: {a: 1}\n"
     "  rules: {too-few-replicas: {level: error, minimum: 3}, plaintext-secret: off}\n"
     "charts:\n"
     "  charts/tms:\n"
     "    defaults: {release: tms, namespace: tms, apiVersions: [x/v1]}\n"
     "    environments:\n"
     "      dev:\n"
     "      staging:\n"
     "        namespace: tms-staging\n"
     "        apiVersions: [y/v1]\n"
     "        values: [values/staging.yaml]\n"
     "        set: {a: 2}\n"
     "        rules: {too-few-replicas: {minimum: 2}, plaintext-secret: note}\n",
     "charts:\n"
     "  charts/tms:\n"
     "    environments:\n"
     "      dev:\n"
     "        apiVersions:\n"
     "        - x/v1\n"
     "        kubeVersion: \"1.31\"\n"
     "        namespace: tms\n"
     "        release: tms\n"
     "        rules:\n"
     "          plaintext-secret: \"off\"\n"
     "          too-few-replicas:\n"
     "            level: error\n"
     "            minimum: 3\n"
     "        set:\n"
     "        - a=1\n"
     "        values:\n"
     "        - values/common.yaml\n"
     "      staging:\n"
     "        apiVersions:\n"
     "        - x/v1\n"
     "        - y/v1\n"
     "        kubeVersion: \"1.31\"\n"
     "        namespace: tms-staging\n"
     "        release: tms\n"
     "        rules:\n"
     "          plaintext-secret: note\n"
     "          too-few-replicas:\n"
     "            level: error\n"
     "            minimum: 2\n"
     "        set:\n"
     "        - a=1\n"
     "        - a=2\n"
     "        values:\n"
     "        - values/common.yaml\n"
     "        - values/staging.yaml\n"},
    {"values of a map mean themselves",
     "defaults:\n"
     "  set:\n"
     "    number: 3\n"
     "    truth: true\n"
     "    nothing:\n"
     "    tilde: ~\n"
     "    text: a,b\\c\n"
     "    brace: '{a}'\n"
     "    plain-brace: a{b\n"
     "    quoted-number: '3'\n"
     "    list: [1, two, 'a,b}']\n"
     "    numbers: [1, 2]\n"
     "    'escaped\\.key[0].name': x\n"
     "    block: |\n"
     "      two\n"
     "      lines\n"
     "  setString:\n"
     "    tag: 1.10\n"
     "    many: [1, 2]\n"
     "charts: {charts/tms: {environments: {dev: }}}\n",
     "charts:\n"
     "  charts/tms:\n"
     "    environments:\n"
     "      dev:\n"
     "        namespace: default\n"
     "        release: release-name\n"
     "        set:\n"
     "        - number=3\n"
     "        - truth=true\n"
     "        - nothing=null\n"
     "        - tilde=null\n"
     "        - text=a\\,b\\\\c\n"
     "        - plain-brace=a{b\n"
     "        - numbers={1,2}\n"
     "        - escaped\\.key[0].name=x\n"
     "        setString:\n"
     "        - brace=\\{a}\n"
     "        - quoted-number=3\n"
     "        - list={1,two,a\\,b\\}}\n"
     "        - |\n"
     "          block=two\n"
     "          lines\n"
     "        - tag=1.10\n"
     "        - many={1,2}\n"},
    {"rules: levels, parameters, both",
     "rules:\n"
     "  image-not-pinned: off\n"
     "  plaintext-secret: false\n"
     "  probes-identical: 'info'\n"
     "  resources-missing: {cpu-limit: forbid, probes: [liveness, readiness]}\n"
     "  too-few-replicas: {level: warning, minimum: -3, count-daemons: true, message: 'no', kinds: []}\n",
     "charts: {}\n"
     "rules:\n"
     "  image-not-pinned: \"off\"\n"
     "  plaintext-secret: \"off\"\n"
     "  probes-identical: info\n"
     "  resources-missing:\n"
     "    cpu-limit: forbid\n"
     "    probes:\n"
     "    - liveness\n"
     "    - readiness\n"
     "  too-few-replicas:\n"
     "    count-daemons: true\n"
     "    kinds: []\n"
     "    level: warning\n"
     "    message: \"no\"\n"
     "    minimum: -3\n"},
    {"a chart's rules over the project's",
     "rules: {image-not-pinned: off, too-few-replicas: {level: error, minimum: 3}}\n"
     "charts: {charts/tms: {environments: {dev: }, rules: {image-not-pinned: error, too-few-replicas: off}}}\n",
     "charts:\n"
     "  charts/tms:\n"
     "    environments:\n"
     "      dev:\n"
     "        namespace: default\n"
     "        release: release-name\n"
     "    rules:\n"
     "      image-not-pinned: error\n"
     "      too-few-replicas:\n"
     "        level: \"off\"\n"
     "        minimum: 3\n"
     "rules:\n"
     "  image-not-pinned: \"off\"\n"
     "  too-few-replicas:\n"
     "    level: error\n"
     "    minimum: 3\n"},
    {"ignores",
     "ignores:\n"
     "  - rule: 'p*'\n"
     "    object: Deployment/*\n"
     "    path: charts/tms/templates/*\n"
     "    environment: dev\n"
     "    reason: a test\n"
     "    expires: 2028-02-29\n"
     "baseline: ./baseline.json\n"
     "exclude: [tests, /srv/x/../y]\n",
     "baseline: baseline.json\n"
     "charts: {}\n"
     "exclude:\n"
     "- tests\n"
     "- /srv/y\n"
     "ignores:\n"
     "- environment: dev\n"
     "  expires: \"2028-02-29\"\n"
     "  object: Deployment/*\n"
     "  path: charts/tms/templates/*\n"
     "  reason: a test\n"
     "  rule: p*\n"},
    {"an alias",
     "defaults:\n  values: &v [values/common.yaml]\ncharts: {charts/tms: {environments: {dev: {values: *v}}}}\n",
     "charts:\n"
     "  charts/tms:\n"
     "    environments:\n"
     "      dev:\n"
     "        namespace: default\n"
     "        release: release-name\n"
     "        values:\n"
     "        - values/common.yaml\n"
     "        - values/common.yaml\n"},
};

TEST(Project, IsReadAndMerged) {
  for (const DescriptionRow& row : description_rows) {
    EXPECT_EQ(telling_lines(project::describe(read(row.text))), row.description) << row.name;
  }
}

TEST(Project, ADescriptionSaysTheSameAgain) {
  for (const DescriptionRow& row : description_rows) {
    const project::Project project = read(row.text);
    const std::string description = project::describe(project);
    // The defaults of a chart have no name that could be written.
    if (description.find("\"\":") != std::string::npos) continue;
    EXPECT_EQ(project::describe(read(description)), description) << row.name;
  }
}

TEST(Project, PathsAreAsTheUserWouldOpenThem) {
  const std::string text =
      "baseline: known.json\n"
      "exclude: [tests]\n"
      "ignores: [{path: charts/*, reason: test}]\n"
      "charts: {charts/tms: {environments: {dev: {values: [values/dev.yaml, /values/dev.yaml]}}}}\n";
  MemoryFileSystem files;
  test::add_charts(files);
  // The working folder of a file system in memory is its root: ".." leads to the same files.
  files.add("rhumb.yaml", text);
  Sources sources;
  const auto project = project::read_project("../rhumb.yaml", files, sources, test::catalogue());
  ASSERT_TRUE(project) << project.error().message;
  EXPECT_EQ(project->folder, "..");
  EXPECT_EQ(project->file, "../rhumb.yaml");
  EXPECT_EQ(project->baseline, "../known.json");
  EXPECT_EQ(project->exclude, (std::vector<std::string>{"../tests"}));
  EXPECT_EQ(project->configuration.ignores.at(0).path, "../charts/*");
  const project::ChartEntry& chart = project->charts.at(0);
  EXPECT_EQ(chart.path, "../charts/tms");
  EXPECT_EQ(chart.environments.at(0).value_files, (std::vector<std::string>{"../values/dev.yaml", "/values/dev.yaml"}));
}

TEST(Project, SettingsOfTheConfiguration) {
  const project::Project project = read(
      "presets: [production]\n"
      "productionTiers: [production]\n"
      "closedWorld: true\n"
      "ignores: [{rule: plaintext-secret, reason: one}]\n"
      "charts:\n"
      "  charts/tms:\n"
      "  charts/shop:\n"
      "    presets: [default, restricted]\n"
      "    productionTiers: []\n"
      "    closedWorld: false\n"
      "    ignores: [{rule: plaintext-secret, environment: 't*', reason: two}]\n");
  const lint::Configuration& tms = project.charts.at(0).configuration;
  EXPECT_EQ(tms.presets, (std::vector<std::string>{"production"}));
  EXPECT_EQ(tms.production_tiers, (std::vector<lint::Tier>{lint::Tier::production}));
  EXPECT_TRUE(tms.closed_world);
  ASSERT_EQ(tms.ignores.size(), 1U);
  const lint::Configuration& shop = project.charts.at(1).configuration;
  EXPECT_EQ(shop.presets, (std::vector<std::string>{"default", "restricted"}));
  EXPECT_TRUE(shop.production_tiers.empty());
  EXPECT_FALSE(shop.closed_world);
  ASSERT_EQ(shop.ignores.size(), 2U);
  EXPECT_EQ(shop.ignores[0].reason, "one");
  EXPECT_EQ(shop.ignores[1].reason, "two");
  EXPECT_TRUE(project.configuration.closed_world);
}

TEST(Project, EntriesKnowTheirPlaces) {
  const std::string text =
      "ignores:\n  - rule: plaintext-secret\n    reason: x\ncharts: {charts/tms: {environments: {dev: }}}\n";
  const project::Project project = read(text);
  const Span ignore = project.configuration.ignores.at(0).span;
  EXPECT_EQ(text.substr(ignore.begin, 4), "rule");
  const Span environment = project.charts.at(0).environments.at(0).span;
  EXPECT_EQ(text.substr(environment.begin, environment.end - environment.begin), "dev");
}

TEST(Project, WithCarriageReturnsIsTheSame) {
  const project::Project project =
      read("\xEF\xBB\xBFversion: 1\r\nbaseline: known.json\r\ncharts:\r\n  charts/tms:\r\n");
  EXPECT_EQ(project.baseline, "known.json");
  EXPECT_EQ(project.charts.size(), 1U);
}

}  // namespace
}  // namespace rhumb
