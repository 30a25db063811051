// Where values come from: files, flags, and what they took the place of.
#include <gtest/gtest.h>

#include "rhumb/base/file_system.h"
#include "rhumb/chart/dependencies.h"
#include "rhumb/chart/loader.h"

namespace rhumb::chart {
namespace {

class Silent final : public Log {
 public:
  void write(LogLevel, std::string_view, std::vector<LogAttribute>) override {}
};

class Origins : public testing::Test {
 protected:
  void SetUp() override {
    files_.add(
        "/c/Chart.yaml",
        "apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies: [{name: s, version: '*', import-values: [d]}]\n");
    files_.add("/c/values.yaml", "image:\n  tag: default\nonly: chart\nlist: [1]\nglobal: {g: parent}\ns: {x: 2}\n");
    files_.add("/c/charts/s/Chart.yaml", "apiVersion: v2\nname: s\nversion: 0.1.0\n");
    files_.add("/c/charts/s/values.yaml", "x: 1\nown: sub\nexports: {d: {taken: yes}}\nglobal: {g: child}\n");
    files_.add("/u.yaml", "image:\n  tag: user\nlist: [2, 3]\n");
    files_.add("/v.yaml", "image:\n  tag: later\n");
  }

  Value values(const ValueOptions& options) {
    const ValuesContext context{heap_, log_, &origins_, false};
    chart_ = *load("/c", {files_, sources_, log_, &origins_});
    const Value user = *merge_value_options(options, files_, sources_, context);
    ChartTree tree(chart_);
    EXPECT_TRUE(process_dependencies(tree, user, context).has_value());
    return *coalesce_values(tree.root(), user, context);
  }

  /// "file:line path", "winner < loser" for an override.
  std::string describe(OriginId id) {
    if (id == no_origin) return "none";
    const Origin& origin = origins_.get(id);
    if (origin.kind == OriginKind::override_) {
      return describe(origin.parts[0]) + " < " + describe(origin.parts[1]);
    }
    const SourceText& source = sources_.get(origin.span.file);
    return source.name() + ":" + std::to_string(source.line_column(origin.span.begin).line) + " " +
           std::string(origin.path);
  }

  std::string origin_of(const Value& root, std::initializer_list<std::string_view> keys) {
    Value at = root;
    for (const std::string_view key : keys) at = *at.as_map()->find(key);
    return describe(at.origin());
  }

  MemoryFileSystem files_;
  Sources sources_;
  OriginTable origins_;
  Silent log_;
  Heap heap_;
  std::shared_ptr<const Chart> chart_;
};

TEST_F(Origins, Defaults) {
  const Value root = values({});
  EXPECT_EQ(origin_of(root, {"only"}), "/c/values.yaml:3 only");
  EXPECT_EQ(origin_of(root, {"image", "tag"}), "/c/values.yaml:2 image.tag");
  EXPECT_EQ(origin_of(root, {"s", "own"}), "/c/charts/s/values.yaml:2 own");
}

TEST_F(Origins, ParentOverSub) {
  const Value root = values({});
  EXPECT_EQ(origin_of(root, {"s", "x"}), "/c/values.yaml:6 s.x < /c/charts/s/values.yaml:1 x");
  EXPECT_EQ(origin_of(root, {"s", "global", "g"}), "/c/values.yaml:5 global.g < /c/charts/s/values.yaml:4 global.g");
}

TEST_F(Origins, Files) {
  ValueOptions options;
  options.value_files = {"/u.yaml", "/v.yaml"};
  const Value root = values(options);
  EXPECT_EQ(origin_of(root, {"image", "tag"}),
            "/v.yaml:2 image.tag < /u.yaml:2 image.tag < /c/values.yaml:2 image.tag");
  EXPECT_EQ(origin_of(root, {"list"}), "/u.yaml:3 list < /c/values.yaml:4 list");
}

TEST_F(Origins, Sets) {
  ValueOptions options;
  options.value_files = {"/u.yaml"};
  options.values = {"image.tag=set,list[1]=x"};
  const Value root = values(options);
  EXPECT_EQ(origin_of(root, {"image", "tag"}), "--set:1 image.tag < /u.yaml:2 image.tag < /c/values.yaml:2 image.tag");
  const auto list = root.as_map()->find("list")->as_list();
  EXPECT_EQ(describe(list[0].origin()), "/u.yaml:3 list[0]");
  EXPECT_EQ(describe(list[1].origin()), "--set:1 list[1] < /u.yaml:3 list[1]");
}

TEST_F(Origins, Imports) { EXPECT_EQ(origin_of(values({}), {"taken"}), "/c/charts/s/values.yaml:3 exports.d.taken"); }

}  // namespace
}  // namespace rhumb::chart
