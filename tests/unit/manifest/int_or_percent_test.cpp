// Numbers and percentages as Kubernetes scales them: int_or_percent.tsv, recorded by tests/oracle/objects.
#include "rhumb/manifest/int_or_percent.h"

#include "unit/tsv.h"

namespace rhumb::manifest {
namespace {

std::string scaled(const IntOrString& value, const test::TsvLine& line) {
  const auto result = scaled_value(value, std::stoll(line[2]), line[3] == "up");
  return result ? std::to_string(*result) : "error: " + result.error().message;
}

/// What this code answers to a line of the table.
std::string answer(const test::TsvLine& line) {
  if (line.name() == "valid") return percent_fault(line[1]);
  if (line.name() == "number") return scaled(IntOrString::of(std::stoi(line[1])), line);
  if (line.name() == "text") return scaled(IntOrString::of(line[1]), line);
  const IntOrString parsed = IntOrString::parse(line[1]);
  return (parsed.is_text ? "1 " : "0 ") + parsed.to_string();
}

TEST(IntOrPercent, AnswersAsKubernetes) {
  for (const test::TsvLine& line : test::read_tsv("manifest/int_or_percent.tsv")) {
    EXPECT_EQ(line.result(), answer(line)) << "line " << line.number << ": " << line.name() << " " << line[1];
  }
}

}  // namespace
}  // namespace rhumb::manifest
