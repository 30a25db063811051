#include "rows.h"
#include "toys.h"

namespace rhumb::gotmpl::test {
namespace {

/// The origins are called v1 (.a), v2 (.n), v3 and v4 (the elements of .l), v5 (.l), v6 (.e).
class Tracing : public ::testing::Test {
 protected:
  Value value(const Value& plain) { return plain.with_origin(origins_->add_node({}, fmt::format("v{}", ++values_))); }

  std::string name(OriginId id) const {
    if (id == no_origin) return "-";
    const Origin& origin = origins_->get(id);
    std::string text = origin.kind == OriginKind::branch ? fmt::format("branch@{}(", origin.span.begin) : "join(";
    if (origin.kind == OriginKind::yaml_node) return std::string(origin.path);
    for (const OriginId part : origin.parts) text += (text.back() == '(' ? "" : "+") + name(part);
    return text + ")";
  }

  /// TEXT[file:position origin] for every piece.
  std::string pieces(const TracedText& out) const {
    std::string text;
    for (std::size_t i = 0; i < out.trace.size(); ++i) {
      const TracePiece& piece = out.trace[i];
      const std::size_t end = i + 1 < out.trace.size() ? out.trace[i + 1].begin : out.text.size();
      text += fmt::format("{}[{}:{} {}]", out.text.substr(piece.begin, end - piece.begin), piece.file, piece.position,
                          name(piece.origin));
    }
    return text;
  }

  std::string trace(const std::string& text) {
    origins_ = std::make_unique<OriginTable>();
    values_ = 0;
    Rendering rendering({}, origins_.get());
    EXPECT_EQ(rendering.add("t", text), "");
    const Value dot = rendering.heap().map();
    dot.as_map()->set("a", value(rendering.heap().string("A")));
    dot.as_map()->set("n", value(Value::integer(7)));
    const Value items[] = {value(rendering.heap().string("x")), value(rendering.heap().string("y"))};
    dot.as_map()->set("l", value(rendering.heap().list(items)));
    dot.as_map()->set("e", value(rendering.heap().string("")));
    TracedText out;
    const ExecErrorPtr error = rendering.execute("t", dot, out);
    return error == nullptr ? pieces(out) : error->text;
  }

  std::unique_ptr<OriginTable> origins_;
  int values_ = 0;
};

TEST_F(Tracing, TextAndActions) {
  EXPECT_EQ(trace("t {{ .a }} {{ .n }}u"), "t [1:0 -]A[1:5 v1] [1:10 -]7[1:14 v2]u[1:19 -]");
}

TEST_F(Tracing, NothingWrittenLeavesNoPiece) { EXPECT_EQ(trace("{{ .e }}{{ .a }}{{ $x := .n }}"), "A[1:11 v1]"); }

TEST_F(Tracing, ResultsComeFromTheirArguments) {
  EXPECT_EQ(trace("{{ upper .a }}"), "A[1:3 v1]");
  EXPECT_EQ(trace("{{ print .a .n 3 }}"), "A[1:3 v1]7 3[1:3 v2]");
  EXPECT_EQ(trace("{{ print 3 }}"), "3[1:3 -]");
  EXPECT_EQ(trace("{{ index .l 1 }}"), "y[1:3 v4]");
}

TEST_F(Tracing, IncludesKeepThePiecesOfTheTemplate) {
  EXPECT_EQ(trace("{{ define \"x\" }}<{{ .a }}>{{ end }}{{ include \"x\" . }}{{ template \"x\" . }}"),
            "<[1:16 -]A[1:20 v1]>[1:25 -]<[1:16 -]A[1:20 v1]>[1:25 -]");
}

TEST_F(Tracing, AFunctionThatDropsTheTraceKeepsTheOrigins) {
  EXPECT_EQ(trace("{{ define \"x\" }}<{{ .a }}{{ .n }}>{{ end }}{{ include \"x\" . | upper }}"),
            "<A7>[1:46 join(v1+v2)]");
}

TEST_F(Tracing, BranchesShowWhatDecided) {
  EXPECT_EQ(trace("{{ if .a }}t{{ .n }}{{ 1 }}{{ end }}u"),
            "t[1:11 branch@6(v1)]7[1:15 v2]1[1:23 branch@6(v1)]u[1:36 -]");
  EXPECT_EQ(trace("{{ if .e }}{{ else }}t{{ end }}"), "t[1:21 branch@6(v6)]");
  EXPECT_EQ(trace("{{ if eq .a \"A\" }}t{{ end }}"), "t[1:18 branch@6(v1)]");
  EXPECT_EQ(trace("{{ if true }}t{{ end }}"), "t[1:13 -]");
  EXPECT_EQ(trace("{{ with .a }}t{{ . }}{{ end }}"), "t[1:13 branch@8(v1)]A[1:17 v1]");
}

TEST_F(Tracing, NestedBranchesKeepTheOuterOne) {
  EXPECT_EQ(trace("{{ if .a }}{{ if .n }}t{{ end }}u{{ end }}"),
            "t[1:22 branch@17(v2+branch@6(v1))]u[1:32 branch@6(v1)]");
}

TEST_F(Tracing, RangesShowTheListAndTheElements) {
  EXPECT_EQ(trace("{{ range .l }}-{{ . }}{{ end }}"), "-[1:14 branch@9(v5)]x[1:18 v3]-[1:14 branch@9(v5)]y[1:18 v4]");
}

}  // namespace
}  // namespace rhumb::gotmpl::test
