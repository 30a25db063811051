// A rendering that shares its work, and parses while its chart is loaded, gives what it gives alone. Run under the
// thread sanitizer too.
#include <gtest/gtest.h>

#include "render/parse_cache.h"
#include "rhumb/chart/loader.h"
#include "rhumb/funcs/library.h"
#include "rhumb/render/render.h"

namespace rhumb::render {
namespace {

class TextLog final : public Log {
 public:
  void write(LogLevel level, std::string_view message, std::vector<LogAttribute> attributes) override {
    text += format_log_line(level, message, attributes);
  }

  std::string text;
};

/// A chart with sub-charts that hold the same library, one of them switched off.
class Ahead : public ::testing::Test {
 protected:
  void SetUp() override {
    files_.add("/c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies:\n" + dependency("a") +
                                    dependency("b") + "    condition: b.enabled\n");
    files_.add("/c/values.yaml", "b:\n  enabled: false\n");
    for (const char* const chart : {"/c", "/c/charts/a", "/c/charts/b"}) add_templates(chart);
    for (const std::string name : {"a", "b"}) {
      files_.add("/c/charts/" + name + "/Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: 1.0.0\n");
    }
  }

  static std::string dependency(const std::string& name) { return "  - name: " + name + "\n    version: 1.0.0\n"; }

  void add_templates(const std::string& chart) {
    std::string helpers;
    for (int i = 0; i < 200; ++i) {
      helpers +=
          "{{- define \"help" + std::to_string(i) + "\" -}}\n{{ .Chart.Name }}-{{ .Template.Name }}\n{{- end -}}\n";
    }
    files_.add(chart + "/templates/_helpers.tpl", helpers);
    for (int i = 0; i < 20; ++i) {
      const std::string number = std::to_string(i);
      files_.add(chart + "/templates/m" + number + ".yaml", "kind: ConfigMap\nmetadata:\n  name: m" + number +
                                                                "\ndata:\n  text: " + std::string(800, 'x') +
                                                                "\n  by: {{ include \"help" + number + "\" . }}\n");
    }
  }

  /// What was logged, and the output or the error.
  std::string render(unsigned threads, bool helm3 = false) {
    TextLog log;
    const std::string text = render_with(threads, helm3, log);
    return log.text + text;
  }

  std::string render_with(unsigned threads, bool helm3, Log& log) {
    Sources sources;
    const auto host = make_deterministic_host();
    ParseCache cache;
    WorkQueue queue(threads);
    const World world{sources, files_, *host, log, cache, limits_, nullptr, threads > 1 ? &queue : nullptr};
    ParseAhead ahead(cache, sources, queue, helm3);
    chart::LoadContext context{files_, sources, log, nullptr, limits_, helm3};
    if (threads > 1) {
      context.on_file = [&](const chart::File& file) { ahead.offer(file); };
      context.queue = &queue;
    }
    const auto chart = chart::load("/c", context);
    if (!chart) return chart.error().message;
    Rendering rendering(world, nullptr, false);
    Options options;
    options.release = {"r", "r", 1, true, false};
    options.capabilities = funcs::default_capabilities();
    options.threads = threads;
    options.helm3 = helm3;
    const FileId user_file = sources.add("user.yaml", user_values_);
    const auto user = chart::load_values(user_file, sources, rendering.values_context());
    if (!user) return user.error().message;
    if (const auto done = rendering.run(*chart, *user, options); !done) return done.error().message;
    const auto out = assemble(rendering, {.helm3 = helm3, .threads = threads}, log);
    return out ? *out : out.error().message;
  }

  MemoryFileSystem files_;
  Limits limits_;
  std::string user_values_ = "{}";
};

TEST_F(Ahead, GivesWhatOneThreadGives) {
  const std::string alone = render(1);
  EXPECT_NE(alone.find("by: c-c/templates/m19.yaml"), std::string::npos) << alone.substr(0, 1000);
  EXPECT_NE(alone.find("by: a-c/charts/a/templates/m0.yaml"), std::string::npos);
  EXPECT_EQ(alone.find("c/charts/b/"), std::string::npos);
  for (const unsigned threads : {2U, 4U}) EXPECT_EQ(render(threads), alone) << threads;
  EXPECT_EQ(render(2, true), render(1, true));
}

TEST_F(Ahead, ErrorsKeepTheirNames) {
  for (const char* const broken : {"{{ if }}", "{{ fail \"no\" }}", "a: b: c\n"}) {
    files_.add("/c/charts/a/templates/_z.tpl", broken);
    files_.add("/c/charts/a/templates/m7.yaml", broken);
    const std::string alone = render(1);
    EXPECT_NE(alone.find("c/charts/a/templates/"), std::string::npos) << alone;
    EXPECT_EQ(render(2), alone);
  }
}

TEST_F(Ahead, ValuesAreTheSame) {
  std::string long_values = "text: end\n";
  for (int i = 0; i < 1000; ++i) long_values += "key" + std::to_string(i) + ": {a: [1, x], b: \"" + "é" + "\"}\n";
  for (const char* const chart : {"/c", "/c/charts/a", "/c/charts/b"}) {
    files_.add(std::string(chart) + "/values.yaml", long_values);
    files_.add(std::string(chart) + "/templates/v.yaml", "{{ toYaml .Values }}\n");
  }
  const std::string alone = render(1);
  EXPECT_NE(alone.find("key999:"), std::string::npos);
  for (const unsigned threads : {2U, 4U}) EXPECT_EQ(render(threads), alone) << threads;
  files_.add("/c/charts/a/values.yaml", long_values + "a: b: c\n");
  const std::string broken = render(1);
  EXPECT_NE(broken.find("cannot load values.yaml"), std::string::npos) << broken;
  for (const unsigned threads : {2U, 4U}) EXPECT_EQ(render(threads), broken) << threads;
}

/// A schema that takes a while to read, of values with one of a certain length.
std::string long_schema(std::size_t text_length) {
  std::string properties = R"("text": {"type": "string", "minLength": )" + std::to_string(text_length) + "}";
  for (int i = 0; i < 300; ++i) properties += ", \"key" + std::to_string(i) + "\": {\"type\": [\"string\", \"null\"]}";
  return R"({"$schema": "http://json-schema.org/draft-07/schema#", "properties": {)" + properties + "}}";
}

TEST_F(Ahead, SchemasSeeTheValuesBeforeTemplatesChangeThem) {
  for (const std::string chart : {"/c", "/c/charts/a"}) {
    files_.add(chart + "/values.schema.json", long_schema(5000));
    files_.add(chart + "/values.yaml", "text: x\n");
    files_.add(chart + "/templates/z.yaml", "{{ $_ := set .Values \"text\" \"y\" }}key: {{ .Values.text }}\n");
  }
  const std::string text = "text: " + std::string(5000, 'x') + "\n";
  user_values_ = text + "a:\n  " + text;
  const std::string alone = render(1);
  EXPECT_NE(alone.find("c/charts/a/templates/z.yaml\nkey: y\n"), std::string::npos) << alone;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(render(2 + i % 3), alone);
}

TEST_F(Ahead, WhatSchemasSayComesBeforeWhatTemplatesSay) {
  files_.add("/c/charts/a/values.schema.json", long_schema(5000));
  user_values_ = "a: {text: short}";
  for (const char* const templ : {"{{ fail \"no\" }}", "a: b: c\n", "{{ if }}", "{{ $x := tpl .Values.none . }}",
                                  "{{ range until 100000 }}{{ end }}{{ include \"none\" . }}"}) {
    files_.add("/c/templates/z.yaml", templ);
    const std::string alone = render(1);
    EXPECT_NE(alone.find("- at '/text': minLength: got 5, want 5,000"), std::string::npos) << alone;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(render(2 + i % 3), alone) << templ;
  }
}

TEST_F(Ahead, TheQueueParses) {
  Sources sources;
  ParseCache cache;
  WorkQueue queue(1);  // nobody works but in finish()
  ParseAhead ahead(cache, sources, queue, false);
  const std::string text = "{{ define \"x\" }}" + std::string(20'000, 'x') + "{{ end }}";
  const FileId file = sources.add("a", text);
  ahead.offer({"charts/a/templates/a.yaml", sources.get(file).text(), file});
  ahead.offer({"charts/a/files/b.yaml", sources.get(file).text(), file});
  const gotmpl::Library& library = funcs::library(false);
  EXPECT_FALSE(cache.state().has_begun(file, library));
  queue.finish();
  EXPECT_TRUE(cache.state().has_begun(file, library));
}

TEST_F(Ahead, OneTextUnderManyNamesIsParsedOnce) {
  Sources sources;
  const FileId first = sources.add("first", "{{ define \"x\" }}1{{ end }}");
  const FileId second = sources.add("second", "{{ define \"x\" }}1{{ end }}");
  ParseCache cache;
  const gotmpl::Library* const library = &funcs::library(false);
  const auto one = cache.state().get_shared(sources, {first, "one", library});
  const auto two = cache.state().get_shared(sources, {second, "two", library});
  const auto own = cache.state().get(sources, {second, "two", library});
  ASSERT_TRUE(one && two && own);
  EXPECT_EQ((*two)->name(), "two");
  EXPECT_EQ((*two)->file(), second);
  EXPECT_EQ((*one)->trees()[0]->root, (*two)->trees()[0]->root);
  EXPECT_NE((*own)->trees()[0]->root, (*two)->trees()[0]->root);
  EXPECT_EQ(*cache.state().get_shared(sources, {second, "two", library}), *two);
}

TEST(TemplatePath, WithinChartsAtAnyDepth) {
  EXPECT_TRUE(is_template_path("templates/a.yaml"));
  EXPECT_TRUE(is_template_path("charts/a/templates/a.yaml"));
  EXPECT_TRUE(is_template_path("charts/a/charts/b/templates/x/_a.tpl"));
  EXPECT_FALSE(is_template_path("charts/templates/a.yaml"));
  EXPECT_FALSE(is_template_path("charts/a.tgz"));
  EXPECT_FALSE(is_template_path("files/templates/a.yaml"));
  EXPECT_FALSE(is_template_path("crds/a.yaml"));
}

}  // namespace
}  // namespace rhumb::render
