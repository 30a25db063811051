// Every scalar that the charts of this repository render has a way back to a line of a template.
#include <fstream>
#include <sstream>

#include "rhumb/yaml/events.h"
#include "traced_chart.h"

namespace rhumb::render::test {
namespace {

struct Environment {
  std::string name;
  std::string chart;
  chart::ValueOptions values;
};

std::string path(const std::string& name) { return std::string(RHUMB_SOURCE_DIR) + "/" + name; }

chart::ValueOptions files(const std::vector<std::string>& names) {
  chart::ValueOptions options;
  for (const std::string& name : names) options.value_files.push_back(path(name));
  return options;
}

const std::vector<Environment> environments{
    {"TmsDev", "charts/tms", files({"values/dev.yaml"})},
    {"TmsStaging", "charts/tms", files({"values/staging.yaml"})},
    {"TmsProduction", "charts/tms", files({"values/production.yaml"})},
    {"TmsExtras", "charts/tms", files({"values/production.yaml", "tests/golden/tms-extras/values.yaml"})},
    {"LoomworksStaging", "charts/loomworks", files({"values/loomworks/staging.yaml"})},
    {"LoomworksProduction", "charts/loomworks", files({"values/loomworks/production.yaml"})},
};

class Charts : public testing::TestWithParam<Environment> {
 protected:
  std::unique_ptr<FileSystem> files_ = make_real_file_system();
};

TEST_P(Charts, EveryScalarHasACause) {
  const TracedChart chart(path(GetParam().chart), *files_, GetParam().values);
  ASSERT_EQ(chart.problem(), "");
  const Rendering& rendering = chart.rendering();
  std::size_t scalars = 0;
  std::size_t with_values = 0;
  for (std::size_t file = 0; file < rendering.files().size(); ++file) {
    const std::string& text = rendering.files()[file].text.text;
    yaml::EventReader reader(text);
    yaml::Event event;
    while (reader.next(event) && event.kind != yaml::EventKind::stream_end) {
      if (event.kind != yaml::EventKind::scalar) continue;
      const Cause cause = explain(rendering, file, reader.offset(event.begin), reader.offset(event.end));
      ++scalars;
      with_values += cause.values.empty() ? 0 : 1;
      const bool known = std::any_of(cause.frames.begin(), cause.frames.end(), [&](const TemplateFrame& frame) {
        return frame.span.known() &&
               rendering.sources().get(frame.span.file).name().find("/templates/") != std::string::npos;
      });
      EXPECT_TRUE(known) << rendering.files()[file].name << ": " << event.value;
    }
  }
  EXPECT_GT(scalars, 400U);
  EXPECT_GT(with_values, 100U);
}

INSTANTIATE_TEST_SUITE_P(All, Charts, testing::ValuesIn(environments),
                         [](const auto& environment) { return environment.param.name; });

TEST(ShownNames, AreThoseThatTheUserGave) {
  const TracedChart chart(Files{{"values.yaml", "a: x\n"}, {"templates/t.yaml", "v: {{ .Values.a }}\n"}}, {}, "../c/");
  EXPECT_EQ(chart.cause_of("x"), "../c/templates/t.yaml:1 | a@../c/values.yaml:1 |");
}

TEST(Keys, HaveTheirOwnSpan) {
  const TracedChart chart(
      Files{{"values.yaml", "image:\n  \"tag\": xx\n"}, {"templates/t.yaml", "v: {{ .Values.image.tag }}\n"}});
  std::size_t file = 0;
  std::size_t begin = 0;
  ASSERT_TRUE(chart.find("xx", file, begin));
  const Cause cause = explain(chart.rendering(), file, begin, begin + 2);
  ASSERT_EQ(cause.values.size(), 1U);
  EXPECT_EQ(chart.text_of(cause.values[0].layers[0].key), "\"tag\"");
  EXPECT_EQ(chart.text_of(cause.values[0].layers[0].span), "xx");
  EXPECT_EQ(chart.text_of(cause.frames[0].span), ".Values.image.tag");
}

TEST(OutputPlace, CountsFromOne) {
  const TracedChart chart(Files{{"templates/t.yaml", "a: 1\nbb: 2\n"}});
  EXPECT_EQ(output_place(chart.rendering(), 0, 0).line, 1U);
  EXPECT_EQ(output_place(chart.rendering(), 0, 9).line, 2U);
  EXPECT_EQ(output_place(chart.rendering(), 0, 9).column, 5U);
}

TEST(Untraced, ExplainsNothing) {
  MemoryFileSystem files;
  Sources sources;
  QuietLog log;
  ParseCache cache;
  const Limits limits;
  const auto host = make_deterministic_host();
  const World world{sources, files, *host, log, cache, limits, nullptr};
  const Rendering rendering(world, nullptr, false);
  EXPECT_TRUE(unread_values(rendering).empty());
}

}  // namespace
}  // namespace rhumb::render::test
