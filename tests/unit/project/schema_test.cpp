// The schema for editors takes what the reader takes, and refuses what a schema can refuse.
#include <gtest/gtest.h>

#include "rhumb/jsonschema/jsonschema.h"
#include "rhumb/yaml/json.h"
#include "rhumb/yaml/reader.h"
#include "unit/project/world.h"

namespace rhumb {
namespace {

class SilentLog final : public Log {
 public:
  void write(LogLevel, std::string_view, std::vector<LogAttribute>) override {}
};

/// "" for a valid text.
std::string validate(const std::string& text, const std::string& schema) {
  Heap heap;
  const auto value = yaml::read_yaml(text, heap);
  if (!value) return value.error().message;
  MemoryFileSystem files;
  SilentLog log;
  const Limits limits;
  return jsonschema::validate(schema, *value, {files, log, limits});
}

std::string read_repository_file(const std::string& name) {
  const auto text = make_real_file_system()->read(std::string(RHUMB_SOURCE_DIR) + "/" + name);
  return text ? *text : "";
}

TEST(ConfigurationSchema, IsJson) {
  Heap heap;
  EXPECT_TRUE(yaml::read_json(project::configuration_schema(test::catalogue()), heap));
}

TEST(ConfigurationSchema, TakesWhatTheReaderTakes) {
  const std::string schema = project::configuration_schema(test::catalogue());
  const char* const rows[] = {
      "",
      "version: 1\n",
      "charts:\nrules:\nignores:\n",
      "charts: [charts/tms, {path: charts/shop, environments: [{name: dev, tier: staging}]}]\n",
      "charts: {charts/tms: , charts/shop: {environments: {dev: , live: {account: 123456789012, kubeVersion: "
      "1.31}}}}\n",
      "rules: {plaintext-secret: off, image-not-pinned: error, too-few-replicas: {level: off, minimum: 2, kinds: "
      "[a]}}\n",
      "rules: {resources-missing: {cpu-limit: forbid, probes: [liveness]}}\n",
      "ignores: [{rule: plaintext-secret, object: Deployment/web, reason: test, expires: 2026-12-31}]\n",
      "defaults: {set: {a: 1, b: , c: [1, x], d: true}, setString: [a=b], values: [values/dev.yaml]}\n",
      "presets: [all]\nproductionTiers: [production]\nclosedWorld: true\nbaseline: x\nexclude: [a]\n",
  };
  MemoryFileSystem files;
  test::add_charts(files);
  for (const char* const row : rows) {
    EXPECT_EQ(validate(row, schema), "") << row;
    files.add("rhumb.yaml", row);
    Sources sources;
    const auto project = project::read_project("rhumb.yaml", files, sources, test::catalogue());
    EXPECT_TRUE(project) << row << (project ? "" : project.error().message);
  }
}

TEST(ConfigurationSchema, RefusesWhatTheReaderRefuses) {
  const std::string schema = project::configuration_schema(test::catalogue());
  const char* const rows[] = {
      "chart: []\n",
      "version: 2\n",
      "charts: charts/tms\n",
      "charts: [{environments: {}}]\n",
      "charts: {charts/tms: {environments: {dev: {teir: staging}}}}\n",
      "charts: {charts/tms: {environments: {dev: {tier: live}}}}\n",
      "charts: {charts/tms: {environments: {'a b': {}}}}\n",
      "charts: {charts/tms: {environments: [{tier: staging}]}}\n",
      "rules: {plaintext-secrets: off}\n",
      "rules: {plaintext-secret: warn}\n",
      "rules: {too-few-replicas: {minimum: two}}\n",
      "rules: {resources-missing: {probes: [startup]}}\n",
      "ignores: [{rule: plaintext-secret}]\n",
      "ignores: [{rule: plaintext-secret, reason: x, expires: soon}]\n",
      "defaults: {name: dev}\n",
      "defaults: {set: {a: {b: 1}}}\n",
      "presets: [some]\n",
      "closedWorld: maybe\n",
  };
  MemoryFileSystem files;
  test::add_charts(files);
  for (const char* const row : rows) {
    EXPECT_NE(validate(row, schema), "") << row;
    files.add("rhumb.yaml", row);
    Sources sources;
    EXPECT_FALSE(project::read_project("rhumb.yaml", files, sources, test::catalogue())) << row;
  }
}

/// With all rules that there are: it sets parameters of many.
TEST(ConfigurationSchema, TakesOurOwnFile) {
  const std::string text = read_repository_file("rhumb.yaml");
  ASSERT_FALSE(text.empty());
  EXPECT_EQ(validate(text, project::configuration_schema()), "");
}

TEST(OurOwnFile, NamesEveryEnvironment) {
  Sources sources;
  const auto files = make_real_file_system();
  const std::string path = std::string(RHUMB_SOURCE_DIR) + "/rhumb.yaml";
  const auto project = project::read_project(path, *files, sources);
  ASSERT_TRUE(project) << project.error().message;
  std::string found;
  for (const project::ChartEntry& chart : project->charts) {
    for (const lint::Environment& environment : chart.environments) {
      found += environment.release + " " + environment.name + " " + environment.profile + "\n";
    }
  }
  EXPECT_EQ(found,
            "tms dev tms\ntms staging tms\ntms production tms\n"
            "loomworks staging loomworks\nloomworks production loomworks\n");
}

/// The example of the documentation is one that works.
TEST(Documentation, ExamplesAreValid) {
  const std::string page = read_repository_file("docs/configuration.md");
  const std::string begin = "```yaml\n";
  std::size_t examples = 0;
  for (std::size_t at = page.find(begin); at != std::string::npos; at = page.find(begin, at)) {
    at += begin.size();
    const std::string text = page.substr(at, page.find("```", at) - at);
    EXPECT_EQ(validate(text, project::configuration_schema(test::catalogue())), "") << text;
    ++examples;
  }
  EXPECT_GE(examples, 3U);
}

/// And every key stands in it.
TEST(Documentation, NamesEveryKey) {
  const std::string page = read_repository_file("docs/configuration.md");
  Heap heap;
  const auto schema = yaml::read_json(project::configuration_schema(test::catalogue()), heap);
  ASSERT_TRUE(schema);
  const Map& definitions = *schema->as_map()->find("definitions")->as_map();
  std::vector<const Map*> structures;
  for (const char* const name : {"chart", "environment"}) {
    structures.push_back(definitions.find(name)->as_map()->find("anyOf")->as_list()[0].as_map());
  }
  structures.push_back(definitions.find("ignore")->as_map());
  structures.push_back(schema->as_map()->find("anyOf")->as_list()[0].as_map());
  for (const Map* const structure : structures) {
    for (const Map::Entry& entry : structure->find("properties")->as_map()->entries()) {
      EXPECT_NE(page.find("| `" + std::string(entry.key) + "` |"), std::string::npos) << entry.key;
    }
  }
}

}  // namespace
}  // namespace rhumb
