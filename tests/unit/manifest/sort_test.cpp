#include <gtest/gtest.h>

#include "rhumb/manifest/manifest.h"

namespace rhumb::manifest {
namespace {

class Lines final : public Log {
 public:
  void write(LogLevel level, std::string_view message, std::vector<LogAttribute> attributes) override {
    text += format_log_line(level, message, attributes);
  }
  std::string text;
};

RenderedFile file(std::string name, std::string text) { return {std::move(name), {std::move(text), {}}}; }

std::string kinds(const std::vector<Document>& documents) {
  std::string text;
  for (const Document& document : documents) text += document.kind + "/" + document.name + " ";
  return text;
}

std::string object(const std::string& kind, const std::string& name) {
  return "apiVersion: v1\nkind: " + kind + "\nmetadata:\n  name: " + name + "\n";
}

TEST(Sort, ByKindThenFileThenPlace) {
  Lines log;
  const std::vector<RenderedFile> files{
      file("c/templates/b.yaml", object("Zebra", "z") + "---\n" + object("Deployment", "b")),
      file("c/templates/a.yaml", object("Deployment", "a") + "---\n" + object("Namespace", "ns") + "---\n" +
                                     object("Apple", "x") + "---\n" + object("ValidatingWebhookConfiguration", "w")),
      file("c/templates/_p.yaml", object("Secret", "partial")),
      file("c/templates/blank.yaml", " \n"),
  };
  const auto sorted = sort_documents(files, log);
  ASSERT_TRUE(sorted);
  EXPECT_EQ(kinds(sorted->manifests),
            "Namespace/ns Deployment/a Deployment/b ValidatingWebhookConfiguration/w Apple/x Zebra/z ");
  const auto helm3 = sort_documents(files, log, true);
  ASSERT_TRUE(helm3);
  EXPECT_EQ(kinds(helm3->manifests),
            "Namespace/ns Deployment/a Deployment/b Apple/x ValidatingWebhookConfiguration/w Zebra/z ");
}

TEST(Sort, DocumentsKnowTheirPlace) {
  Lines log;
  const std::vector<RenderedFile> files{
      file("c/templates/a.yaml", "\n" + object("A", "a") + "--- \n" + object("B", "b"))};
  const auto sorted = sort_documents(files, log);
  ASSERT_TRUE(sorted);
  for (const Document& document : sorted->manifests) {
    EXPECT_EQ(files[0].text.text.substr(document.offset, document.text.size()), document.text);
  }
}

std::string hook(const std::string& events) {
  return "kind: Job\nmetadata:\n  name: h\n  annotations:\n    helm.sh/hook: \"" + events + "\"\n";
}

TEST(Sort, HooksApart) {
  Lines log;
  const std::vector<RenderedFile> files{file("c/a", hook("pre-install, Post-Upgrade")),
                                        file("c/b", hook("test-success")), file("c/c", hook("crd-install")),
                                        file("c/d", hook("test"))};
  const auto sorted = sort_documents(files, log);
  ASSERT_TRUE(sorted);
  EXPECT_TRUE(sorted->manifests.empty());
  ASSERT_EQ(sorted->hooks.size(), 3u);
  EXPECT_FALSE(sorted->hooks[0].is_test_hook);
  EXPECT_TRUE(sorted->hooks[1].is_test_hook);
  EXPECT_TRUE(sorted->hooks[2].is_test_hook);
  EXPECT_EQ(log.text, "level=INFO msg=\"skipping unknown hooks\" hookTypes=crd-install\n");
}

TEST(Sort, YamlThatCannotBeRead) {
  Lines log;
  const auto sorted = sort_documents({file("c/templates/a.yaml", "a: b: c\n")}, log);
  ASSERT_FALSE(sorted);
  EXPECT_EQ(sorted.error().message,
            "YAML parse error on c/templates/a.yaml: error converting YAML to JSON: yaml: mapping values are not "
            "allowed in this context");
}

TEST(ShowOnly, ByPatternThenPlace) {
  std::string text;
  append_framed(text, "c/templates/a.yaml", "kind: A\n");
  append_framed(text, "c/templates/b.yaml", "kind: B\n");
  append_framed(text, "c/charts/s/templates/a.yaml", "kind: S\n");
  EXPECT_EQ(*show_only(text, {"templates/b.yaml", "templates/*.yaml"}),
            "---\n# Source: c/templates/b.yaml\nkind: B\n\n\n---\n# Source: c/templates/a.yaml\nkind: A\n\n\n"
            "---\n# Source: c/templates/b.yaml\nkind: B\n\n\n");
  EXPECT_EQ(show_only(text, {"templates/c.yaml"}).error().message, "could not find template templates/c.yaml in chart");
}

TEST(Sort, ReadAheadIsTheSame) {
  Lines log;
  std::vector<RenderedFile> files{
      file("c/templates/b.yaml", "# none\n---\n" + object("Zebra", "z") + "---\n" + object("Deployment", "b")),
      file("c/templates/a.yaml", object("Deployment", "a") + "---\n" + hook("test")),
      file("c/templates/_p.yaml", object("Secret", "partial")),
      file("c/templates/blank.yaml", " \n"),
  };
  const auto plain = sort_documents(files, log);
  ASSERT_TRUE(plain);
  for (const std::size_t i : {std::size_t{0}, std::size_t{2}, std::size_t{3}}) read_heads(files[i], false, {});
  EXPECT_TRUE(files[2].heads.empty());
  EXPECT_TRUE(files[3].heads.empty());
  const auto some = sort_documents(files, log);
  ASSERT_TRUE(some);
  read_heads(files[1], false, {});
  EXPECT_EQ(files[1].heads.size(), 2U);
  const auto all = sort_documents(files, log);
  ASSERT_TRUE(all);
  for (const auto* sorted : {&*some, &*all}) {
    EXPECT_EQ(kinds(sorted->manifests), kinds(plain->manifests));
    EXPECT_EQ(kinds(sorted->hooks), "Job/h ");
  }
}

TEST(Sort, ReadAheadKeepsErrors) {
  Lines log;
  std::vector<RenderedFile> files{file("c/templates/a.yaml", object("A", "a") + "---\na: b: c\n"),
                                  file("c/templates/b.yaml", "a: [\n")};
  const auto plain = sort_documents(files, log);
  ASSERT_FALSE(plain);
  for (RenderedFile& each : files) read_heads(each, false, {});
  const auto ahead = sort_documents(files, log);
  ASSERT_FALSE(ahead);
  EXPECT_EQ(ahead.error().message, plain.error().message);
}

}  // namespace
}  // namespace rhumb::manifest
