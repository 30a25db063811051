// What the tables do not show: the parts of errors, limits, sharing.
#include <thread>

#include "rows.h"
#include "toys.h"

namespace rhumb::gotmpl::test {
namespace {

constexpr const char* recursive = "{{define \"x\"}}{{template \"x\" .}}{{end}}{{template \"x\"}}";

std::string limit_error(const std::string& text, const Limits& limits) {
  Rendering rendering(limits);
  EXPECT_EQ(rendering.add("t", text), "");
  TracedText out;
  try {
    const ExecErrorPtr error = rendering.execute("t", {}, out);
    return error == nullptr ? "none" : error->text;
  } catch (const LimitError& error) {
    return error.what();
  }
}

TEST(Executor, PartsOfAnError) {
  Rendering rendering;
  ASSERT_EQ(rendering.add("t", "a\n{{ include \"x\" . }}"), "");
  ASSERT_EQ(rendering.add("u", "{{ define \"x\" }}\n\n  {{ .a.b.c }}{{ end }}"), "");
  TracedText out;
  const ExecErrorPtr error = rendering.execute("t", rendering.heap().map(), out);
  ASSERT_NE(error, nullptr);
  EXPECT_EQ(error->kind, ExecError::Kind::execution);
  EXPECT_EQ(error->location, "t:2:3");
  EXPECT_EQ(error->template_name, "t");
  EXPECT_EQ(error->context, "include \"x\" .");
  EXPECT_EQ(error->span, (Span{1, 5, 5}));
  EXPECT_TRUE(error->message().starts_with("error calling include: template: u:3:7: executing"));
  ASSERT_NE(error->inner, nullptr);
  EXPECT_EQ(error->inner->location, "u:3:7");
  EXPECT_EQ(error->inner->template_name, "x");
  EXPECT_EQ(error->inner->context, ".a.b.c");
  EXPECT_EQ(error->inner->message(), "nil pointer evaluating interface {}.b");
  EXPECT_EQ(error->inner->inner, nullptr);
  EXPECT_EQ(out.text, "a\n");
}

TEST(Executor, AMissingTemplateIsNoExecError) {
  Rendering rendering;
  TracedText out;
  const ExecErrorPtr error = rendering.execute("nope", {}, out);
  ASSERT_NE(error, nullptr);
  EXPECT_EQ(error->kind, ExecError::Kind::no_template);
  EXPECT_EQ(error->text, "template: no template \"nope\" associated with template \"gotpl\"");
}

Value refuse(CallContext&, Args args) { throw FunctionError{std::string(args[0].as_text()), true}; }
constexpr Function refusing[] = {{"refuse", Signature::of({Type::string}, Type::string), refuse}};

TEST(Executor, WhatTheChartSaysReachesTheOutermostError) {
  Library own = library();
  own.add(refusing);
  Sources sources;
  const auto file = parse_text("{{ define \"x\" }}{{ tpl .s 1 }}{{ end }}{{ refuse \"why\" }}", "t", own).value();
  Heap heap;
  QuietHost host;
  const Limits limits;
  CallContext context{heap, host, limits};
  Executor executor(own, context);
  TemplateSet set("gotpl");
  set.add(*file);
  TracedText out;
  const ExecErrorPtr error = executor.execute(set, "t", {}, out);
  ASSERT_NE(error, nullptr);
  EXPECT_TRUE(error->by_chart);
  EXPECT_EQ(error->chart_message, "why");
  const FunctionError outer = FunctionError::of(error);
  EXPECT_TRUE(outer.by_chart);
  const FunctionError wrapped = FunctionError::wrapping("while: ", error);
  EXPECT_TRUE(wrapped.by_chart);
  EXPECT_EQ(wrapped.message, "while: " + error->text);
}

TEST(Executor, TheStepLimit) {
  Limits limits;
  limits.steps = 1000;
  EXPECT_EQ(limit_error("{{range 990}}{{end}}", limits), "none");
  EXPECT_EQ(limit_error("{{range 2000}}{{end}}", limits), "t:1:14: the templates execute more than 1000 nodes");
  EXPECT_EQ(limit_error("{{range 9223372036854775807}}{{end}}", limits),
            "t:1:29: the templates execute more than 1000 nodes");
}

TEST(Executor, TheOutputLimit) {
  Limits limits;
  limits.output_bytes = 100;
  EXPECT_EQ(limit_error("{{range 10}}0123456789{{end}}", limits), "none");
  EXPECT_EQ(limit_error("{{range 11}}0123456789{{end}}", limits), "t:1:12: the output exceeds the limit of 100 bytes");
  EXPECT_EQ(limit_error("{{range 1000}}{{.}}{{end}}", limits), "t:1:16: the output exceeds the limit of 100 bytes");
}

TEST(Executor, TheDepthOfTemplates) {
  Limits limits;
  limits.template_depth = 50;
  EXPECT_EQ(limit_error(recursive, limits),
            "template: t:1:25: executing \"x\" at <{{template \"x\" .}}>: exceeded maximum template depth (50)");
}

/// Any stack is safe, and the executor works on afterwards.
TEST(Executor, NestingThatTheStackCannotHoldIsALimit) {
  constexpr const char* message = "nesting of the templates is too deep for the stack";
  const char* const texts[] = {
      recursive,
      "{{define \"x\"}}{{include \"x\" .}}{{end}}{{include \"x\" .}}",
      "{{define \"x\"}}{{with 1}}{{range 1}}{{id (id (include \"x\" $))}}{{end}}{{end}}{{end}}{{include \"x\" .}}",
      "{{define \"x\"}}{{tpl \"{{include `x` .}}\" .}}{{end}}{{include \"x\" .}}",
  };
  with_stack(2 << 20, [&] {
    for (const char* const text : texts) EXPECT_TRUE(limit_error(text, {}).ends_with(message)) << text;
    Rendering rendering;
    ASSERT_EQ(rendering.add("t", recursive), "");
    ASSERT_EQ(rendering.add("u", "{{$x := 1}}{{$x}}{{include \"t2\" 2}}{{define \"t2\"}}{{.}}{{$}}{{end}}"), "");
    TracedText out;
    EXPECT_THROW((void)rendering.execute("t", {}, out), LimitError);
    EXPECT_EQ(rendering.execute("u", {}, out), nullptr);
    EXPECT_EQ(out.text, "122");
  });
}

// Whatever ends a template names its place: the outermost file where the innermost text is none.
TEST(Executor, LimitsNameTheirPlace) {
  EXPECT_EQ(limit_error("\n{{ exhaust }}", {}), "t:2:3: there is not enough memory");
  EXPECT_EQ(limit_error("{{define \"x\"}}\n{{exhaust}}{{end}}{{include \"x\" .}}", {}),
            "t:2:2: there is not enough memory");
  EXPECT_EQ(limit_error("\n{{tpl \"{{tpl `\\n{{exhaust}}` .}}\" .}}", {}),
            "t:2:34: gotpl:2:2: there is not enough memory");
  Limits limits;
  limits.steps = 100;
  EXPECT_EQ(limit_error("{{define \"x\"}}{{printf \"%2000d\" 1}}{{end}}{{template \"x\"}}", limits),
            "t:1:32: the templates execute more than 100 nodes");
  limits.memory_bytes = 100000;
  limits.steps = 1000000;
  EXPECT_EQ(limit_error("{{define \"x\"}}{{printf \"%2000d\" 1}}{{include \"x\" .}}{{end}}{{include \"x\" .}}", limits),
            "t:1:16: the memory limit of 100000 bytes is exceeded");
}

TEST(Executor, AnErrorLeavesTheExecutorAsItWas) {
  Rendering rendering;
  ASSERT_EQ(rendering
                .add("bad",
                     "{{$x := 1}}{{range .}}{{with $y := 2}}{{add 1 (add 2 (len $))}}{{$z.a}}{{end}}"
                     "{{end}}{{define \"d\"}}{{end}}")
                .substr(0, 14),
            "template: bad:");
  ASSERT_EQ(rendering.add("bad", "{{$x := 1}}{{with $y := 2}}{{add 1 (add 2 (len $y))}}{{end}}"), "");
  ASSERT_EQ(rendering.add("good", "{{$x := 3}}{{add $x 4}}{{$.a}}"), "");
  TracedText out;
  const Value dot = DataReader(rendering.heap(), "{\"a\":5}").read();
  for (int i = 0; i < 3; ++i) EXPECT_NE(rendering.execute("bad", dot, out), nullptr);
  EXPECT_EQ(rendering.execute("good", dot, out), nullptr);
  EXPECT_EQ(out.text, "75");
}

/// A parsed file and frozen data serve several renderings at once.
TEST(Executor, ThreadsShareFiles) {
  const auto file =
      parse_text("{{range $k, $v := .m}}{{$k}}={{printf \"%s\" $v | upper}} {{\"lit\"}}{{end}}", "t", library())
          .value();
  Heap shared(Heap::Options{.counts_large_texts = false});
  const Value dot = DataReader(shared, "{\"m\":{\"a\":\"x\",\"b\":\"y\"}}").read();
  freeze(dot);
  std::vector<std::string> results(4);
  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        Heap heap;
        QuietHost host;
        const Limits limits;
        CallContext context{heap, host, limits};
        Executor executor(library(), context);
        TemplateSet set("gotpl");
        set.add(*file);
        TracedText out;
        if (executor.execute(set, "t", dot, out) == nullptr) result = out.text;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& result : results) EXPECT_EQ(result, "a=X litb=Y lit");
}

}  // namespace
}  // namespace rhumb::gotmpl::test
