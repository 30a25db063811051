// What rules read texts with: alerts, shell scripts, time zones.
#include <gtest/gtest.h>

#include "lint/support/promql.h"
#include "lint/support/shell_commands.h"
#include "lint/support/time_zones.h"

namespace rhumb::lint {
namespace {

std::string metrics_of(std::string_view expression) {
  std::string out;
  for (const MetricSelector& selector : metric_selectors(expression)) {
    out += (out.empty() ? "" : " ") + selector.metric;
    for (const MetricMatcher& matcher : selector.matchers) {
      out += "{" + matcher.label + matcher.op + matcher.value + "}";
    }
  }
  return out;
}

TEST(MetricSelectors, FindsMetricsAndWhatTheyAreAskedFor) {
  EXPECT_EQ("kube_x", metrics_of("kube_x > 0"));
  EXPECT_EQ("kube_x{a=b}{c=~d|e} kube_y", metrics_of("sum(rate(kube_x{ a = \"b\",c=~'d|e' }[5m])) / kube_y"));
  EXPECT_EQ("a_b{q=x\"y}", metrics_of("a_b{q=\"x\\\"y\"} # c_d"));
  EXPECT_EQ("", metrics_of("up == 0 and absent(up)"));
  EXPECT_EQ("", metrics_of("\"kube_x\""));
  EXPECT_EQ("a_b{c=}", metrics_of("a_b{c="));
}

bool admits(std::string_view expression, std::string_view value) {
  return metric_selectors(expression).front().admits("name", value);
}

TEST(MetricSelectors, AsksAsPrometheusDoes) {
  EXPECT_TRUE(admits("m_m", "x"));
  EXPECT_TRUE(admits("m_m{other=\"y\"}", "x"));
  EXPECT_TRUE(admits("m_m{name=\"x\"}", "x"));
  EXPECT_FALSE(admits("m_m{name=\"x\"}", "xy"));
  EXPECT_FALSE(admits("m_m{name!=\"x\"}", "x"));
  EXPECT_TRUE(admits("m_m{name=~\"x-.*\"}", "x-1"));
  EXPECT_FALSE(admits("m_m{name=~\"x\"}", "x-1"));  // all of it
  EXPECT_FALSE(admits("m_m{name=~\"a|b\"}", "ab"));
  EXPECT_FALSE(admits("m_m{name!~\"x-.*\"}", "x-1"));
  EXPECT_TRUE(admits("m_m{name=~\"[\"}", "x"));  // who knows what was meant
}

std::string programs_of(std::string_view script) {
  std::string out;
  for (const ShellCommand& command : shell_commands(script)) out += (out.empty() ? "" : " ") + command.program;
  return out;
}

TEST(ShellCommands, FindsTheProgramsThatAreCalled) {
  EXPECT_EQ("pg_dump gzip", programs_of("/usr/bin/pg_dump -Fc | gzip > /backup/x"));
  EXPECT_EQ("pg_verifybackup exit fi", programs_of("if ! pg_verifybackup x; then exit 1; fi"));
  EXPECT_EQ("pg_dump", programs_of("PGPASSWORD=x pg_dump"));
  EXPECT_EQ("cd sha256sum", programs_of("(cd x && sha256sum --check SUMS)"));
  EXPECT_EQ("find", programs_of("echo rm; printf rm\ntrap 'rm x' EXIT\nfind . -delete"));
  EXPECT_EQ("", programs_of(" ;; \n&& "));
}

TEST(ShellCommands, KnowsArguments) {
  constexpr ProgramUse uses[] = {{"gzip", " -t"}, {"tar", ""}};
  EXPECT_TRUE(calls_any(shell_commands("gzip -t x"), uses));
  EXPECT_TRUE(calls_any(shell_commands("tar xf x"), uses));
  EXPECT_FALSE(calls_any(shell_commands("gzip x; echo gzip -t"), uses));
}

TEST(TimeZones, AreThoseOfTheDatabase) {
  for (const std::string_view name : {"UTC", "Etc/UTC", "Asia/Kolkata", "Asia/Calcutta", "America/Argentina/Salta"}) {
    EXPECT_TRUE(is_time_zone(name)) << name;
  }
  for (const std::string_view name : {"", "utc", "UTC+2", "Europe/Munich", "Local", "Asia", "Asia/Kolkata "}) {
    EXPECT_FALSE(is_time_zone(name)) << name;
  }
  EXPECT_EQ("America/New_York", time_zone_like("america/new york"));
  EXPECT_EQ("", time_zone_like("Europe/Munich"));
}

}  // namespace
}  // namespace rhumb::lint
