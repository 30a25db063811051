// One loaded chart, one parse cache, three environments: in parallel they give what they give alone. Run under the
// thread sanitizer too.
#include <gtest/gtest.h>

#include <thread>

#include "rhumb/base/parallel.h"
#include "rhumb/chart/loader.h"
#include "rhumb/render/render.h"

namespace rhumb::render {
namespace {

class QuietLog final : public Log {
 public:
  void write(LogLevel, std::string_view, std::vector<LogAttribute>) override {}
};

class Environments : public ::testing::TestWithParam<bool> {
 protected:
  static std::string path(const std::string& name) { return std::string(RHUMB_SOURCE_DIR) + "/" + name; }

  void SetUp() override {
    const auto loaded =
        chart::load(path("charts/tms"), {*files_, sources_, log_, GetParam() ? &origins_ : nullptr, limits_, false});
    ASSERT_TRUE(loaded) << loaded.error().message;
    chart_ = *loaded;
  }

  std::string render(const std::string& environment) {
    QuietLog log;
    const auto host = make_deterministic_host();
    const World world{sources_, *files_, *host, log, cache_, limits_, nullptr};
    std::string text;
    run_on_large_stack(256u << 20, [&] {
      Rendering rendering(world, &origins_, GetParam());
      const chart::ValueOptions values{{path("values/" + environment + ".yaml")}, {}, {}, {}, {}, {}};
      auto user = chart::merge_value_options(values, *files_, sources_, rendering.values_context());
      Options options;
      options.release = {"tms", "tms", 1, true, false};
      options.capabilities = funcs::default_capabilities();
      options.threads = 2;
      const auto done = user ? rendering.run(chart_, *user, options) : Result<void>(user.error());
      const auto out = done ? assemble(rendering, {}, log) : Result<std::string>(done.error());
      text = out ? *out : "error: " + out.error().message;
    });
    return text;
  }

  std::unique_ptr<FileSystem> files_ = make_real_file_system();
  Sources sources_;
  QuietLog log_;
  OriginTable origins_;
  Limits limits_;
  ParseCache cache_;
  std::shared_ptr<const chart::Chart> chart_;
};

TEST_P(Environments, InParallelEqualAlone) {
  const std::vector<std::string> environments{"dev", "staging", "production"};
  std::vector<std::string> together(environments.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < environments.size(); ++i) {
    threads.emplace_back([&, i] { together[i] = render(environments[i]); });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < environments.size(); ++i) {
    EXPECT_EQ(together[i], render(environments[i])) << environments[i];
    EXPECT_NE(together[i].find("# Source: tms/"), std::string::npos) << together[i].substr(0, 500);
  }
}

INSTANTIATE_TEST_SUITE_P(Traced, Environments, ::testing::Bool());

}  // namespace
}  // namespace rhumb::render
