// From files to charts and environments.
#include <gtest/gtest.h>

#include <filesystem>

#include "unit/project/world.h"

namespace rhumb {
namespace {

constexpr const char* project_text =
    "baseline: known.json\n"
    "exclude: [tests, docs/*.md]\n"
    "charts:\n"
    "  charts/tms:\n"
    "    environments:\n"
    "      dev: {values: [values/common.yaml, values/dev.yaml]}\n"
    "      staging: {values: [values/common.yaml, values/staging.yaml]}\n"
    "      production: {values: [values/common.yaml, values/production.yaml]}\n"
    "  charts/packed-1.0.0.tgz:\n"
    "    environments:\n"
    "      live: {values: [values/production.yaml]}\n"
    "      test: {}\n";

struct SelectRow {
  const char* name;
  std::vector<std::string> paths;
  const char* selections;  // "chart[a,b]", separated by blanks; no brackets: all environments
};

std::string text_of(const std::vector<project::Selection>& selections) {
  std::string out;
  for (const project::Selection& selection : selections) {
    out += (out.empty() ? "" : " ") + selection.chart;
    std::string names;
    for (const std::string& name : selection.environments) names += (names.empty() ? "" : ",") + name;
    if (!names.empty()) out += "[" + names + "]";
  }
  return out;
}

const SelectRow rows[] = {
    {"no files", {}, ""},
    {"a file of nothing", {"README.md"}, ""},
    {"a template", {"charts/tms/templates/ingress.yaml"}, "charts/tms"},
    {"many files of a chart", {"charts/tms/Chart.yaml", "charts/tms/values.yaml"}, "charts/tms"},
    {"the folder itself", {"charts/tms"}, "charts/tms"},
    {"a file of a sub-chart", {"charts/tms/charts/odoo/values.yaml"}, "charts/tms"},
    {"a file that is gone", {"charts/tms/templates/gone.yaml"}, "charts/tms"},
    {"a folder with the same beginning", {"charts/tms-old/values.yaml"}, ""},
    {"a values file of one environment", {"values/staging.yaml"}, "charts/tms[staging]"},
    {"values files of two environments, in the order of the project",
     {"values/staging.yaml", "values/dev.yaml"},
     "charts/tms[dev,staging]"},
    {"a values file of all environments", {"values/common.yaml"}, "charts/tms"},
    {"values files that come to all environments",
     {"values/dev.yaml", "values/staging.yaml", "values/production.yaml"},
     "charts/tms charts/packed-1.0.0.tgz[live]"},
    {"a values file of two charts", {"values/production.yaml"}, "charts/tms[production] charts/packed-1.0.0.tgz[live]"},
    {"a values file and a template", {"values/dev.yaml", "charts/tms/templates/x.yaml"}, "charts/tms"},
    {"a values file that nobody uses", {"values/unused.yaml"}, ""},
    {"an archive", {"charts/packed-1.0.0.tgz"}, "charts/packed-1.0.0.tgz"},
    {"rhumb.yaml", {"rhumb.yaml"}, "charts/tms charts/packed-1.0.0.tgz"},
    {"the baseline", {"known.json"}, "charts/tms charts/packed-1.0.0.tgz"},
    {"rhumb.yaml of another folder", {"other/rhumb.yaml"}, ""},
    {"paths in other words",
     {"./values//dev.yaml", "/values/staging.yaml", "charts/../values/dev.yaml"},
     "charts/tms[dev,staging]"},
    {"a chart that the project does not name", {"charts/shop/ci/tls-values.yaml"}, "charts/shop"},
    {"its parts, once", {"charts/shop/values.yaml", "charts/shop/templates/a.yaml"}, "charts/shop"},
    {"in absolute words", {"/charts/shop/values.yaml"}, "/charts/shop"},
    {"both words for it, once", {"charts/shop/values.yaml", "/charts/shop/Chart.yaml"}, "charts/shop"},
    {"a chart within a chart leads to the outermost", {"other/web/charts/db/values.yaml"}, "other/web"},
    {"and so does what is between", {"other/web/charts/db", "other/web/values.yaml"}, "other/web"},
    {"named charts come first",
     {"charts/shop/values.yaml", "other/web/values.yaml", "charts/tms/values.yaml"},
     "charts/tms charts/shop other/web"},
    {"a folder that is excluded", {"tests/web/values.yaml", "tests"}, ""},
    {"a pattern that is excluded", {"docs/deep/page.md"}, ""},
    {"and what it leaves", {"docs/chart/values.yaml"}, "docs/chart"},
};

TEST(Select, LeadsFromFilesToCharts) {
  MemoryFileSystem files;
  test::add_charts(files);
  files.add("rhumb.yaml", project_text);
  files.add("tests/web/Chart.yaml", "");
  files.add("docs/chart/Chart.yaml", "");
  Sources sources;
  const auto project = project::read_project("rhumb.yaml", files, sources, test::catalogue());
  ASSERT_TRUE(project) << project.error().message;
  for (const SelectRow& row : rows) {
    EXPECT_EQ(text_of(project::select(*project, row.paths, files)), row.selections) << row.name;
  }
}

TEST(Select, WithoutAProject) {
  MemoryFileSystem files;
  test::add_charts(files);
  const std::vector<std::string> paths{"values/dev.yaml", "charts/shop/values.yaml",
                                       "charts/tms/charts/odoo/values.yaml"};
  EXPECT_EQ(text_of(project::select({}, paths, files)), "charts/shop charts/tms");
}

TEST(Select, TheValuesOfADefaultEnvironmentLeadToTheWholeChart) {
  MemoryFileSystem files;
  test::add_charts(files);
  files.add("rhumb.yaml", "charts: {charts/shop: {defaults: {values: [values/common.yaml]}}}\n");
  Sources sources;
  const auto project = project::read_project("rhumb.yaml", files, sources, test::catalogue());
  ASSERT_TRUE(project) << project.error().message;
  EXPECT_EQ(text_of(project::select(*project, {"values/common.yaml"}, files)), "charts/shop");
}

/// In a folder of its own, since what lies above the working folder needs one.
class SelectFromWithin : public testing::Test {
 protected:
  void SetUp() override {
    before_ = std::filesystem::current_path();
    root_ = std::filesystem::temp_directory_path() / ("rhumb-select-" + std::to_string(getpid()));
    std::filesystem::create_directories(root_ / "web/charts/db/templates");
    const auto files = make_real_file_system();
    for (const char* const chart : {"web", "web/charts/db"}) {
      ASSERT_TRUE(make_real_file_system()->write((root_ / chart / "Chart.yaml").string(), "name: x\n", false));
    }
  }
  void TearDown() override {
    std::filesystem::current_path(before_);
    std::filesystem::remove_all(root_);
  }
  std::string from(const std::string& folder, const std::string& path) {
    std::filesystem::current_path(root_ / folder);
    return text_of(project::select({}, {path}, *make_real_file_system()));
  }

 private:
  std::filesystem::path before_;
  std::filesystem::path root_;
};

TEST_F(SelectFromWithin, NamesTheChartAsTheUserWouldOpenIt) {
  EXPECT_EQ(from("web", "values.yaml"), ".");
  EXPECT_EQ(from("web/charts/db", "values.yaml"), "../..");
  EXPECT_EQ(from("web/charts/db/templates", "service.yaml"), "../../..");
  EXPECT_EQ(from("web/charts", "../values.yaml"), "..");
  EXPECT_EQ(from(".", "web/charts/db/templates/x.yaml"), "web");
}

}  // namespace
}  // namespace rhumb
