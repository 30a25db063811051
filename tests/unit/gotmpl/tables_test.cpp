// The parser and the executor against what Go's text/template made of the same rows.
#include <algorithm>

#include "gotmpl/dump.h"
#include "gotmpl/node_text.h"
#include "rows.h"
#include "toys.h"

namespace rhumb::gotmpl::test {
namespace {

std::vector<std::string> describe_trees(const ParsedFile& file) {
  std::vector<const Tree*> trees(file.trees().begin(), file.trees().end());
  std::sort(trees.begin(), trees.end(), [](const Tree* a, const Tree* b) { return a->name < b->name; });
  std::vector<std::string> lines;
  for (const Tree* const tree : trees) {
    std::string line = "(" + quote(tree->name);
    for (const Node* const node : tree->root->nodes) line += " " + dump(*node);
    lines.push_back(line + ")");
    lines.push_back(to_string(*tree->root));
  }
  return lines;
}

void check_parse(const Row& row) {
  auto parsed = parse_text(row.text, "t", library());
  EXPECT_EQ(parsed ? "tree" : "error", row.kind) << row.name << (parsed ? "" : ": " + parsed.error().message);
  if (!parsed) {
    EXPECT_EQ(std::vector<std::string>{parsed.error().message}, row.expected) << row.name;
  } else {
    EXPECT_EQ(describe_trees(**parsed), row.expected) << row.name;
  }
}

std::vector<std::string> chain_of(ExecErrorPtr error) {
  std::vector<std::string> texts;
  for (; error != nullptr; error = error->inner) texts.push_back(error->text);
  return texts;
}

void check_execution(const Row& row) {
  Rendering rendering;
  const std::string problem = rendering.add("t", row.text);
  std::string kind = "error";
  std::vector<std::string> result{problem};
  if (problem.empty()) {
    TracedText out;
    const ExecErrorPtr error = rendering.execute("t", DataReader(rendering.heap(), row.data).read(), out);
    if (error == nullptr) kind = "out";
    result = error == nullptr ? std::vector<std::string>{out.text} : chain_of(error);
  }
  EXPECT_EQ(kind, row.kind) << row.name;
  EXPECT_EQ(result, row.expected) << row.name;
}

/// Tracing changes no byte.
void check_traced(const Row& row) {
  OriginTable origins;
  Rendering rendering({}, &origins);
  if (!rendering.add("t", row.text).empty()) return;
  TracedText out;
  const ExecErrorPtr error = rendering.execute("t", DataReader(rendering.heap(), row.data).read(), out);
  EXPECT_EQ(error == nullptr ? std::vector<std::string>{out.text} : chain_of(error), row.expected) << row.name;
  EXPECT_TRUE(std::is_sorted(out.trace.begin(), out.trace.end(), [](const TracePiece& a, const TracePiece& b) {
    return a.begin < b.begin;
  })) << row.name;
  EXPECT_TRUE(out.text.empty() || out.trace.at(0).begin == 0) << row.name;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// Sanitizers lose track of stacks that are deeper: where an exception unwinds them, or count their frames.
constexpr std::size_t large_stack = 60 << 20;
#else
constexpr std::size_t large_stack = 512 << 20;

TEST(Tables, Depth) {
  with_stack(large_stack, [] {
    for (const Row& row : read_rows("depth.rows")) check_execution(row);
  });
}
#endif

void for_each_row(const std::string& file, void (*check)(const Row&)) {
  with_stack(large_stack, [&] {
    for (const Row& row : read_rows(file)) check(row);
  });
}

TEST(Tables, Parsing) { for_each_row("syntax.parse.rows", check_parse); }

TEST(Tables, Execution) { for_each_row("execution.rows", check_execution); }

TEST(Tables, ExecutionTraced) { for_each_row("execution.rows", check_traced); }

}  // namespace
}  // namespace rhumb::gotmpl::test
