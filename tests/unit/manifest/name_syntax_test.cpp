// Names as Kubernetes has them: name_syntax.tsv, recorded by tests/oracle/objects.
#include "rhumb/manifest/name_syntax.h"

#include <map>

#include "unit/tsv.h"

namespace rhumb::manifest {
namespace {

TEST(NameSyntax, AnswersAsKubernetes) {
  const std::map<std::string, NameForm> forms{
      {"subdomain", NameForm::subdomain},         {"label", NameForm::label},    {"label1035", NameForm::label_1035},
      {"wildcard", NameForm::wildcard_subdomain}, {"port", NameForm::port_name}, {"key", NameForm::config_key}};
  std::size_t lines = 0;
  for (const test::TsvLine& line : test::read_tsv("manifest/name_syntax.tsv")) {
    const NameForm form = forms.at(std::string(line.name()));
    EXPECT_EQ(line.result().empty(), is_valid_name(form, line[1])) << "line " << line.number << ": " << line.result();
    EXPECT_FALSE(name_rule(form).empty());
    ++lines;
  }
  EXPECT_GT(lines, 400U);
}

}  // namespace
}  // namespace rhumb::manifest
