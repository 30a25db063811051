// What the tables do not show: places, kinds, resolved functions, depth.
#include "rhumb/gotmpl/parser.h"

#include "gotmpl/dump.h"
#include "rows.h"
#include "toys.h"

namespace rhumb::gotmpl::test {
namespace {

std::unique_ptr<const ParsedFile> parse_good(const std::string& text) {
  auto parsed = parse_text(text, "t", library());
  EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().message);
  return parsed ? std::move(parsed).value() : nullptr;
}

#ifdef __SANITIZE_THREAD__
constexpr int deep = 1000;  // it is slow with deep stacks
#else
constexpr int deep = 20000;
#endif

std::string repeated(std::string_view part, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += part;
  return text;
}

TEST(Parser, Dump) {
  EXPECT_EQ(dump(*parse_good("{{ .a | upper }}")), "(file (action (pipe (field a) (call upper))))");
  EXPECT_EQ(dump(*parse_good("{{ define \"x\" }}a{{ end }}{{ block \"y\" . }}{{ $ }}{{ end }}")),
            "(define \"x\" (text \"a\"))\n"
            "(block \"y\" (action (pipe (variable $))))\n"
            "(file (template \"y\" (pipe dot)))");
}

TEST(Parser, TreesOfAFile) {
  const auto file =
      parse_good("{{define \"b\"}} {{/* c */}}{{end}}\n{{block \"a\" .}}x{{end}}{{define \"b\"}}y{{end}}");
  ASSERT_EQ(file->trees().size(), 3u);
  const Tree& b = *file->trees()[0];
  const Tree& a = *file->trees()[1];
  const Tree& own = *file->trees()[2];
  EXPECT_EQ(b.name, "b");
  EXPECT_EQ(b.kind, TreeKind::define);
  EXPECT_EQ(b.position, 66u);  // the empty one gave way
  EXPECT_FALSE(b.empty);
  EXPECT_EQ(a.name, "a");
  EXPECT_EQ(a.kind, TreeKind::block);
  EXPECT_EQ(a.position, 42u);
  EXPECT_EQ(own.name, "t");
  EXPECT_EQ(own.kind, TreeKind::file);
  EXPECT_FALSE(own.empty);  // a block is called where it stands
  EXPECT_EQ(own.file, file.get());
}

TEST(Parser, EmptyTrees) {
  EXPECT_TRUE(parse_good(" \n\t\u00a0{{/* c */}}")->trees()[0]->empty);
  EXPECT_FALSE(parse_good("{{ \"\" }}")->trees()[0]->empty);
  EXPECT_FALSE(parse_good("{{ if . }}{{ end }}")->trees()[0]->empty);
}

TEST(Parser, FunctionsAreResolved) {
  const auto file = parse_good("{{ upper \"a\" }}");
  const auto& action = as<ActionNode>(*file->trees()[0]->root->nodes[0]);
  const auto& name = as<IdentifierNode>(*action.pipe->commands[0]->args[0]);
  EXPECT_EQ(name.function, library().find("upper"));
}

TEST(Parser, SourcesGiveTheTextAndTheNameIsFree) {
  Sources sources;
  const FileId id = sources.add("/charts/c/templates/a.yaml", "x\n{{ foo }}");
  const auto parsed = parse(sources, id, "c/templates/a.yaml", library());
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().message, "template: c/templates/a.yaml:2: function \"foo\" not defined");
  EXPECT_EQ(parsed.error().span, (Span{id, 5, 8}));
}

TEST(Parser, ParensUpToGosLimit) {
  with_stack(60 << 20, [] {
    EXPECT_TRUE(parse_text("{{" + repeated("(", 10000) + "1" + repeated(")", 10000) + "}}", "t", library()));
    const auto parsed = parse_text("{{" + repeated("(", 10001) + "1" + repeated(")", 10001) + "}}", "t", library());
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().message, "template: t:1: max expression depth exceeded");
  });
}

TEST(Parser, NestingThatTheStackCannotHoldIsAnError) {
  const std::string texts[] = {
      "{{" + repeated("(", 100000),
      "{{" + repeated("(id ", 9999),
      repeated("{{if .}}", 100000),
      repeated("{{range .}}", 100000) + repeated("{{end}}", 100000),
      "{{if .}}" + repeated("{{else if .}}", 100000) + "{{end}}",
      repeated("{{block \"x\" .}}", 100000),
  };
  with_stack(2 << 20, [&] {
    for (const std::string& text : texts) {
      const auto parsed = parse_text(text, "t", library());
      ASSERT_FALSE(parsed) << text.substr(0, 20);
      EXPECT_EQ(parsed.error().message, "template: t:1: nesting is too deep") << text.substr(0, 20);
    }
  });
}

TEST(Parser, DeepNestingOnALargeStack) {
  with_stack(60 << 20, [] {
    EXPECT_TRUE(parse_text(repeated("{{if .}}", deep) + repeated("{{end}}", deep), "t", library()));
    EXPECT_TRUE(parse_text("{{if .}}" + repeated("{{else if .}}", deep) + "{{end}}", "t", library()));
  });
}

TEST(Parser, ManyVariablesTakeLinearTime) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += fmt::format("{{{{$v{} := {}}}}}", i, i);
  for (int i = 0; i < 20000; ++i) text += fmt::format("{{{{$v{}}}}}", i);
  EXPECT_EQ(parse_good(text)->trees()[0]->root->nodes.size(), 40000u);
}

std::unique_ptr<const ParsedFile> parse_source(Sources& sources, FileId id, std::string_view name) {
  auto parsed = parse(sources, id, name, library());
  EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().message);
  return parsed ? std::move(parsed).value() : nullptr;
}

std::string described(const ParsedFile& file) {
  std::string text = std::string(file.name()) + " " + std::to_string(file.file()) + "\n";
  for (const Tree* const tree : file.trees()) {
    text += std::string(tree->name) + " of " + std::string(tree->file->name()) + "\n";
  }
  return text + dump(file);
}

TEST(Parser, NamedIsAsIfParsedUnderThatName) {
  const std::string texts[]{
      "",
      "a{{ .b }}",
      "{{define \"x\"}}{{ .a }}{{end}}",
      "{{define \"x\"}}1{{end}} {{block \"y\" .}}{{template \"x\"}}{{end}}{{ 'a' }}",
      "{{define \"x\"}} {{end}}{{define \"x\"}}full{{end}}",
  };
  for (const std::string& text : texts) {
    Sources sources;
    const FileId first = sources.add("first", text);
    const FileId second = sources.add("second", text);
    const auto copy = named(parse_source(sources, first, "one"), "two", second);
    ASSERT_NE(copy, nullptr) << text;
    EXPECT_EQ(described(*copy), described(*parse_source(sources, second, "two"))) << text;
  }
}

TEST(Parser, NamedRefusesWhatAnotherNameMakesOtherwise) {
  const auto copy = [](const std::string& text, std::string_view from, std::string_view to) {
    Sources sources;
    const FileId id = sources.add("f", text);
    return named(parse_source(sources, id, from), to, id);
  };
  EXPECT_EQ(copy("a{{define \"two\"}}b{{end}}", "one", "two"), nullptr);  // that name is there twice
  EXPECT_EQ(copy("{{define \"one\"}}b{{end}}", "one", "two"), nullptr);   // the file's own tree is gone
  EXPECT_NE(copy("{{define \"three\"}}b{{end}}", "one", "two"), nullptr);
}

}  // namespace
}  // namespace rhumb::gotmpl::test
