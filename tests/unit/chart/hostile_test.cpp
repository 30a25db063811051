// Input that means harm ends in a clear error, in bounded time and memory.
#include <gtest/gtest.h>

#include "rhumb/base/file_system.h"
#include "rhumb/base/host.h"
#include "rhumb/base/parallel.h"
#include "rhumb/chart/dependencies.h"
#include "rhumb/chart/loader.h"

namespace rhumb::chart {
namespace {

const std::string chart_yaml = "apiVersion: v2\nname: c\nversion: 0.1.0\n";

class Silent final : public Log {
 public:
  void write(LogLevel, std::string_view, std::vector<LogAttribute>) override { ++lines; }
  int lines = 0;
};

struct World {
  MemoryFileSystem files;
  Sources sources;
  Silent log;
  Heap heap;

  Result<std::shared_ptr<const Chart>> load(Limits limits = {}) {
    const LoadContext context{files, sources, log, nullptr, limits, false};
    return chart::load("/c", context);
  }
  Result<Value> merge(const ValueOptions& options) {
    return merge_value_options(options, files, sources, {heap, log, nullptr, false});
  }
};

TEST(Hostile, LinksThatMultiply) {
  World world;
  world.files.add("/c/Chart.yaml", chart_yaml);
  // Each folder holds ten links to the next one: ten billion paths out of a hundred links.
  for (int level = 0; level < 10; ++level) {
    const std::string folder = "/c/f" + std::to_string(level);
    for (int link = 0; link < 10; ++link) {
      world.files.add_symlink(folder + "/l" + std::to_string(link), "/c/f" + std::to_string(level + 1));
    }
  }
  world.files.add("/c/f10/x", "x");
  Limits limits;
  limits.chart_bytes = 1000;
  EXPECT_NE(world.load(limits).error().message.find("chart exceeds maximum decompressed size of 1000 bytes"),
            std::string::npos);
}

TEST(Hostile, FolderAboveTheLimit) {
  World world;
  world.files.add("/c/Chart.yaml", chart_yaml);
  world.files.add("/c/big", std::string(1000, 'x'));
  Limits limits;
  limits.chart_bytes = 1020;
  EXPECT_EQ(world.load(limits).error().message,
            "error reading big: chart exceeds maximum decompressed size of 1020 bytes");
  limits.chart_bytes = 1000 + chart_yaml.size();
  EXPECT_TRUE(world.load(limits).has_value());
}

TEST(Hostile, ChartsWithinCharts) {
  World world;
  std::string folder = "/c/";
  for (int level = 0; level < 150; ++level) {
    world.files.add(folder + "Chart.yaml", chart_yaml);
    folder += "charts/c/";
  }
  const std::string text = world.load().error().message;
  EXPECT_NE(text.find("charts are nested too deeply"), std::string::npos) << text;
}

TEST(Hostile, FoldersWithinFolders) {
  World world;
  std::string folder = "/c/";
  for (int level = 0; level < 400; ++level) folder += "d/";
  world.files.add("/c/Chart.yaml", chart_yaml);
  world.files.add(folder + "x", "x");
  EXPECT_TRUE(world.load().has_value());
}

TEST(Hostile, DeepValues) {
  run_on_large_stack(512u << 20, [] {
    World world;
    world.files.add("/c/Chart.yaml", chart_yaml);
    world.files.add("/c/values.yaml", "a: " + std::string(9000, '[') + std::string(9000, ']') + "\n");
    const auto chart = world.load();
    ASSERT_TRUE(chart.has_value()) << chart.error().message;
    ChartTree tree(*chart);
    const ValuesContext context{world.heap, world.log, nullptr, false};
    EXPECT_TRUE(process_dependencies(tree, Value(), context).has_value());
    EXPECT_TRUE(coalesce_values(tree.root(), Value(), context).has_value());
  });
}

TEST(Hostile, DeepSets) {
  run_on_large_stack(512u << 20, [] {
    World world;
    std::string text = "a";
    for (int i = 0; i < 30000; ++i) text += "[0]";
    ValueOptions options;
    options.values = {text + "=1"};
    EXPECT_EQ(world.merge(options).error().message, "failed parsing --set data: the value is nested too deeply");
    text = "a";
    for (int i = 0; i < 30000; ++i) text += "[0].a";
    options.values = {text + "=1"};
    EXPECT_EQ(world.merge(options).error().message, "failed parsing --set data: the value is nested too deeply");
  });
}

TEST(Hostile, LargestIndexIsCheap) {
  World world;
  ValueOptions options;
  options.values = {"a[65536]=1"};
  const auto values = world.merge(options);
  ASSERT_TRUE(values.has_value());
  EXPECT_EQ(values->as_map()->find("a")->as_list().size(), 65537U);
}

TEST(Hostile, ValuesAreNotFetched) {
  World world;
  ValueOptions options;
  options.value_files = {"https://example.com/v.yaml"};
  EXPECT_EQ(world.merge(options).error().message,
            "cannot read https://example.com/v.yaml: values are not fetched from the network");
}

TEST(Hostile, MemoryOfValues) {
  World world;
  world.files.add("/c/Chart.yaml", chart_yaml);
  std::string values;
  for (int i = 0; i < 10000; ++i) values += "k" + std::to_string(i) + ": {a: b}\n";
  world.files.add("/c/values.yaml", values);
  Limits limits;
  limits.memory_bytes = 100000;
  EXPECT_EQ(world.load(limits).error().message,
            "cannot load values.yaml: the memory limit of 100000 bytes is exceeded");
}

TEST(Loading, ReadsNothingTwiceAndNothingIgnored) {
  World world;
  world.files.add("/c/Chart.yaml", chart_yaml);
  world.files.add("/c/.helmignore", "secret\nbig/\n");
  world.files.add("/c/secret", "s");
  world.files.add("/c/big/x", "x");
  world.files.add("/c/templates/t.yaml", "t");
  ASSERT_TRUE(world.load().has_value());
  EXPECT_EQ(world.files.reads().count("/c/secret"), 0U);
  EXPECT_EQ(world.files.reads().count("/c/big/x"), 0U);
  EXPECT_EQ(world.files.reads().at("/c/templates/t.yaml"), 1);
}

}  // namespace
}  // namespace rhumb::chart
