// Versions and constraints as Masterminds/semver has them: semver.tsv, recorded by tests/oracle/recorder/semver.
#include "rhumb/base/semver.h"

#include <gtest/gtest.h>

#include <string>

#include "rhumb/base/quote.h"
#include "unit/tsv.h"

namespace rhumb::semver {
namespace {

std::string described(const Result<Version>& version) {
  if (!version) return "error: " + version.error().message;
  return std::to_string(version->major) + " " + std::to_string(version->minor) + " " + std::to_string(version->patch) +
         " " + strings::quoted(version->prerelease) + " " + strings::quoted(version->metadata);
}

std::string canonical(const std::string& text) {
  const Result<Constraints> constraints = Constraints::parse(text);
  return constraints ? constraints->string() : "error: " + constraints.error().message;
}

std::string reasons(const std::string& text, const Version& version) {
  const Result<Constraints> constraints = Constraints::parse(text);
  if (!constraints) return "error: " + constraints.error().message;
  const std::vector<std::string> said = constraints->validate(version);
  EXPECT_EQ(constraints->check(version), said.empty()) << text;
  std::string answer = said.empty() ? "true " : "false ";
  for (const std::string& reason : said) answer += (&reason == &said.front() ? "" : "; ") + reason;
  return answer;
}

std::string answer(const test::TsvLine& line) {
  if (line.name() == "parse") return described(parse(line[1]));
  if (line.name() == "strict") return described(parse_strict(line[1]));
  if (line.name() == "compare") return std::to_string(compare(*parse(line[1]), *parse(line[2])));
  if (line.name() == "constraint") return canonical(line[1]);
  return reasons(line[1], *parse(line[2]));
}

TEST(Semver, AnswersAsRecorded) {
  for (const test::TsvLine& line : test::read_tsv("base/semver.tsv")) {
    EXPECT_EQ(answer(line), line.result()) << "semver.tsv:" << line.number << ": " << line.name() << " " << line[1];
  }
}

TEST(Semver, PrereleasesCountWhenIncluded) {
  Constraints constraints = *Constraints::parse(">=1.0");
  const Version version = *parse("1.2.3-rc.1");
  EXPECT_FALSE(constraints.check(version));
  constraints.include_prereleases(true);
  EXPECT_TRUE(constraints.check(version));
}

}  // namespace
}  // namespace rhumb::semver
