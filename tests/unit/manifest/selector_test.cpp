// Selectors and labels as Kubernetes has them: selector.tsv, recorded by tests/oracle/objects.
#include "rhumb/manifest/selector.h"

#include "rhumb/base/strings.h"
#include "unit/tsv.h"

namespace rhumb::manifest {
namespace {

/// "k=v" with commas.
Labels pairs(std::string_view text) {
  Labels labels;
  for (const std::string_view pair : strings::split(text, ",")) {
    const std::size_t equal = pair.find('=');
    if (equal != std::string_view::npos) labels.emplace(pair.substr(0, equal), pair.substr(equal + 1));
  }
  return labels;
}

/// matchLabels as pairs, then expressions "key operator value value..." each behind a semicolon.
LabelSelector label_selector(std::string_view text) {
  LabelSelector selector;
  const auto parts = strings::split(text, ";");
  selector.match_labels = pairs(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto words = strings::fields(parts[i]);
    LabelExpression expression{std::string(words.at(0)), {}, {}};
    if (words.size() > 1) expression.op = words[1];
    for (std::size_t word = 2; word < words.size(); ++word) expression.values.emplace_back(words[word]);
    selector.match_expressions.push_back(std::move(expression));
  }
  return selector;
}

/// What this code answers to a line of the table.
std::string answer(const test::TsvLine& line) {
  if (line.name() == "key") return strings::join(label_key_faults(line[1]), "|");
  if (line.name() == "value") return strings::join(label_value_faults(line[1]), "|");
  const LabelSelector fields = label_selector(line[1]);
  const auto selector = Selector::from(line[1] == "nil" ? nullptr : &fields);
  if (!selector) return "error: " + selector.error().message;
  if (line.name() == "matches") return selector->matches(pairs(line[2])) ? "true" : "false";
  return (selector->is_everything() ? "true " : "false ") + selector->to_string();
}

TEST(Selector, AnswersAsKubernetes) {
  for (const test::TsvLine& line : test::read_tsv("manifest/selector.tsv")) {
    EXPECT_EQ(line.result(), answer(line)) << "line " << line.number << ": " << line.name() << " " << line[1];
  }
}

TEST(Selector, NothingAndEverything) {
  const Labels labels{{"a", "b"}};
  EXPECT_TRUE(Selector::everything().matches(labels));
  EXPECT_TRUE(Selector::everything().is_everything());
  EXPECT_FALSE(Selector::nothing().matches(labels));
  EXPECT_FALSE(Selector::nothing().matches({}));
  EXPECT_TRUE(Selector::nothing().is_nothing());
}

}  // namespace
}  // namespace rhumb::manifest
