// Every format of every case, compared with golden/<case>/<format>. With RHUMB_UPDATE_GOLDEN=1 in the environment the
// files are written instead; what changed is then for a person to read. validate.py checks the files against schemas.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "rhumb/base/utf8.h"
#include "unit/report/cases.h"

namespace rhumb::report::test {
namespace {

std::filesystem::path golden_file(std::string_view name, std::string_view format) {
  return std::filesystem::path(RHUMB_SOURCE_DIR) / "tests/unit/report/golden" / name / format;
}

void compare(std::string_view name, std::string_view format, const std::string& text) {
  const std::filesystem::path path = golden_file(name, format);
  if (std::getenv("RHUMB_UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text << '\n';
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << path;
  std::ostringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(expected.str(), text + "\n") << path;
}

class Golden : public testing::TestWithParam<NamedFill> {};

TEST_P(Golden, EveryFormat) {
  Case test{std::string(GetParam().name)};
  GetParam().fill(test);
  for (const Format& format : formats()) {
    const std::string text = format.write(test.outcome, test.sources, test.options);
    EXPECT_TRUE(utf8::valid(text)) << format.name;
    for (const char c : text) {
      EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n') << format.name;
    }
    compare(test.name, format.name, text);
  }
}

TEST_P(Golden, ColorsAddNothingButColors) {
  Case test{std::string(GetParam().name)};
  GetParam().fill(test);
  const std::string plain = find_format("text")->write(test.outcome, test.sources, test.options);
  test.options.color = true;
  const std::string colored = find_format("text")->write(test.outcome, test.sources, test.options);
  std::string stripped;
  for (std::size_t i = 0; i < colored.size(); ++i) {
    if (colored[i] == '\x1b') {
      ASSERT_EQ(colored[i + 1], '[');
      i = colored.find('m', i);
    } else {
      stripped += colored[i];
    }
  }
  EXPECT_EQ(stripped, plain);
  EXPECT_NE(colored, plain);
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, testing::ValuesIn(all_cases),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(GoldenExtras, NarrowTerminal) {
  Case test("unicode");
  fill_unicode(test);
  test.options.width = 50;
  compare(test.name, "text-narrow", find_format("text")->write(test.outcome, test.sources, test.options));
}

TEST(GoldenExtras, ColoredText) {
  Case test("full");
  fill_full(test);
  test.options.color = true;
  compare(test.name, "text-colored", find_format("text")->write(test.outcome, test.sources, test.options));
}

TEST(GoldenExtras, RequirementMatrix) {
  Case test("environments");
  fill_environments(test);
  compare(test.name, "matrix", requirement_matrix(test.outcome, test.sources, test.options));
}

TEST(GoldenExtras, SilencedFindingsStayAwayUnlessAskedFor) {
  Case test("suppressed");
  fill_suppressed(test);
  test.options.show_suppressed = false;
  for (const Format& format : formats()) {
    const std::string text = format.write(test.outcome, test.sources, test.options);
    EXPECT_EQ(text.find("1 pod is guaranteed"), std::string::npos) << format.name;
    EXPECT_NE(text.find("no template reads"), std::string::npos) << format.name;
  }
  compare(test.name, "text-hidden", find_format("text")->write(test.outcome, test.sources, test.options));
}

TEST(GoldenExtras, NoFormatPrintsCredentials) {
  Case test("secrets");
  fill_secrets(test);
  for (const Format& format : formats()) {
    const std::string text = format.write(test.outcome, test.sources, test.options);
    for (const char* secret : {"QWERTY", "hunter2", "MIIEow", "BEGIN RSA", "correct-horse", "d=e"}) {
      EXPECT_EQ(text.find(secret), std::string::npos) << format.name << ": " << secret;
    }
  }
}

}  // namespace
}  // namespace rhumb::report::test
