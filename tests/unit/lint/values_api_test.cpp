// The keys of a chart's values with their types.
#include "rhumb/lint/values_api.h"

#include <gtest/gtest.h>

#include "rhumb/base/file_system.h"
#include "rhumb/chart/loader.h"

namespace rhumb::lint {
namespace {

class Silent final : public Log {
 public:
  void write(LogLevel, std::string_view, std::vector<LogAttribute>) override {}
};

struct World {
  MemoryFileSystem files;
  Sources sources;
  Silent log;

  World() { files.add("/c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n"); }

  ValuesApi api() {
    const auto chart = chart::load("/c", {files, sources, log});
    EXPECT_TRUE(chart.has_value()) << chart.error().message;
    return values_api(**chart);
  }

  /// "a: string, b.c: integer"
  std::string keys() {
    std::string out;
    for (const auto& [path, types] : api().keys) out += (out.empty() ? "" : ", ") + path + ": " + to_text(types);
    return out;
  }
};

TEST(ValuesApi, TypesOfDefaults) {
  World world;
  world.files.add(
      "/c/values.yaml",
      "text: a\nnumber: 1\nfraction: 1.5\nflag: true\nlist: [{a: b}]\nnothing:\nempty: {}\nmap: {a: {b: c}}\n"
      "labels: {a.b/c: d}\n");
  EXPECT_EQ(world.keys(),
            "empty: object, flag: boolean, fraction: number, labels[\"a.b/c\"]: string, list: array, map.a.b: string, "
            "nothing: any, number: integer, text: string");
}

TEST(ValuesApi, AnAliasHoldsForTheVersionThatItAsksFor) {
  for (const auto& [wanted, keys] : {std::pair("1.x.x", "store.port: integer"), {"2.x.x", "db.port: integer"}}) {
    World world;
    world.files.add("/c/Chart.yaml", std::string("apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies:\n") +
                                         "  - {name: db, alias: store, repository: '', version: " + wanted + "}\n");
    world.files.add("/c/charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.4.0\n");
    world.files.add("/c/charts/db/values.yaml", "port: 5432\n");
    EXPECT_EQ(world.keys(), keys);
  }
}

TEST(ValuesApi, NoValues) {
  World world;
  EXPECT_EQ(world.keys(), "");
  EXPECT_EQ(write_values_api(world.api(), "c"), "{\n  \"version\": 1,\n  \"chart\": \"c\",\n  \"keys\": {}\n}\n");
}

TEST(ValuesApi, SchemasSayMoreThanDefaults) {
  World world;
  world.files.add("/c/values.yaml", "port: 80\nlabels: {team: a}\nimage: {tag: ''}\n");
  world.files.add("/c/values.schema.json", R"({"type": "object", "properties": {
    "port": {"type": ["integer", "string"]},
    "labels": {"$ref": "#/$defs/texts"},
    "image": {"allOf": [{"properties": {"tag": {"type": "string"}}}, {"properties": {"digest": {"$ref": "#/$defs/text"}}}]},
    "mode": {"enum": ["a", "b", null]},
    "size": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
    "loose": {"anyOf": [{"type": "integer"}, {}]}},
    "$defs": {"texts": {"type": "object", "additionalProperties": {"type": "string"}}, "text": {"type": "string"}}})");
  EXPECT_EQ(world.keys(),
            "image.digest: string, image.tag: string, labels: object, loose: any, mode: null|string, "
            "port: integer|string, size: integer|string");
  EXPECT_EQ(world.api().closed, (std::set<std::string, std::less<>>{"", "image"}));
}

TEST(ValuesApi, ReferencesThatTurnInCircles) {
  World world;
  world.files.add("/c/values.schema.json",
                  R"({"properties": {"a": {"$ref": "#/properties/b"}, "b": {"$ref": "#/properties/a"},
    "c": {"$ref": "other.json"}, "d": {"$ref": "#/none"}}})");
  EXPECT_EQ(world.keys(), "a: any, b: any, c: any, d: any");
}

TEST(ValuesApi, SchemasWithoutAnEnd) {
  World world;
  world.files.add("/c/values.schema.json", R"({"properties": {"tree": {"$ref": "#/$defs/node"}},
    "$defs": {"node": {"properties": {"child": {"$ref": "#/$defs/node"}, "name": {"type": "string"}}}}})");
  EXPECT_FALSE(world.keys().empty());
}

TEST(ValuesApi, SubCharts) {
  World world;
  world.files.add("/c/Chart.yaml",
                  "apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies:\n"
                  "- {name: sub, version: 1.0.0, alias: first, condition: first.enabled, tags: [extra]}\n");
  world.files.add("/c/values.yaml", "first: {image: {tag: 1}}\nglobal: {domain: a}\n");
  world.files.add("/c/charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 1.0.0\n");
  world.files.add("/c/charts/sub/values.yaml", "image: {tag: a, name: b}\nglobal: {domain: b, region: c}\n");
  EXPECT_EQ(world.keys(),
            "first.enabled: boolean, first.image.name: string, first.image.tag: integer, global.domain: string, "
            "tags.extra: boolean");
}

TEST(ValuesApi, WhatIsAllowedStill) {
  EXPECT_TRUE(allows({}, {"string"}));
  EXPECT_TRUE(allows({"integer", "string"}, {"string"}));
  EXPECT_TRUE(allows({"number"}, {"integer"}));
  EXPECT_FALSE(allows({"integer"}, {"number"}));
  EXPECT_FALSE(allows({"string"}, {}));
  EXPECT_FALSE(allows({"string"}, {"null", "string"}));
}

}  // namespace
}  // namespace rhumb::lint
