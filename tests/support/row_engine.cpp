#include <algorithm>
#include <memory>

#include "rhumb/base/file_system.h"
#include "rhumb/base/host.h"
#include "rhumb/base/parallel.h"
#include "rhumb/base/strings.h"
#include "rhumb/chart/loader.h"
#include "rhumb/render/render.h"
#include "rhumb/value/go_number.h"
#include "support/rows.h"

namespace rhumb::test {
namespace {

class LineLog final : public Log {
 public:
  void write(LogLevel level, std::string_view message, std::vector<LogAttribute> attributes) override {
    if (level == LogLevel::debug) return;  // what --debug shows
    lines_.push_back(format_log_line(level, message, attributes));
  }
  std::string sorted() {
    std::sort(lines_.begin(), lines_.end());
    return strings::join(lines_, "");
  }

 private:
  std::vector<std::string> lines_;
};

constexpr std::string_view chart_yaml = "apiVersion: v2\nname: c\nversion: 0.1.0\nappVersion: 1.2.3\ndescription: d\n";
// More than any template of the tables needs, and what `rhumb template` itself runs on.
constexpr std::size_t stack_bytes = 1ULL << 30;

void write_chart(const Row& row, MemoryFileSystem& files) {
  files.add("/c/Chart.yaml", std::string(chart_yaml) + row.chart);
  if (row.values) files.add("/c/values.yaml", *row.values);
  files.add("/c/templates/t.yaml", row.text);
  for (const auto& [path, text] : row.files) files.add("/c/" + path, text);
}

/// What the flags of a row make; as the command line's, without files.
Result<Value> flag_values(const Row& row, const FileSystem& files, Sources& sources,
                          const chart::ValuesContext& context) {
  chart::ValueOptions options;
  for (const std::string_view written : strings::split(row.flags, "\n")) {
    if (written.empty()) continue;
    const auto unquoted = written.front() == '"' ? unquote(written) : std::nullopt;
    const std::string line = unquoted ? *unquoted : std::string(written);
    const std::size_t blank = line.find(' ');
    const std::string flag = line.substr(0, blank);
    const std::string text = blank == std::string::npos ? "" : line.substr(blank + 1);
    if (flag == "--set") {
      options.values.push_back(text);
    } else if (flag == "--set-string") {
      options.string_values.push_back(text);
    } else if (flag == "--set-json") {
      options.json_values.push_back(text);
    } else if (flag == "--set-literal") {
      options.literal_values.push_back(text);
    } else {
      return error("unknown flag " + flag);
    }
  }
  return chart::merge_value_options(options, files, sources, context);
}

Result<std::string> render_row(const Row& row, bool traced, Log& log) {
  MemoryFileSystem files;
  write_chart(row, files);
  Sources sources;
  const Limits limits;
  OriginTable loaded_origins;
  const auto chart = chart::load("/c", {files, sources, log, traced ? &loaded_origins : nullptr, limits, false});
  if (!chart) return chart.error();
  const auto host = make_system_host();
  render::ParseCache cache;
  const render::World world{sources, files, *host, log, cache, limits, nullptr};
  render::Rendering rendering(world, &loaded_origins, traced);
  const chart::ValuesContext context = rendering.values_context();
  auto flags = flag_values(row, files, sources, context);
  if (!flags) return flags.error();
  Value user = *flags;
  if (row.user_values) {
    auto more = chart::load_values(sources.add("user-values.yaml", *row.user_values), sources, context);
    if (!more) return error("user values: " + more.error().message);
    user = chart::merge_maps(*more, user, context);
  }
  render::Options options;
  options.release = {"rel", "ns", 1, true, false};
  options.capabilities = funcs::default_capabilities();
  if (auto done = rendering.run(*chart, user, options); !done) return done.error();
  for (const manifest::RenderedFile& file : rendering.files()) {
    if (file.name == "c/templates/t.yaml") return file.text.text;
  }
  return error("c/templates/t.yaml was not rendered");
}

}  // namespace

RowAnswer answer_here(const Row& row, bool traced) {
  RowAnswer answer;
  LineLog log;
  auto rendered = render_row(row, traced, log);
  answer.log = log.sorted();
  if (rendered) {
    answer.output = std::move(*rendered);
  } else {
    answer.error = rendered.error().message;
  }
  return answer;
}

RowAnswer answer(const Row& row, bool traced) {
  RowAnswer answer;
  run_on_large_stack(stack_bytes, [&] { answer = answer_here(row, traced); });
  return answer;
}

}  // namespace rhumb::test
